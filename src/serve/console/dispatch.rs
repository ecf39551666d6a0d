//! Which resource of the consoles a path is.

use super::calls::call;
use super::harness;
use super::pages;
use super::sign_in::{sign_in, sign_out};
use super::standing::standing;
use super::stream::{Answered, stream};
use super::supervisor::{supervisor, why};
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::org::{Org, Session};

/// Whether a path is one of the consoles'.
pub(crate) fn is_console(segments: &[&str]) -> bool {
    matches!(segments, ["omnic", "v1", "console", ..] | ["console", ..] | ["support", "console", ..])
}

/// Answers a request of a session: none if it carries no token, an error if the token is not valid.
pub(crate) fn answer(org: &mut Org, request: &Request, session: Option<&Result<Session, ()>>) -> Answered {
    let segments = request.segments();
    let valid = session.and_then(|session| session.as_ref().ok());
    let answered = match (request.method.as_str(), segments.as_slice()) {
        ("GET" | "HEAD", ["console", "components", rest @ ..]) => harness::answer(org, request, rest),
        ("GET" | "HEAD", ["console", ..] | ["support", "console", ..]) => pages::page(&segments),
        ("POST", ["omnic", "v1", "console", "sign-in"]) => sign_in(org, request),
        ("POST", ["omnic", "v1", "console", "stream"]) => match session {
            // A token that is not valid beside those in the body is a fault that a test asked for.
            Some(Err(())) => Err(ApiError::session()),
            _ => match stream(org, request) {
                Ok(Answered::Later(waiting)) => return Answered::Later(waiting),
                Ok(Answered::Now(response)) => Ok(response),
                Err(error) => Err(error),
            },
        },
        (method, ["omnic", "v1", "console", name]) => match valid {
            None => Err(ApiError::session()),
            Some(session) => resource(org, request, session, method, name),
        },
        (_, ["omnic", ..]) => Err(ApiError::not_found()),
        (method, _) => Err(ApiError::method(method, "GET")),
    };
    Answered::Now(answered.unwrap_or_else(Response::from))
}

fn resource(
    org: &mut Org,
    request: &Request,
    session: &Session,
    method: &str,
    name: &str,
) -> Result<Response, ApiError> {
    match (method, name) {
        ("GET", "state") => standing(org, &session.user),
        ("POST", "call") => call(org, request, &session.user),
        ("GET", "supervisor") => supervisor(org, &session.user),
        ("GET", "why") => why(org, request, session),
        ("POST", "sign-out") => Ok(sign_out(org, request)),
        (method, "state" | "supervisor" | "why") => Err(ApiError::method(method, "GET")),
        (method, "call" | "sign-out" | "sign-in" | "stream") => Err(ApiError::method(method, "POST")),
        _ => Err(ApiError::not_found()),
    }
}
