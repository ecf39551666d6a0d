//! What a client subscribes to: a channel, and perhaps a filter.

use serde::Deserialize;
use serde_json::{Map, Value};
use smol_str::SmolStr;

use super::event::Event;
use crate::caseless;

/// A subscription's text, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// The channel without the filter.
    pub(super) channel: SmolStr,
    /// Conditions, one of which has to hold; empty for no filter.
    pub(super) conditions: Vec<Condition>,
}

/// A field has a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) field: SmolStr,
    /// None if the value is `null`, without quotes.
    pub(super) value: Option<SmolStr>,
}

/// What is wrong with a subscription's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TargetError {
    /// It is empty.
    Empty,
    /// It does not begin with a slash.
    NoSlash,
    /// It holds `*`.
    Wildcard,
    /// The part behind `?` is not a list of conditions.
    Filter,
}

impl Target {
    /// Reads `/topic/Name` or `/topic/Name?Field='value'&Other=value`.
    pub(super) fn parse(text: &str) -> Result<Self, TargetError> {
        if text.is_empty() {
            return Err(TargetError::Empty);
        }
        if !text.starts_with('/') {
            return Err(TargetError::NoSlash);
        }
        let (channel, filter) = text.split_once('?').map_or((text, None), |(channel, filter)| (channel, Some(filter)));
        if channel.contains('*') {
            return Err(TargetError::Wildcard);
        }
        let conditions = match filter {
            Some(filter) => conditions(filter).ok_or(TargetError::Filter)?,
            None => Vec::new(),
        };
        Ok(Self { channel: channel.into(), conditions })
    }

    /// The fields of its conditions that are not among these.
    pub(super) fn unknown_fields(&self, known: &[SmolStr]) -> Vec<&str> {
        let is_known = |field: &str| known.iter().any(|known| caseless::equal(known, field));
        self.conditions.iter().map(|condition| condition.field.as_str()).filter(|field| !is_known(field)).collect()
    }

    /// True if the event passes the filter. Conditions are joined by "or", although they are written with `&`: Streaming
    /// API Developer Guide, "Filtered Subscriptions". Text is compared without case, as in a query (assumed).
    pub(super) fn matches(&self, event: &Event) -> bool {
        #[derive(Deserialize)]
        struct Data {
            sobject: Option<Map<String, Value>>,
        }
        if self.conditions.is_empty() {
            return true;
        }
        let Ok(Data { sobject: Some(fields) }) = serde_json::from_str(&event.data) else { return false };
        self.conditions.iter().any(|condition| {
            let mut found = fields.iter().filter(|(name, _)| caseless::equal(name, &condition.field));
            found.next().is_some_and(|(_, value)| condition.holds(value))
        })
    }
}

impl Condition {
    fn holds(&self, value: &Value) -> bool {
        match (&self.value, value) {
            (None, Value::Null) => true,
            (None, _) | (Some(_), Value::Null) => false,
            (Some(wanted), Value::String(text)) => caseless::equal(wanted, text),
            (Some(wanted), other) => caseless::equal(wanted, &other.to_string()),
        }
    }
}

/// Reads conditions joined by `&`. A value in quotes may hold `&`.
fn conditions(mut rest: &str) -> Option<Vec<Condition>> {
    let mut out = Vec::new();
    loop {
        let (field, after) = rest.split_once('=')?;
        let field = field.trim();
        if field.is_empty() || !field.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.')) {
            return None;
        }
        let (value, end) = match after.strip_prefix('\'') {
            Some(quoted) => {
                let (value, end) = quoted.split_once('\'')?;
                (Some(value), end)
            }
            None => match after.find('&') {
                Some(at) => after.split_at_checked(at).map(|(value, end)| (Some(value), end))?,
                None => (Some(after), ""),
            },
        };
        let value = value.filter(|value| after.starts_with('\'') || !value.eq_ignore_ascii_case("null"));
        out.push(Condition { field: field.into(), value: value.map(SmolStr::new) });
        if end.is_empty() {
            return Some(out);
        }
        rest = end.strip_prefix('&')?;
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::super::event::{Body, EventKind, Retention};
    use super::*;

    #[test]
    fn channels_and_filters_are_read() {
        let cases = [
            ("/topic/A", Ok(("/topic/A", vec![]))),
            (
                "/topic/A?Industry='Energy'&City='San & Co'",
                Ok(("/topic/A", vec![("Industry", Some("Energy")), ("City", Some("San & Co"))])),
            ),
            (
                "/topic/A?IsPushed=false&X='null'&Y=null&Z=''",
                Ok(("/topic/A", vec![("IsPushed", Some("false")), ("X", Some("null")), ("Y", None), ("Z", Some(""))])),
            ),
            ("/topic/A?Q='a*b?c'", Ok(("/topic/A", vec![("Q", Some("a*b?c"))]))),
            ("", Err(TargetError::Empty)),
            ("topic/A", Err(TargetError::NoSlash)),
            ("/topic/*", Err(TargetError::Wildcard)),
            ("/**", Err(TargetError::Wildcard)),
            ("/topic/A?", Err(TargetError::Filter)),
            ("/topic/A?Industry", Err(TargetError::Filter)),
            ("/topic/A?='x'", Err(TargetError::Filter)),
            ("/topic/A?A='x", Err(TargetError::Filter)),
            ("/topic/A?A='x'y", Err(TargetError::Filter)),
            ("/topic/A?A='x'&", Err(TargetError::Filter)),
            ("/topic/A?A>1&B=2", Err(TargetError::Filter)),
        ];
        for (text, expected) in cases {
            let read = Target::parse(text);
            let read = read.as_ref().map(|target| {
                let conditions = target.conditions.iter().map(|c| (c.field.as_str(), c.value.as_deref()));
                (target.channel.as_str(), conditions.collect::<Vec<_>>())
            });
            assert_eq!(read, expected.as_ref().map(|(channel, all)| (*channel, all.clone())), "{text}");
        }
    }

    #[test]
    fn one_condition_is_enough() {
        let fields = [
            ("Industry".into(), json!("Energy")),
            ("ShippingCity".into(), json!(null)),
            ("IsPushed".into(), json!(false)),
            ("Serial".into(), json!(3.0)),
        ];
        let body = Body::Topic { kind: EventKind::Updated, sobject: &fields };
        let event = Event::new(1, "/topic/A".into(), Retention::Day, Timestamp::UNIX_EPOCH, body);
        let cases = [
            ("Industry='Energy'", true),
            ("industry='ENERGY'", true),
            ("Industry=Energy", true),
            ("Industry='Oil'", false),
            ("Industry='Oil'&IsPushed=false", true),
            ("ShippingCity=null", true),
            ("ShippingCity='null'", false),
            ("Industry=null", false),
            ("IsPushed='false'", true),
            ("IsPushed=true", false),
            ("Serial=3.0", true),
            ("Other='x'", false),
        ];
        for (filter, expected) in cases {
            let target = Target::parse(&format!("/topic/A?{filter}")).unwrap();
            assert_eq!(target.matches(&event), expected, "{filter}");
        }
        let target = Target::parse("/topic/A?Industry='x'&Other=1").unwrap();
        assert_eq!(target.unknown_fields(&["INDUSTRY".into()]), ["Other"]);
    }
}
