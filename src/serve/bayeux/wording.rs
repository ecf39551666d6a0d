//! The errors of the protocol: a code, two colons, a sentence.
//!
//! Source: Streaming API Developer Guide 67.0, "Streaming API Error Codes" and "Handling Streaming API Errors", and for
//! braces around values, answers of orgs that users of clients have published. What Salesforce answers to a wildcard, to
//! a filter that cannot be read and to a message on an unknown channel is not documented: those sentences are assumed.

use serde_json::{Map, Value};

pub(super) const AUTHENTICATION_INVALID: &str = "401::Authentication invalid";
pub(super) const AUTHENTICATION_REQUIRED: &str = "401::Request requires authentication";
pub(super) const HANDSHAKE_DENIED: &str = "403::Handshake denied";
pub(super) const NO_HANDSHAKE: &str = "403::Client has not completed handshake";
pub(super) const UNKNOWN_CLIENT: &str = "403::Unknown client";
pub(super) const TOO_MANY_CLIENTS: &str = "403::Organization concurrent user limit exceeded";
pub(super) const TOO_MANY_SUBSCRIBERS: &str = "403::Subscription limit exceeded for this topic";
pub(super) const OTHER_USER: &str = "400::Authenticated user id does not match the session's user id";
pub(super) const NO_CHANNEL: &str = "400::Channel name not specified";
pub(super) const NO_SLASH: &str = "400::Channel subscriptions must start with a leading '/'";
pub(super) const TOO_LARGE: &str = "413::Maximum Request Size Exceeded";
pub(super) const BUSY: &str = "503::Server is too busy. Please try your request again later.";

pub(super) fn version_missing(latest: &str) -> String {
    format!("400::API version in the URI is mandatory. URI format: '/cometd/{latest}'")
}

pub(super) fn version_unsupported(latest: &str) -> String {
    format!(
        "400::Unsupported API version. Only API versions '37.0' and later are supported. URI format: '/cometd/{latest}'"
    )
}

pub(super) fn connection_type(asked: &str) -> String {
    format!("400::Invalid connection type {{{asked}}}")
}

pub(super) fn no_cookie(client: &str) -> String {
    format!("400::Client {client} has established a session, but no BAYEUX_BROWSER cookie present")
}

pub(super) fn no_such_channel(channel: &str) -> String {
    format!("400::The channel you requested to subscribe to doesn't exist {{{channel}}}")
}

pub(super) fn wildcard(channel: &str) -> String {
    format!("{}. A subscription to several channels by `*` is not supported", no_such_channel(channel))
}

pub(super) fn platform_events(channel: &str) -> String {
    format!("{}. Define the platform event first: POST /omnic/v1/platform-events", no_such_channel(channel))
}

pub(super) fn change_events(channel: &str) -> String {
    format!("{}. An object is selected for change events by a PlatformEventChannelMember", no_such_channel(channel))
}

pub(super) fn system_topic(channel: &str) -> String {
    format!("{}. System topics are not supported here", no_such_channel(channel))
}

pub(super) fn generic(channel: &str) -> String {
    format!("404::Unknown channel {{{channel}}}. Generic streaming channels (/u/) are not supported here")
}

pub(super) fn filter(subscription: &str) -> String {
    format!("400::The filter of {{{subscription}}} cannot be read. Write Field='value', joined by &")
}

pub(super) fn no_such_fields(fields: &[&str]) -> String {
    format!("400::Query fields {{{}}} do not exist on the topic entity", fields.join(", "))
}

pub(super) fn replay_id(asked: &str) -> String {
    format!(
        "400::The replayId {{{asked}}} you provided was invalid. Please provide a valid ID, -2 to replay all events, or -1 to replay only new events."
    )
}

/// Salesforce writes the map in the way of Java.
pub(super) fn replay_map(channel: &str, map: &Map<String, Value>) -> String {
    let map: Vec<String> = map.iter().map(|(name, value)| format!("{name}={}", plain(value))).collect();
    format!(
        "400::The replayId for channel {{{channel}}} wasn't found using the provided replay ID map {{{{{}}}}}. Ensure that the channel name you provided in the replay map is valid and matches the channel name used for subscribing.",
        map.join(", ")
    )
}

pub(super) fn replay_too_long(channel: &str) -> String {
    format!(
        "400::The replay of {{{channel}}} holds more events than may wait for one client. Connect until the events of the other subscriptions are received, and subscribe again"
    )
}

pub(super) fn unknown_channel(channel: &str) -> String {
    format!("400::Unknown channel {{{channel}}}")
}

pub(super) fn publishing(channel: &str) -> String {
    format!("403::Cannot create channel {{{channel}}}. A client cannot publish events")
}

pub(super) fn body(why: &str) -> String {
    format!("400::The body is not a Bayeux message or an array of them: {why}")
}

/// A value as people read it.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
