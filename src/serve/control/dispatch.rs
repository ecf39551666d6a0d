//! Which resource a path is.

use super::channels;
use super::clock;
use super::events;
use super::faults::faults;
use super::sessions;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::org::{Org, Session};

/// Answers a request to `/omnic/v1/…`; not that for the health.
pub(crate) fn answer(org: &mut Org, request: &Request, session: Option<&Session>) -> Response {
    let answered = match session {
        None => Err(ApiError::session()),
        Some(session) if !session.control => Err(ApiError::new(
            403,
            "INSUFFICIENT_ACCESS",
            "tokens from a login cannot control the emulator: use the token that it printed when it started",
        )),
        Some(_) => resource(org, request),
    };
    answered.unwrap_or_else(Response::from)
}

fn resource(org: &mut Org, request: &Request) -> Result<Response, ApiError> {
    let segments = request.segments();
    match (request.method.as_str(), segments.get(2..).unwrap_or_default()) {
        ("GET", ["clock"]) => Ok(clock::read(org)),
        ("POST", ["clock"]) => clock::change(org, request),
        ("GET", ["events"]) => Ok(events::export(org)),
        ("POST", ["events"]) => events::post(org, request),
        (_, ["channels"]) => channels::channels(org, request),
        (_, ["platform-events"]) => channels::platform_events(org, request),
        (_, ["faults"]) => faults(org, request),
        ("POST", ["sessions"]) => sessions::begin(org, request),
        ("GET", ["requests"]) => Ok(Response::json(200, &org.requests)),
        ("DELETE", ["requests"]) => {
            org.requests.clear();
            Ok(Response::empty())
        }
        ("GET", ["state"]) => Ok(Response::json(200, &org.dump())),
        ("PUT", ["state"]) => {
            let value = serde_json::from_slice(&request.body).map_err(|error| ApiError::json(&error.to_string()))?;
            org.load(value)?;
            Ok(Response::empty())
        }
        ("POST", ["reset"]) => {
            org.reset()?;
            Ok(Response::empty())
        }
        ("POST", ["reload"]) => {
            let changed = org.reload()?;
            Ok(super::health::reloaded(org, changed))
        }
        (method, [name]) => {
            let methods = match *name {
                "clock" | "events" => "GET,POST",
                "sessions" | "reset" | "reload" => "POST",
                "requests" => "DELETE,GET",
                "state" => "GET,PUT",
                "health" => "GET",
                _ => return Err(ApiError::not_found()),
            };
            Err(ApiError::method(method, methods))
        }
        _ => Err(ApiError::not_found()),
    }
}
