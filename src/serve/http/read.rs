//! A request, read whole within limits.

use std::time::Duration;

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming;

use crate::serve::exchange::{ApiError, Request, parameters};

/// The largest body. A request of 200 records is far smaller; a saved state may be large.
const MOST_BYTES: usize = 64 << 20;
/// How long a body may take.
const SLOWEST: Duration = Duration::from_secs(30);
/// The longest path with its query: SOQL has 100,000 characters, and some of them are escaped.
const LONGEST: usize = 400_000;

/// What cannot be read.
pub(crate) enum ReadFailure {
    /// It is answered so.
    Answer(ApiError),
    /// The connection is no longer there, or too slow.
    Gone,
}

/// Reads a request. `base` is what URLs begin with, if the host does not say it.
pub(crate) async fn read(request: hyper::Request<Incoming>, base: Option<&str>) -> Result<Request, ReadFailure> {
    let answer = |status, code: &str, message: &str| Err(ReadFailure::Answer(ApiError::new(status, code, message)));
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    if path.len() + head.uri.query().map_or(0, str::len) > LONGEST {
        return answer(414, "URI_TOO_LONG", "the address is too long");
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
        base: String::new(),
    };
    let host = read.header("host").or_else(|| head.uri.host()).unwrap_or_default();
    read.base = base.map_or_else(|| format!("http://{host}"), str::to_owned);
    let collected = tokio::time::timeout(SLOWEST, Limited::new(body, MOST_BYTES).collect()).await;
    match collected {
        Ok(Ok(collected)) => read.body = collected.to_bytes().to_vec(),
        Ok(Err(error)) if error.downcast_ref::<LengthLimitError>().is_some() => {
            return answer(413, "REQUEST_ENTITY_TOO_LARGE", "the body is too large");
        }
        Ok(Err(_)) => return Err(ReadFailure::Gone),
        Err(_) => return answer(408, "REQUEST_TIMEOUT", "the body did not come in time"),
    }
    Ok(read)
}
