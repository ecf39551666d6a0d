//! What a request without TLS is answered at a port that speaks TLS alone.

use std::convert::Infallible;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};

use super::connection::written;
use crate::serve::exchange::{ApiError, Response};

/// The first byte of each TLS connection: a record of a handshake (RFC 8446, 5.1).
pub(crate) const HANDSHAKE: u8 = 0x16;

/// Answers that TLS is wanted.
pub(crate) async fn refuse(request: hyper::Request<Incoming>) -> Result<hyper::Response<Full<Bytes>>, Infallible> {
    let is_head = request.method() == hyper::Method::HEAD;
    let host = request.headers().get(hyper::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("HOST");
    let message = format!("HTTPS Required: this port speaks TLS alone; write https://{host} instead of http://{host}");
    let response = Response::from(ApiError::new(403, "UNSUPPORTED_CLIENT", message)).with("Connection", "close");
    Ok(written(response, is_head))
}
