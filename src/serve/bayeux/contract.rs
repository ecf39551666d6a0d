//! What others see.

use std::sync::Arc;

use jiff::Timestamp;
use smol_str::SmolStr;

use super::event::{Event, Retention};

/// The two times: timeouts follow the real one, dates and retention the emulated one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// Milliseconds of a clock that does not go back, from any origin.
    pub real_ms: u64,
    /// The emulated time.
    pub org: Timestamp,
}

/// Timeouts and limits.
#[derive(Clone, Debug)]
pub struct BayeuxOptions {
    /// How long a connect is held without an event, in milliseconds. 110 s by the Streaming API Developer Guide.
    pub hold_ms: u64,
    /// How long a client may take to connect again, in milliseconds. 40 s by the same.
    pub reconnect_ms: u64,
    /// The greatest body of a request, in bytes. 32,768 by the same.
    pub max_body: usize,
    /// Clients at the same time. 2,000 is the guide's number for the largest editions.
    pub max_clients: usize,
    /// Subscribers of one topic. 2,000 as above.
    pub max_subscribers: usize,
    /// Subscriptions of one client; ours, so that memory is bounded.
    pub max_subscriptions: usize,
    /// Events that wait for one client; ours. A client with more is forgotten, and comes back with its replay id.
    pub max_waiting: usize,
    /// Events in one answer; ours. The rest follows with the next connect, at once.
    pub events_per_answer: usize,
    /// Events in the log; ours. The oldest leave before their window ends.
    pub max_events: usize,
    /// Bytes of events in the log; ours.
    pub max_bytes: usize,
    /// True if a client has to send the cookie back, as Salesforce demands.
    pub require_cookie: bool,
    /// The version that messages name as an example.
    pub latest_version: SmolStr,
}

impl Default for BayeuxOptions {
    fn default() -> Self {
        Self {
            hold_ms: 110_000,
            reconnect_ms: 40_000,
            max_body: 32_768,
            max_clients: 2_000,
            max_subscribers: 2_000,
            max_subscriptions: 200,
            max_waiting: 200_000,
            events_per_answer: 1_000,
            max_events: 100_000,
            max_bytes: 64 << 20,
            require_cookie: true,
            latest_version: SmolStr::new_static("68.0"),
        }
    }
}

/// Who sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth<'a> {
    /// A user with a session, by the user's id.
    User(&'a str),
    /// No token was sent.
    Missing,
    /// A token was sent that is not valid.
    Invalid,
}

/// A POST to `/cometd/…`.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Who sends it.
    pub auth: Auth<'a>,
    /// The path as it came. The version is read from it; what follows the version is ignored.
    pub path: &'a str,
    /// The value of the cookie `BAYEUX_BROWSER`.
    pub cookie: Option<&'a str>,
    /// True if the client need not send the cookie back. Meant for clients that address the server by IP address: some
    /// cookie jars keep nothing from these.
    pub cookie_optional: bool,
    /// The body.
    pub body: &'a [u8],
    /// Random bytes, from which ids are made.
    pub entropy: [u8; 32],
}

/// A request that is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HoldId(pub(super) u64);

/// An HTTP response, of type `application/json`.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status: 200, 400 or 413.
    pub status: u16,
    /// The value of a header `Set-Cookie`.
    pub set_cookie: Option<String>,
    /// A JSON array of messages.
    pub body: String,
    /// What [`Bayeux::give_back`](super::Bayeux::give_back) needs.
    pub(super) events: Vec<Taken>,
}

/// Events that an answer brings to a client.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub(super) session: u64,
    pub(super) events: Vec<Waiting>,
}

/// An event that a subscription is to get.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) event: Arc<Event>,
    pub(super) subscription: u64,
    /// The subscription's text.
    pub(super) text: SmolStr,
}

/// What becomes of a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// It is answered.
    Now(Answer),
    /// It is held: the answer comes in a [`Release`].
    Hold {
        /// Names it.
        hold: HoldId,
        /// Real milliseconds at which it is answered at the latest.
        until_ms: u64,
    },
}

/// The answer to a request that was held.
#[derive(Clone, Debug)]
pub struct Release {
    /// Names the request.
    pub hold: HoldId,
    /// The answer.
    pub answer: Answer,
}

/// What a request leads to.
#[must_use = "held requests may wait for their answers"]
#[derive(Clone, Debug)]
pub struct Handled {
    /// What becomes of it.
    pub reply: Reply,
    /// Other requests that are answered now.
    pub released: Vec<Release>,
}

/// A channel that can be subscribed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The channel, such as `/topic/Pending`. Names are compared with case (assumed).
    pub channel: SmolStr,
    /// The fields of the query, by which a subscription may filter.
    pub fields: Vec<SmolStr>,
    /// How long its events are retained.
    pub retention: Retention,
}

/// An event for a channel that nobody added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the channel `{channel}` does not exist: add the topic before its events")]
pub struct PublishError {
    /// The channel.
    pub channel: SmolStr,
}

/// Events that are not in order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the event with replay id {replay_id} comes after the one with {last}: a log is restored once, in order")]
pub struct RestoreError {
    /// Of the event.
    pub replay_id: u64,
    /// The last one.
    pub last: u64,
}
