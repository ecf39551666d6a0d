//! Values of records, as they are compared.

use std::borrow::Cow;

use serde_json::{Number, Value};
use smol_str::SmolStr;

use super::super::schema::Class;
use super::super::time::{parse_date, parse_datetime};

/// An empty text is null.
pub(super) fn is_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// None if the value is null.
pub(super) fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        _ if is_null(value) => None,
        Value::String(text) => Some(Cow::Borrowed(text)),
        other => Some(Cow::Owned(other.to_string())),
    }
}

/// Null is false.
pub(super) fn boolean(value: &Value) -> bool {
    matches!(value, Value::Bool(true)) || value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true"))
}

pub(super) fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

/// Days for a date, milliseconds for a datetime.
pub(super) fn moment(value: &Value, class: Class) -> Option<i64> {
    let text = value.as_str()?;
    if class == Class::Date { parse_date(text.get(..10)?) } else { parse_datetime(text) }
}

/// The 15 characters of an id that count, whatever its length.
pub(super) fn short_id(value: &Value) -> Option<SmolStr> {
    let id = value.as_str().filter(|id| !id.is_empty())?;
    Some(SmolStr::new(id.get(..15).unwrap_or(id)))
}

/// Null where JSON has no such number.
pub(super) fn json(number: f64) -> Value {
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}
