//! What a client gets: replies to its messages. Members are in the order in which Salesforce has been seen to write them.

use serde::Serialize;
use serde_json::Value;

use super::contract::Answer;
use super::message::Incoming;
use super::wording;

/// A reply to a message.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Message<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ext: Option<Ext<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) minimum_version: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) client_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) supported_connection_types: Option<[&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) advice: Option<Advice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) channel: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) subscription: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<&'a str>,
    pub(super) successful: bool,
}

/// What goes beyond the protocol.
#[derive(Debug, Default, Serialize)]
pub(super) struct Ext<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    sfdc: Option<Sfdc<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replay: Option<bool>,
    #[serde(rename = "payload.format", skip_serializing_if = "Option::is_none")]
    payload_format: Option<bool>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Sfdc<'a> {
    failure_reason: &'a str,
}

impl<'a> Ext<'a> {
    /// Of a handshake.
    pub(super) const OFFERED: Self = Self { sfdc: None, replay: Some(true), payload_format: Some(true) };

    /// Why a request was denied.
    pub(super) const fn failure(failure_reason: &'a str) -> Self {
        Self { sfdc: Some(Sfdc { failure_reason }), replay: None, payload_format: None }
    }
}

/// What a client is to do next.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Advice {
    /// Milliseconds to wait before.
    interval: u64,
    /// Milliseconds that a connect is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout: Option<u64>,
    reconnect: &'static str,
}

impl Advice {
    /// Nothing more.
    pub(super) const NONE: Self = Self { interval: 0, timeout: None, reconnect: "none" };
    /// Begin from the start.
    pub(super) const HANDSHAKE: Self = Self { interval: 0, timeout: None, reconnect: "handshake" };
    /// The same in a second.
    pub(super) const LATER: Self = Self { interval: 1_000, timeout: None, reconnect: "retry" };

    /// Connect at once.
    pub(super) const fn retry(hold_ms: u64) -> Self {
        Self { interval: 0, timeout: Some(hold_ms), reconnect: "retry" }
    }
}

impl<'a> Message<'a> {
    /// Success.
    pub(super) fn success(to: Incoming<'a>, client: &'a str) -> Self {
        Self {
            client_id: Some(client),
            channel: to.channel(),
            id: to.id(),
            subscription: to.subscription(),
            successful: true,
            ..Self::default()
        }
    }

    /// Failure. Of an unknown client the id is left out.
    pub(super) fn failure(to: Incoming<'a>, error: &'a str) -> Self {
        let client_id = if error == wording::UNKNOWN_CLIENT { None } else { to.client() };
        Self {
            client_id,
            channel: to.channel(),
            id: to.id(),
            subscription: to.subscription(),
            error: Some(error),
            ..Self::default()
        }
    }

    /// A handshake that failed: `error`, and `reason` if it is given beside it.
    pub(super) fn denied(to: Incoming<'a>, error: &'a str, reason: Option<&'a str>) -> Self {
        Self {
            ext: reason.map(Ext::failure),
            advice: Some(Advice::NONE),
            client_id: None,
            subscription: None,
            ..Self::failure(to, error)
        }
    }

    /// With advice.
    pub(super) const fn advised(mut self, advice: Advice) -> Self {
        self.advice = Some(advice);
        self
    }

    /// As JSON text.
    pub(super) fn text(&self) -> String {
        // Strings and values always serialize.
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }
}

/// An answer with these messages.
pub(super) fn answer(messages: &[String]) -> Answer {
    Answer { status: 200, body: format!("[{}]", messages.join(",")), ..Answer::default() }
}

/// An answer to a request that could not be read.
pub(super) fn refusal(status: u16, error: &str) -> Answer {
    let message = Message { error: Some(error), ..Message::default() };
    Answer { status, body: format!("[{}]", message.text()), ..Answer::default() }
}
