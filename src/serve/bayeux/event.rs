//! What is published.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use smol_str::SmolStr;

/// How long an event can be replayed. Source: Streaming API Developer Guide, "Message Durability".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Retention {
    /// 24 hours: `PushTopic` events.
    Day,
    /// 72 hours: change events and platform events.
    ThreeDays,
}

impl Retention {
    /// The window in milliseconds.
    pub const fn milliseconds(self) -> i64 {
        let days = match self {
            Self::Day => 1,
            Self::ThreeDays => 3,
        };
        days * 24 * 60 * 60 * 1000
    }
}

/// What happened to the record of a `PushTopic` event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// It was created.
    Created,
    /// It was updated.
    Updated,
    /// It was deleted.
    Deleted,
    /// It was restored.
    Undeleted,
}

impl EventKind {
    /// The value of `event.type`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
            Self::Undeleted => "undeleted",
        }
    }
}

/// The content of an event. Members are served in the order given.
#[derive(Clone, Copy, Debug)]
pub enum Body<'a> {
    /// Of a `PushTopic`: the fields of its query, in the query's order.
    Topic {
        /// What happened.
        kind: EventKind,
        /// Field and value.
        sobject: &'a [(SmolStr, Value)],
    },
    /// A change event, or a platform event.
    Change {
        /// The id of its schema.
        schema: &'a str,
        /// `ChangeEventHeader`, if it has one, and the fields.
        payload: &'a [(SmolStr, Value)],
    },
}

/// An event in the log. It is what a journal has to keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Its position in the log: greater than that of each event before.
    pub replay_id: u64,
    /// The channel, such as `/topic/Pending`.
    pub channel: SmolStr,
    /// Further channels that carry it: a change event is on the object's own, on `/data/ChangeEvents` and on custom ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<SmolStr>,
    /// How long it is retained.
    pub retention: Retention,
    /// The emulated time of publication, in milliseconds since 1970.
    pub created_ms: i64,
    /// The member `data` of the message, as JSON text.
    pub data: String,
}

impl Event {
    pub(super) fn new(
        replay_id: u64,
        channel: SmolStr,
        retention: Retention,
        created: Timestamp,
        body: Body<'_>,
    ) -> Self {
        let data = match body {
            Body::Topic { kind, sobject } => format!(
                r#"{{"event":{{"createdDate":"{}","replayId":{replay_id},"type":"{}"}},"sobject":{}}}"#,
                date(created),
                kind.word(),
                object(sobject)
            ),
            Body::Change { schema, payload } => format!(
                r#"{{"schema":{},"payload":{},"event":{{"replayId":{replay_id}}}}}"#,
                Value::from(schema),
                object(payload)
            ),
        };
        Self { replay_id, channel, also: Vec::new(), retention, created_ms: created.as_millisecond(), data }
    }

    /// The message that brings it to a subscription. Member `clientId` as in the guide's samples.
    pub(super) fn message(&self, client: &str, subscription: &str) -> String {
        format!(
            r#"{{"clientId":{},"data":{},"channel":{}}}"#,
            Value::from(client),
            self.data,
            Value::from(subscription)
        )
    }

    /// True if a channel carries it.
    pub(super) fn is_on(&self, channel: &str) -> bool {
        self.channel == channel || self.also.iter().any(|other| other == channel)
    }

    /// Takes it from a channel. False if no other one carries it.
    pub(super) fn leave(&mut self, channel: &str) -> bool {
        self.also.retain(|other| other != channel);
        if self.channel != channel {
            return true;
        }
        if self.also.is_empty() {
            return false;
        }
        self.channel = self.also.remove(0);
        true
    }

    /// True if it is outside its window.
    pub(super) const fn is_expired(&self, now_ms: i64) -> bool {
        self.created_ms.saturating_add(self.retention.milliseconds()) <= now_ms
    }
}

/// As Salesforce writes it from version 37.0: `2016-03-29T16:40:08.208Z`.
fn date(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// A JSON object with its members in this order.
fn object(members: &[(SmolStr, Value)]) -> String {
    let mut out = String::from("{");
    for (at, (name, value)) in members.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        // Writing to a string does not fail.
        let _ = write!(out, "{}:{value}", Value::from(name.as_str()));
    }
    out.push('}');
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn dates_have_three_digits_and_a_z() {
        let cases = [(0, "1970-01-01T00:00:00.000Z"), (1_459_269_608_208, "2016-03-29T16:40:08.208Z")];
        for (ms, expected) in cases {
            assert_eq!(date(Timestamp::from_millisecond(ms).unwrap()), expected);
        }
    }

    #[test]
    fn fields_stay_in_order() {
        let fields =
            [("Website".into(), Value::Null), ("Id".into(), json!("001")), ("A\"b".into(), json!({"x": [1.5]}))];
        let at = Timestamp::from_millisecond(1_459_269_608_208).unwrap();
        let body = Body::Topic { kind: EventKind::Created, sobject: &fields };
        let event = Event::new(13, "/topic/A".into(), Retention::Day, at, body);
        assert_eq!(
            event.message("c", "/topic/A?Id='1'"),
            r#"{"clientId":"c","data":{"event":{"createdDate":"2016-03-29T16:40:08.208Z","replayId":13,"type":"created"},"sobject":{"Website":null,"Id":"001","A\"b":{"x":[1.5]}}},"channel":"/topic/A?Id='1'"}"#
        );
        let body = Body::Change { schema: "s", payload: &[("ChangeEventHeader".into(), json!({}))] };
        let event = Event::new(14, "/data/CaseChangeEvent".into(), Retention::ThreeDays, at, body);
        assert_eq!(event.data, r#"{"schema":"s","payload":{"ChangeEventHeader":{}},"event":{"replayId":14}}"#);
    }
}
