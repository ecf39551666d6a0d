//! A request, read whole within limits.

use std::time::Duration;

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};

use crate::serve::envelope::Envelope;
use crate::serve::exchange::{ApiError, Request, parameters};

/// The largest bodies: of logins, which anybody may send; of streaming; of a state that is loaded; and of anything else,
/// of which 200 records are far smaller.
const MOST_OF_LOGIN: usize = 64 << 10;
/// 200 records: a call without a session is told only after it was read.
const MOST_OF_SOAP: usize = 2 << 20;
const MOST_OF_STREAMING: usize = 33 << 10;
const MOST_OF_STATE: usize = 64 << 20;
const MOST_BYTES: usize = 16 << 20;

/// What cannot be read.
pub(super) enum ReadFailure {
    /// It is answered so.
    Answer(ApiError),
    /// The connection is no longer there, or too slow.
    Gone,
}

/// Reads a request. `base` is what URLs begin with, if the scheme and the host do not say it; `slowest` is how long a body
/// may take.
pub(crate) async fn read(
    request: hyper::Request<Incoming>,
    base: Option<&str>,
    scheme: &str,
    slowest: Duration,
) -> Result<Request, ReadFailure> {
    let answer = |status, code: &str, message: &str| Err(ReadFailure::Answer(ApiError::new(status, code, message)));
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    if head.headers.get_all(hyper::header::HOST).iter().count() > 1 {
        return answer(400, "BAD_REQUEST", "the request has several Host headers");
    }
    let decoded = |segment: &str| percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned();
    let header = |(name, value): (&hyper::header::HeaderName, &hyper::header::HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let mut read = Request {
        method: head.method.as_str().to_ascii_uppercase(),
        path: path.split('/').filter(|segment| !segment.is_empty()).map(decoded).collect(),
        query: parameters(head.uri.query().unwrap_or_default()),
        headers: head.headers.iter().map(header).collect(),
        body: Vec::new(),
        envelope: None,
        base: String::new(),
    };
    let host = read.header("host").or_else(|| head.uri.host()).unwrap_or_default();
    read.base = base.map_or_else(|| format!("{scheme}://{host}"), str::to_owned);
    let collected = tokio::time::timeout(slowest, Limited::new(body, most_bytes(&read.path)).collect()).await;
    match collected {
        Ok(Ok(collected)) => {
            let body = collected.to_bytes();
            if is_soap(&read.path) && read.method == "POST" {
                read.envelope = Some(envelope(body).await);
            } else {
                read.body = body.to_vec();
            }
        }
        Ok(Err(error)) if error.downcast_ref::<LengthLimitError>().is_some() => {
            return answer(413, "REQUEST_ENTITY_TOO_LARGE", "the body is too large");
        }
        Ok(Err(_)) => return Err(ReadFailure::Gone),
        Err(_) => return answer(408, "REQUEST_TIMEOUT", "the body did not come in time"),
    }
    Ok(read)
}

fn is_soap(path: &[String]) -> bool {
    let is = |at: usize, name: &str| path.get(at).is_some_and(|segment| segment.eq_ignore_ascii_case(name));
    is(0, "services") && is(1, "Soap")
}

/// Reads a SOAP message: neither the org nor other connections wait for it.
async fn envelope(body: Bytes) -> Result<Envelope, ()> {
    let parse = move || Envelope::read(&body).ok_or(());
    tokio::task::spawn_blocking(parse).await.unwrap_or(Err(()))
}

/// How large the body of a request to a path may be.
fn most_bytes(path: &[String]) -> usize {
    let is = |at: usize, name: &str| path.get(at).is_some_and(|segment| segment.eq_ignore_ascii_case(name));
    if is(0, "cometd") {
        MOST_OF_STREAMING
    } else if is_soap(path) {
        MOST_OF_SOAP
    } else if is(0, "services") && is(1, "oauth2") {
        MOST_OF_LOGIN
    } else if is(0, "omnic") && is(2, "state") {
        MOST_OF_STATE
    } else {
        MOST_BYTES
    }
}
