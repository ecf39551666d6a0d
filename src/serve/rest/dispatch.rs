//! Which resource a path is.

use super::actions::{SKILLS, skills_based_routing};
use super::changes::changes;
use super::collections::collection;
use super::composite::composite;
use super::events::{publish, schema};
use super::query::{more, query};
use super::resources::{limits, resources, version, versions};
use super::sobjects::{by_external_id, describe, global, object, one, only};
use super::tooling::tooling;
use super::tree::tree;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::ids::Id;
use crate::serve::org::{Caller, Org};

/// Answers a request to `/services/data/…`. `user` is none if it has no valid session: only the versions are told then.
pub(crate) fn answer(org: &mut Org, request: &Request, user: Option<Id>) -> Response {
    let answered = match (request.segments().get(2..), user) {
        (None | Some([]), _) => only(request, &["GET"]).map(|()| versions()),
        (_, None) => Err(ApiError::session()),
        (Some(_), Some(_)) if !org.count_request() => {
            Err(ApiError::new(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."))
        }
        (Some(rest), Some(user)) => resource(org, request, user, rest),
    };
    let response = answered.unwrap_or_else(Response::from);
    let (counted, most) = org.api_usage();
    response.with("Sforce-Limit-Info", format!("api-usage={counted}/{most}"))
}

/// Answers a request that came within another: it does not count as one.
fn within(org: &mut Org, request: &Request, user: Id) -> Response {
    let segments = request.segments();
    let rest = segments.get(2..).unwrap_or_default();
    resource(org, request, user, rest).unwrap_or_else(Response::from)
}

fn is(segment: &str, name: &str) -> bool {
    segment.eq_ignore_ascii_case(name)
}

fn resource(org: &mut Org, request: &Request, user: Id, rest: &[&str]) -> Result<Response, ApiError> {
    let Some((first, rest)) = rest.split_first() else { return Err(ApiError::not_found()) };
    let version = version(first)?;
    let caller = Caller { user, version };
    org.origin = format!("com/salesforce/api/rest/{version}.0");
    match *rest {
        [] => only(request, &["GET"]).map(|()| resources(version)),
        [name] if is(name, "sobjects") => global(org, request, version),
        [name] if is(name, "limits") => only(request, &["GET"]).map(|()| limits(org.api_usage())),
        [name] if is(name, "query") => query(org, &caller, request, false),
        [name] if is(name, "queryAll") => query(org, &caller, request, true),
        [name, locator] if is(name, "query") => more(org, &caller, request, locator, false),
        [name, locator] if is(name, "queryAll") => more(org, &caller, request, locator, true),
        [name, kind] if is(name, "sobjects") && kind.len() > 3 && kind.to_ascii_lowercase().ends_with("__e") => {
            publish(org, &caller, request, kind)
        }
        [name, kind, last] if is(name, "sobjects") && is(last, "eventSchema") => {
            schema(request, org.event_schema(kind))
        }
        [name, second, id] if is(name, "event") && is(second, "eventSchema") => {
            schema(request, org.event_schema_by_id(id))
        }
        [name, ref rest @ ..] if is(name, "tooling") && !rest.is_empty() => tooling(org, &caller, request, rest),
        [name, kind] if is(name, "sobjects") => object(org, &caller, request, kind),
        [name, kind, last] if is(name, "sobjects") && is(last, "describe") => describe(org, &caller, request, kind),
        [name, kind, last] if is(name, "sobjects") && (is(last, "updated") || is(last, "deleted")) => {
            changes(org, &caller, request, kind, is(last, "deleted"))
        }
        [name, kind, id] if is(name, "sobjects") => one(org, &caller, request, kind, id),
        [name, _, second] if is(name, "sobjects") && is(second, "describe") => {
            Err(ApiError::unserved("layouts: describeLayout() is not there"))
        }
        [name, _, second, ..] if is(name, "sobjects") && is(second, "describe") => {
            Err(ApiError::unserved("layouts: describeLayout() is not there"))
        }
        [name, kind, field, value] if is(name, "sobjects") => {
            by_external_id(org, &caller, request, (kind, field, value))
        }
        [name, second, ref rest @ ..] if is(name, "composite") && is(second, "sobjects") => {
            collection(org, &caller, request, rest)
        }
        [name] if is(name, "composite") => composite(org, request, &caller.user, within),
        [name, second, kind] if is(name, "composite") && is(second, "tree") => tree(org, &caller, request, kind),
        [name, second, action] if is(name, "actions") && is(second, "standard") && is(action, SKILLS) => {
            skills_based_routing(org, &caller, request)
        }
        [name, ..] => {
            // Resources that an org has, so that whoever calls them learns that they are missing here.
            let known = [
                "actions",
                "analytics",
                "apexrest",
                "appMenu",
                "async-queries",
                "chatter",
                "commerce",
                "compactLayouts",
                "composite",
                "connect",
                "consent",
                "dedupe",
                "event",
                "graphql",
                "jobs",
                "parameterizedSearch",
                "process",
                "quickActions",
                "recent",
                "search",
                "sobjects",
                "support",
                "tabs",
                "theme",
                "tooling",
                "ui-api",
                "wave",
            ];
            if known.iter().any(|resource| is(name, resource)) {
                return Err(ApiError::unserved(&format!("the resource `{}`", rest.join("/"))));
            }
            Err(ApiError::not_found())
        }
    }
}
