//! Stream: requests of streaming clients, and answers that wait for events.
//!
//! In: a request to `/cometd/…`. Out: an answer, or one to wait for.
//! Must not know the protocol's messages, nor what is published.

use tokio::sync::oneshot;

use crate::serve::bayeux::{Answer, Auth, HoldId, Reply, Request as Post};
use crate::serve::chance;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::org::Org;

/// What becomes of a request.
pub(crate) enum Streamed {
    /// It is answered.
    Now(Response),
    /// It is held, and its answer comes.
    Held(HoldId, oneshot::Receiver<Answer>),
}

/// The cookie by which a browser, or whatever stands for one, is known.
const COOKIE: &str = "BAYEUX_BROWSER";

/// Answers a request; `user` is none if no token was sent, and an error if it is not valid.
pub(crate) fn handle(org: &mut Org, request: &Request, user: Option<Result<&str, ()>>) -> Streamed {
    if request.header("upgrade").is_some() {
        // Clients try a WebSocket first, and fall back if it is refused at once.
        let error = ApiError::new(400, "BAD_REQUEST", "WebSocket is not supported: use long-polling");
        return Streamed::Now(error.into());
    }
    if request.method != "POST" {
        return Streamed::Now(Response::from(ApiError::method(&request.method, "POST")).with("Allow", "POST"));
    }
    let auth = match user {
        Some(Ok(user)) => Auth::User(user),
        Some(Err(())) => Auth::Invalid,
        None => Auth::Missing,
    };
    let path = format!("/{}", request.path.join("/"));
    let cookie =
        request.headers.iter().filter(|(name, _)| name == "cookie").find_map(|(_, value)| {
            value.split(';').find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
        });
    let host = request.header("host").unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name).trim_matches(['[', ']']);
    let post = Post {
        auth,
        path: &path,
        cookie,
        cookie_optional: name.parse::<std::net::IpAddr>().is_ok(),
        body: &request.body,
        entropy: chance::bytes(),
    };
    match org.streaming(&post) {
        Reply::Now(answer) => Streamed::Now(response(answer)),
        Reply::Hold { hold, .. } => {
            let receiver = org.hold(hold);
            Streamed::Held(hold, receiver)
        }
    }
}

/// An answer of the protocol as one of HTTP.
pub(crate) fn response(answer: Answer) -> Response {
    let response = Response::text(answer.status, "application/json", answer.body);
    match answer.set_cookie {
        Some(cookie) => response.with("Set-Cookie", cookie),
        None => response,
    }
}
