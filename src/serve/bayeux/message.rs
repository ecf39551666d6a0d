//! What a client sends.

use serde_json::{Map, Value};

use super::wording;

/// A message of a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Incoming<'a>(&'a Map<String, Value>);

/// Where a subscription is to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// With what is published from now, unless it is there already: nothing was asked.
    Default,
    /// With what is published from now: -1.
    Tip,
    /// With everything retained: -2.
    All,
    /// After this id.
    After(u64),
}

impl Start {
    /// The replay id after which events are wanted.
    pub(super) const fn after(&self) -> u64 {
        match self {
            Self::Default | Self::Tip => u64::MAX,
            Self::All => 0,
            Self::After(id) => *id,
        }
    }
}

/// The messages of a body: an array, or one object.
///
/// # Errors
///
/// The `error` of the answer.
pub(super) fn parse(body: &[u8]) -> Result<Vec<Map<String, Value>>, String> {
    let wrong = |why: &str| Err(wording::body(why));
    match serde_json::from_slice(body) {
        Ok(Value::Object(message)) => Ok(vec![message]),
        Ok(Value::Array(messages)) if messages.is_empty() => wrong("the array is empty"),
        Ok(Value::Array(messages)) => {
            let messages: Option<Vec<_>> = messages
                .into_iter()
                .map(|message| match message {
                    Value::Object(message) => Some(message),
                    _ => None,
                })
                .collect();
            messages.map_or_else(|| wrong("the array holds something that is not an object"), Ok)
        }
        Ok(_) => wrong("it is neither an object nor an array"),
        Err(error) => wrong(&error.to_string()),
    }
}

impl<'a> Incoming<'a> {
    pub(super) const fn new(message: &'a Map<String, Value>) -> Self {
        Self(message)
    }

    pub(super) fn channel(self) -> Option<&'a str> {
        self.0.get("channel").and_then(Value::as_str).filter(|channel| !channel.is_empty())
    }

    pub(super) fn id(self) -> Option<&'a Value> {
        self.0.get("id")
    }

    pub(super) fn client(self) -> Option<&'a str> {
        self.0.get("clientId").and_then(Value::as_str)
    }

    /// The member as it was sent, to be returned.
    pub(super) fn subscription(self) -> Option<&'a Value> {
        self.0.get("subscription")
    }

    /// The subscriptions: one string, or an array of strings.
    pub(super) fn subscriptions(self) -> Option<Vec<&'a str>> {
        match self.subscription()? {
            Value::String(one) => Some(vec![one]),
            Value::Array(several) if !several.is_empty() => several.iter().map(Value::as_str).collect(),
            _ => None,
        }
    }

    /// What is asked for instead of long polling, in words. A message that does not say is taken to mean long polling.
    pub(super) fn other_connection_type(self) -> Option<String> {
        let is_long_polling = |value: &Value| value.as_str() == Some("long-polling");
        match (self.0.get("connectionType"), self.0.get("supportedConnectionTypes")) {
            (Some(one), _) => (!is_long_polling(one)).then(|| wording::plain(one)),
            (None, Some(Value::Array(several))) => (!several.iter().any(is_long_polling))
                .then(|| several.iter().map(wording::plain).collect::<Vec<_>>().join(", ")),
            (None, _) => None,
        }
    }

    /// The time that a connect wants to be held at most, in milliseconds.
    pub(super) fn timeout_ms(self) -> Option<u64> {
        self.0.get("advice")?.get("timeout")?.as_u64()
    }

    /// Where a subscription is to start, by `ext.replay`. The map is asked for the subscription as it was written, which is
    /// what clients put there, then for its channel without the filter (assumed: the error asks for the channel name that
    /// was used for subscribing). A number in quotes counts as one (assumed).
    ///
    /// # Errors
    ///
    /// The `error` of the answer.
    pub(super) fn start(self, text: &str, channel: &str) -> Result<Start, String> {
        let map = match self.0.get("ext").and_then(|ext| ext.get("replay")) {
            None | Some(Value::Null | Value::Bool(_)) => return Ok(Start::Default),
            Some(Value::Object(map)) if map.is_empty() => return Ok(Start::Default),
            Some(Value::Object(map)) => map,
            Some(other) => return Err(wording::replay_id(&wording::plain(other))),
        };
        let asked = map.get(text).or_else(|| map.get(channel)).ok_or_else(|| wording::replay_map(channel, map))?;
        let number = match asked {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_i64(),
        };
        match number {
            Some(-1) => Ok(Start::Tip),
            Some(-2) => Ok(Start::All),
            number => match number.map(u64::try_from) {
                Some(Ok(id)) => Ok(Start::After(id)),
                _ => Err(wording::replay_id(&wording::plain(asked))),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn replay_is_read() {
        let invalid = |what: &str| Err(wording::replay_id(what));
        let cases = [
            (json!({}), Ok(Start::Default)),
            (json!({"ext": {"replay": true}}), Ok(Start::Default)),
            (json!({"ext": {"replay": {}}}), Ok(Start::Default)),
            (json!({"ext": 1}), Ok(Start::Default)),
            (json!({"ext": {"replay": {"/topic/A": -1}}}), Ok(Start::Tip)),
            (json!({"ext": {"replay": {"/topic/B": 1, "/topic/A": -2}}}), Ok(Start::All)),
            (json!({"ext": {"replay": {"/topic/A": "-2"}}}), Ok(Start::All)),
            (json!({"ext": {"replay": {"/topic/A": 82}}}), Ok(Start::After(82))),
            (json!({"ext": {"replay": {"/topic/A": -3}}}), invalid("-3")),
            (json!({"ext": {"replay": {"/topic/A": 1.5}}}), invalid("1.5")),
            (json!({"ext": {"replay": {"/topic/A": "x"}}}), invalid("x")),
            (json!({"ext": {"replay": {"/topic/A": null}}}), invalid("null")),
            (json!({"ext": {"replay": {"/topic/A": u64::MAX}}}), invalid("18446744073709551615")),
            (json!({"ext": {"replay": 5}}), invalid("5")),
            (json!({"ext": {"replay": {"/topic/A?N='T'": -1, "/topic/A": 2}}}), Ok(Start::Tip)),
            (
                json!({"ext": {"replay": {"/topic/A?N='S'": -1, "/topic/B": 2}}}),
                Err("400::The replayId for channel {/topic/A} wasn't found using the provided replay ID map {{/topic/A?N='S'=-1, /topic/B=2}}. Ensure that the channel name you provided in the replay map is valid and matches the channel name used for subscribing.".to_owned()),
            ),
        ];
        for (message, expected) in cases {
            let Value::Object(message) = message else { panic!("an object") };
            assert_eq!(Incoming::new(&message).start("/topic/A?N='T'", "/topic/A"), expected, "{message:?}");
        }
    }

    #[test]
    fn bodies_are_arrays_or_objects() {
        for (body, expected) in
            [("[{},{}]", Some(2)), ("{}", Some(1)), ("[]", None), ("[1]", None), ("1", None), ("[{", None)]
        {
            assert_eq!(parse(body.as_bytes()).ok().map(|messages| messages.len()), expected, "{body}");
        }
        assert!(parse("[".repeat(5000).as_bytes()).is_err());
        assert!(parse(b"[{\"a\":1e999}]").is_err() && parse(b"\xff").is_err() && parse(b"").is_err());
    }
}
