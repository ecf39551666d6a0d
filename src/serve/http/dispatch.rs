//! Which part answers a request.

use tokio::sync::oneshot;

use crate::serve::bayeux::{Answer, HoldId};
use crate::serve::exchange::{ApiError, Request, Response, is_secret};
use crate::serve::org::{FaultKind, LoggedRequest, Org, Session};
use crate::serve::stream::{self, Streamed};
use crate::serve::{console, control, login, rest, soap};

/// What becomes of a request.
pub(super) enum Outcome {
    /// It is answered.
    Answer(Response),
    /// It is answered later.
    Held(HoldId, oneshot::Receiver<Answer>),
    /// It is answered when something happens.
    Waiting(console::Waiting),
    /// The connection is cut.
    Cut,
}

/// An outcome, and how long it is kept back, in milliseconds.
pub(super) struct Dispatched {
    /// What becomes of it.
    pub outcome: Outcome,
    /// How long that takes.
    pub delay: u64,
}

/// Requests that are remembered.
const MOST_REMEMBERED: usize = 1_000;

/// What pages may load: nothing but what the server has.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                          base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Answers a request, as faults let it.
pub(super) fn dispatch(org: &mut Org, request: &Request) -> Dispatched {
    let path = format!("/{}", request.path.join("/"));
    let fault = org.faults.meet(&path);
    let kind = fault.as_ref().map(|fault| fault.kind);
    let delay = fault.filter(|fault| fault.kind == FaultKind::Delay).and_then(|fault| fault.milliseconds).unwrap_or(0);
    let outcome = match kind {
        Some(FaultKind::CutBefore) => Outcome::Cut,
        Some(FaultKind::Unavailable) => Outcome::Answer(unavailable(request)),
        Some(FaultKind::ExpiredSession) => answer(org, request, Some(&Err(()))),
        Some(FaultKind::CutAfter) => {
            let session = login::session_of(org, request);
            if let Outcome::Held(hold, _) = answer(org, request, session.as_ref()) {
                org.dropped(hold);
            }
            Outcome::Cut
        }
        Some(FaultKind::Delay | FaultKind::GapEvent | FaultKind::OverflowEvent) | None => {
            let session = login::session_of(org, request);
            answer(org, request, session.as_ref())
        }
    };
    let status = match &outcome {
        Outcome::Answer(response) => Some(response.status),
        _ => None,
    };
    let shown =
        |name: &str, value: &str| if is_secret(name) { format!("{name}=…") } else { format!("{name}={value}") };
    let query: Vec<String> = request.query.iter().map(|(name, value)| shown(name, value)).collect();
    let path = if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) };
    if org.requests.len() >= MOST_REMEMBERED {
        org.requests.pop_front();
    }
    let at = org.clock.now();
    org.requests.push_back(LoggedRequest { at, method: request.method.clone(), path, status });
    Dispatched { outcome, delay }
}

/// 503. For streaming it is what a server at the edge sends: clients take any JSON there for messages.
fn unavailable(request: &Request) -> Response {
    if request.path.first().is_some_and(|first| first.eq_ignore_ascii_case("cometd")) {
        let text = "<!doctype html>\n<title>503 Service Unavailable</title>\n<h1>Service Unavailable</h1>\n";
        return Response::text(503, "text/html;charset=UTF-8", text);
    }
    ApiError::new(503, "SERVER_UNAVAILABLE", "Service Unavailable (injected)").into()
}

/// Answers a request of a session: none if it carries no token, an error if the token is not valid.
fn answer(org: &mut Org, request: &Request, session: Option<&Result<Session, ()>>) -> Outcome {
    let segments = request.segments();
    let is = |at: usize, name: &str| segments.get(at).is_some_and(|segment| segment.eq_ignore_ascii_case(name));
    let valid = session.and_then(|session| session.as_ref().ok()).cloned();
    let only = |method: &str| {
        let asked = if request.method == "HEAD" { "GET" } else { request.method.as_str() };
        if asked == method { Ok(()) } else { Err(ApiError::method(&request.method, method)) }
    };
    let response = if segments.is_empty() {
        only("GET").map_or_else(Response::from, |()| page())
    } else if is(0, "cometd") {
        let user =
            session.map(|session| session.as_ref().map(|session| session.user.as_str()).map_err(|invalid| *invalid));
        let streamed = stream::handle(org, request, user);
        return match streamed {
            Streamed::Now(response) => Outcome::Answer(response),
            Streamed::Held(hold, receiver) => Outcome::Held(hold, receiver),
        };
    } else if console::is_console(&segments) {
        return match console::answer(org, request, session) {
            console::Answered::Now(response) => Outcome::Answer(response),
            console::Answered::Later(waiting) => Outcome::Waiting(waiting),
        };
    } else if is(0, "omnic") && is(1, "v1") {
        if is(2, "health") && segments.len() == 3 {
            only("GET").map_or_else(Response::from, |()| control::health(org).with("Content-Security-Policy", POLICY))
        } else {
            control::answer(org, request, valid.as_ref())
        }
    } else if is(0, "services") && is(1, "data") {
        rest::answer(org, request, valid.map(|session| session.user))
    } else if is(0, "services") && is(1, "Soap") && (is(2, "u") || is(2, "c")) {
        let version = segments.get(3).copied().unwrap_or_default().to_owned();
        let is_expired = session == Some(&Err(()));
        only("POST").map_or_else(Response::from, |()| soap::answer(org, request, &version, is_expired))
    } else if is(0, "services") && is(1, "wsdl") && is(2, "partner") && segments.len() == 3 {
        only("GET").map_or_else(Response::from, |()| soap::description(request))
    } else if is(0, "services") && is(1, "oauth2") && segments.len() == 3 {
        oauth(org, request, valid.map(|session| session.user).ok_or_else(|| no_user(session)))
    } else if let (true, Some(organization), Some(user), 3) =
        (is(0, "id"), segments.get(1), segments.get(2), segments.len())
    {
        match valid {
            Some(_) => login::identity(org, request, organization, user),
            None => no_user(session).into(),
        }
    } else {
        ApiError::not_found().into()
    };
    Outcome::Answer(response)
}

/// Who asks for a user's information has no token, or one that is not valid.
fn no_user(session: Option<&Result<Session, ()>>) -> ApiError {
    let code = if session.is_some() { "Bad_OAuth_Token" } else { "Missing_OAuth_Token" };
    ApiError::new(403, code, code)
}

fn oauth(org: &mut Org, request: &Request, user: Result<crate::serve::ids::Id, ApiError>) -> Response {
    let name = request.path.get(2).map(|name| name.to_ascii_lowercase()).unwrap_or_default();
    match (name.as_str(), request.method.as_str()) {
        ("token", "POST") => login::token_endpoint(org, request),
        ("revoke", "POST" | "GET") => login::revoke(org, request),
        ("userinfo", "GET" | "POST" | "HEAD") => match user {
            Ok(user) => login::user_info(org, request, &user),
            Err(error) => error.into(),
        },
        ("token", method) => ApiError::method(method, "POST").into(),
        ("revoke" | "userinfo", method) => ApiError::method(method, "GET,POST").into(),
        ("authorize" | "introspect" | "device", _) => ApiError::unserved(&format!("the resource oauth2/{name}")).into(),
        _ => ApiError::not_found().into(),
    }
}

/// The first page. It names no data, so that it needs no token.
fn page() -> Response {
    let text = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>omnic serve</title>\n\
                <h1>omnic serve</h1>\n<p>This is an emulator of a Salesforce org with Omni-Channel, for development and \
                tests. The terminal in which it runs shows a token and what to do with it.</p>\n\
                <p><a href=\"/console\">Consoles</a> · <a href=\"/omnic/v1/health\">Health</a></p>\n</html>\n";
    Response::text(200, "text/html;charset=UTF-8", text).with("Content-Security-Policy", POLICY)
}
