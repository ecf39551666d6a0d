//! One connection: its requests, one after the other.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderName, HeaderValue};

use super::dispatch::{Dispatched, Outcome, dispatch};
use super::guard::Guard;
use super::limits::Limits;
use super::read::{ReadFailure, read};
use crate::serve::bayeux::HoldId;
use crate::serve::console::Waiting;
use crate::serve::exchange::{ApiError, Response, is_secret};
use crate::serve::org::{Gone, OrgHandle};
use crate::serve::stream;

/// Hears of each request: its method, path and status.
pub type Log = Box<dyn Fn(&str) + Send + Sync>;

/// What all connections share.
pub(super) struct Shared {
    /// The way to the org.
    pub org: OrgHandle,
    /// From where requests may come.
    pub guard: Guard,
    /// What URLs in answers begin with; none: the request's host.
    pub external: Option<String>,
    /// How URLs in answers begin without it: `http` or `https`.
    pub scheme: &'static str,
    /// Hears of each request: its method, path and status.
    pub log: Option<Log>,
    /// What clients are bound to.
    pub limits: Limits,
}

/// The connection is cut instead of an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is cut")]
pub(super) struct CutOff;

/// The client of a held request may go.
struct Waiter {
    org: OrgHandle,
    hold: Option<HoldId>,
}

impl Drop for Waiter {
    fn drop(&mut self) {
        if let Some(hold) = self.hold.take() {
            self.org.tell(move |org| org.dropped(hold));
        }
    }
}

impl From<Gone> for Response {
    fn from(gone: Gone) -> Self {
        ApiError::new(503, "SERVER_UNAVAILABLE", gone.to_string()).into()
    }
}

/// Answers a request.
///
/// # Errors
///
/// If the connection is to be cut.
async fn answer(
    shared: Arc<Shared>,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Full<Bytes>>, CutOff> {
    let is_head = request.method() == hyper::Method::HEAD;
    let line = shared.log.as_ref().map(|_| format!("{} {}", request.method(), without_secrets(request.uri())));
    let answered = respond(&shared, request).await;
    if let (Some(log), Some(line)) = (&shared.log, line) {
        let status = answered.as_ref().map_or_else(|_| "cut".to_owned(), |response| response.status.to_string());
        log(&format!("{line} {status}"));
    }
    answered.map(|response| written(response, is_head))
}

async fn respond(shared: &Shared, request: hyper::Request<Incoming>) -> Result<Response, CutOff> {
    let host = request.headers().get(hyper::header::HOST).and_then(|host| host.to_str().ok());
    // An address may have a host of its own, which counts before the header's.
    let of_address = request.uri().authority().map(hyper::http::uri::Authority::as_str);
    let hosts = [of_address, host];
    if host.or(of_address).is_none() || !hosts.into_iter().flatten().all(|host| shared.guard.allows(host)) {
        let message = "the Host header does not name this server: use its address, or start it with --external-url";
        return Ok(ApiError::new(421, "MISDIRECTED_REQUEST", message).into());
    }
    let request = match read(request, shared.external.as_deref(), shared.scheme, shared.limits.body).await {
        Ok(request) => request,
        Err(ReadFailure::Answer(error)) => return Ok(Response::from(error).with("Connection", "close")),
        Err(ReadFailure::Gone) => return Err(CutOff),
    };
    let Dispatched { outcome, delay } = match shared.org.ask(move |org| dispatch(org, &request)).await {
        Ok(dispatched) => dispatched,
        Err(gone) => return Ok(gone.into()),
    };
    if delay > 0 {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    match outcome {
        Outcome::Answer(response) => Ok(response),
        Outcome::Cut => Err(CutOff),
        Outcome::Waiting(waiting) => Ok(news(&shared.org, waiting).await),
        Outcome::Held(hold, receiver) => {
            let mut waiter = Waiter { org: shared.org.clone(), hold: Some(hold) };
            let answer = receiver.await;
            waiter.hold = None;
            Ok(answer.map_or_else(|_| Gone::Ended.into(), stream::response))
        }
    }
}

/// Waits until there is something to tell, at most as long as was asked for.
async fn news(org: &OrgHandle, waiting: Waiting) -> Response {
    let Waiting { mut bell, look, longest } = waiting;
    let end = tokio::time::Instant::now() + longest;
    loop {
        let is_over = match tokio::time::timeout_at(end, bell.changed()).await {
            Ok(Ok(())) => false,
            Ok(Err(_)) => return Gone::Ended.into(),
            Err(_) => true,
        };
        let look = Arc::clone(&look);
        match org.ask(move |org| look(org, is_over)).await {
            Ok(Some(response)) => return response,
            Ok(None) if !is_over => {}
            Ok(None) => return Gone::Ended.into(),
            Err(gone) => return gone.into(),
        }
    }
}

/// A response with the headers that all have.
pub(super) fn written(response: Response, is_head: bool) -> hyper::Response<Full<Bytes>> {
    let Response { status, content, body, headers } = response;
    let length = body.len();
    let mut written = hyper::Response::new(Full::new(if is_head { Bytes::new() } else { Bytes::from(body) }));
    *written.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    let map = written.headers_mut();
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            map.append(HeaderName::from_static(name), value);
        }
    };
    if !content.is_empty() {
        set("content-type", content);
    }
    if is_head {
        set("content-length", &length.to_string());
    }
    set("x-content-type-options", "nosniff");
    let names: Vec<String> = headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    if !names.iter().any(|name| name == "cache-control") {
        set("cache-control", "no-store");
    }
    for (name, value) in &headers {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            map.append(name, value);
        }
    }
    written
}

/// Hyper's service for a connection.
pub(super) fn service(
    shared: Arc<Shared>,
) -> impl hyper::service::Service<
    hyper::Request<Incoming>,
    Response = hyper::Response<Full<Bytes>>,
    Error = CutOff,
    Future: Send,
> {
    hyper::service::service_fn(move |request| answer(Arc::clone(&shared), request))
}

/// An address without the values of parameters that are secret.
fn without_secrets(uri: &hyper::Uri) -> String {
    let Some(query) = uri.query() else { return uri.path().to_owned() };
    let shown = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}=…"),
        _ => pair.to_owned(),
    };
    format!("{}?{}", uri.path(), query.split('&').map(shown).collect::<Vec<_>>().join("&"))
}
