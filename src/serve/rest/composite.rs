//! Several requests in one: `/composite`. They are answered in their order, and each may take values from the answers before
//! it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::reference::{Answers, Room, resolve, resolve_text};
use super::sobjects::only;
use crate::serve::exchange::{ApiError, Request, Response, parameters};
use crate::serve::ids::Id;
use crate::serve::org::Org;

/// The most requests in one, and how many of them may be queries or collections (REST API Developer Guide, "Composite").
const MOST: usize = 25;
const MOST_COSTLY: usize = 5;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Composite {
    #[serde(default)]
    all_or_none: bool,
    composite_request: Vec<SubRequest>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SubRequest {
    method: String,
    url: String,
    reference_id: String,
    #[serde(default)]
    body: Option<Value>,
    #[serde(default)]
    http_headers: BTreeMap<String, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CompositeAnswer {
    composite_response: Vec<SubAnswer>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SubAnswer {
    body: Option<Box<RawValue>>,
    http_headers: Map<String, Value>,
    http_status_code: u16,
    reference_id: String,
}

/// Answers a request to a resource below `/services/data`.
pub(super) type Resource = fn(&mut Org, &Request, Id) -> Response;

/// What became of a request of several.
struct Done {
    status: u16,
    headers: Map<String, Value>,
    /// The body as it was answered, with its fields in their order; none: it is empty.
    body: Option<Box<RawValue>>,
}

impl Done {
    fn halted(message: &str) -> Self {
        Response::from(ApiError::new(400, "PROCESSING_HALTED", message)).into()
    }

    const fn is_refused(&self) -> bool {
        self.status >= 400
    }
}

impl From<Response> for Done {
    fn from(response: Response) -> Self {
        let location = response.headers.iter().find(|(name, _)| *name == "Location");
        let headers = location.map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str())));
        Self {
            status: response.status,
            headers: headers.into_iter().collect(),
            body: serde_json::from_slice(&response.body).ok(),
        }
    }
}

/// The path of a URL, as segments, and its query.
fn parts(url: &str) -> (Vec<String>, Vec<(String, String)>) {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let decoded = |segment: &str| percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned();
    (path.split('/').filter(|segment| !segment.is_empty()).map(decoded).collect(), parameters(query))
}

/// Whether a request counts as a query or a collection.
fn is_costly(url: &str) -> bool {
    let (path, _) = parts(url);
    let is = |at: usize, name: &str| path.get(at).is_some_and(|segment| segment.eq_ignore_ascii_case(name));
    is(3, "query") || is(3, "queryAll") || (is(3, "composite") && is(4, "sobjects"))
}

/// Refuses what cannot be answered at all.
fn check(composite: &Composite) -> Result<(), ApiError> {
    let requests = &composite.composite_request;
    if requests.len() > MOST {
        let message = format!("The limit of {MOST} subrequests in a composite request is exceeded: {}", requests.len());
        return Err(ApiError::new(400, "LIMIT_EXCEEDED", message));
    }
    if requests.iter().filter(|request| is_costly(&request.url)).count() > MOST_COSTLY {
        let message = format!("At most {MOST_COSTLY} subrequests may be queries or sObject collections");
        return Err(ApiError::new(400, "LIMIT_EXCEEDED", message));
    }
    let mut known = std::collections::BTreeSet::new();
    for SubRequest { reference_id, .. } in requests {
        if reference_id.is_empty() || !reference_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            let message = format!("referenceId `{reference_id}`: it has letters, digits and underscores");
            return Err(ApiError::new(400, "INVALID_INPUT", message));
        }
        if !known.insert(reference_id) {
            return Err(ApiError::new(400, "INVALID_INPUT", format!("Duplicate referenceId provided: {reference_id}")));
        }
    }
    Ok(())
}

/// Answers one of several requests.
fn answer(
    org: &mut Org,
    (outer, user): (&Request, &Id),
    sub: &SubRequest,
    answers: &Answers,
    resource: Resource,
) -> Done {
    let mut room = Room::new();
    let resolved = resolve_text(&sub.url, answers, &mut room)
        .and_then(|url| Ok((url, sub.body.as_ref().map(|body| resolve(body, answers, &mut room)).transpose()?)));
    let (url, body) = match resolved {
        Ok(resolved) => resolved,
        Err(problem) => return Done::halted(&problem),
    };
    let (path, query) = parts(&url);
    let is = |at: usize, name: &str| path.get(at).is_some_and(|segment| segment.eq_ignore_ascii_case(name));
    if !(is(0, "services") && is(1, "data") && path.len() > 3) {
        let message = format!("The url of a subrequest is a path such as /services/data/v60.0/sobjects/Case: {url}");
        return Response::from(ApiError::new(400, "INVALID_INPUT", message)).into();
    }
    if is(3, "composite") && !is(4, "sobjects") && !is(4, "tree") {
        let error = ApiError::new(400, "INVALID_INPUT", "a composite request cannot be a subrequest of another");
        return Response::from(error).into();
    }
    if !["DELETE", "GET", "PATCH", "POST"].contains(&sub.method.as_str()) {
        return Response::from(ApiError::method(&sub.method, "DELETE,GET,PATCH,POST")).into();
    }
    let authorization = outer.headers.iter().filter(|(name, _)| name == "authorization").cloned();
    let own = sub.http_headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
    let request = Request {
        method: sub.method.clone(),
        path,
        query,
        headers: authorization.chain(own.filter(|(name, _)| name != "authorization")).collect(),
        body: body.map(|body| body.to_string().into_bytes()).unwrap_or_default(),
        base: outer.base.clone(),
        envelope: None,
    };
    resource(org, &request, user.clone()).into()
}

/// `POST /composite`. `resource` answers each request as if it had come alone.
pub(super) fn composite(org: &mut Org, request: &Request, user: &Id, resource: Resource) -> Result<Response, ApiError> {
    only(request, &["POST"])?;
    let composite: Composite =
        serde_json::from_slice(&request.body).map_err(|error| ApiError::json(&error.to_string()))?;
    check(&composite)?;
    let all = |org: &mut Org| {
        let mut answers = Answers::default();
        let mut done = Vec::new();
        for sub in &composite.composite_request {
            let one = answer(org, (request, user), sub, &answers, resource);
            let is_refused = one.is_refused();
            if !is_refused {
                let body = one.body.as_ref().and_then(|body| serde_json::from_str(body.get()).ok());
                answers.insert(sub.reference_id.clone(), body.unwrap_or_default());
            }
            done.push(one);
            if is_refused && composite.all_or_none {
                return Err(done);
            }
        }
        Ok(done)
    };
    let done = if composite.all_or_none {
        org.atomically(all).unwrap_or_else(|mut done| {
            let rolled_back = "The transaction was rolled back since another operation in the same transaction failed.";
            let failed = done.pop();
            let mut all: Vec<Done> = done.iter().map(|_| Done::halted(rolled_back)).collect();
            all.extend(failed);
            all.extend((all.len()..composite.composite_request.len()).map(|_| Done::halted(rolled_back)));
            all
        })
    } else {
        all(org).unwrap_or_else(|done| done)
    };
    let told = composite.composite_request.into_iter().zip(done);
    let told = told.map(|(sub, Done { status, headers, body })| SubAnswer {
        body,
        http_headers: headers,
        http_status_code: status,
        reference_id: sub.reference_id,
    });
    Ok(Response::json(200, &CompositeAnswer { composite_response: told.collect() }))
}
