//! Whether a JSON value may be written into a field.
//!
//! What Salesforce converts is accepted: numbers and booleans written as texts, a day for a point in time, a picklist
//! value in another case.

use serde_json::{Number, Value};

use super::field::Field;
use super::kind::FieldType;
use super::refusal::WriteError;

/// Characters of a text that no file limits.
const LONGEST_OPEN_TEXT: usize = 131_072;

impl FieldType {
    /// A value as answers have it: numbers of fields with a fraction are written with one, those of others without.
    /// What is not in the right form stays as it is.
    pub(crate) fn settled(self, value: Value) -> Value {
        let number = match &value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let Some(number) = number.filter(|number| number.is_finite()) else { return value };
        match self {
            kind if kind.is_decimal() => Value::from(number),
            // Whole numbers in their range are exact.
            #[expect(clippy::cast_possible_truncation, reason = "checked")]
            Self::Int if number.fract() == 0.0 && number.abs() < f64::from(i32::MAX) => Value::from(number as i64),
            _ => value,
        }
    }
}

/// Checks a value that is not `null`.
///
/// # Errors
///
/// What Salesforce answers for a value of the wrong form.
pub(super) fn check(field: &Field, value: &Value) -> Result<(), WriteError> {
    match value {
        Value::Null => Ok(()),
        Value::Object(_) | Value::Array(_) => Err(WriteError::field(
            "INVALID_FIELD",
            format!("Cannot reference a foreign key field {}.", field.name),
            &field.name,
        )),
        Value::String(text) => check_text(field, text),
        Value::Bool(written) => match field.kind {
            FieldType::Boolean | FieldType::Anytype => Ok(()),
            kind if kind.is_text() => check_text(field, if *written { "true" } else { "false" }),
            _ => Err(wrong_form(field, if *written { "VALUE_TRUE" } else { "VALUE_FALSE" }, &value.to_string())),
        },
        Value::Number(number) => match field.kind {
            FieldType::Int => check_int(field, whole(number), token(number), &number.to_string()),
            FieldType::Anytype => Ok(()),
            kind if kind.is_decimal() => check_decimal(field, number.as_f64(), &number.to_string()),
            kind if kind.is_text() => check_text(field, &number.to_string()),
            _ => Err(wrong_form(field, token(number), &number.to_string())),
        },
    }
}

/// The parser's word for a number.
fn token(number: &Number) -> &'static str {
    if number.is_f64() { "VALUE_NUMBER_FLOAT" } else { "VALUE_NUMBER_INT" }
}

/// A number without a fraction, such as 5 or 5.0.
fn whole(number: &Number) -> Option<i64> {
    let text = number.to_string();
    number.as_i64().or_else(|| text.strip_suffix(".0")?.parse().ok())
}

fn check_text(field: &Field, text: &str) -> Result<(), WriteError> {
    let fits = |fits: bool| if fits { Ok(()) } else { Err(wrong_form(field, "VALUE_STRING", text)) };
    match field.kind {
        FieldType::Anytype => check_length(field, text, LONGEST_OPEN_TEXT),
        FieldType::Boolean => fits(text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")),
        FieldType::Int => check_int(field, text.trim().parse().ok(), "VALUE_STRING", text),
        FieldType::Currency | FieldType::Double | FieldType::Percent => {
            check_decimal(field, text.trim().parse().ok(), text)
        }
        FieldType::Id | FieldType::Reference => check_id(field, text),
        FieldType::Date => fits(is_date(text)),
        FieldType::Datetime => fits(is_datetime(text) || is_date(text)),
        FieldType::Time => fits(is_time(text)),
        FieldType::Picklist => check_picklist(field, text),
        FieldType::Multipicklist => text.split(';').try_for_each(|one| check_picklist(field, one.trim())),
        FieldType::Email if !text.is_empty() && !is_email(text) => Err(WriteError::field(
            "INVALID_EMAIL_ADDRESS",
            format!("{}: invalid email address: {text}", field.label),
            &field.name,
        )),
        FieldType::Address | FieldType::Location => Err(wrong_form(field, "VALUE_STRING", text)),
        _ => check_length(field, text, usize::try_from(field.length).unwrap_or(usize::MAX)),
    }
}

fn check_length(field: &Field, text: &str, longest: usize) -> Result<(), WriteError> {
    if text.chars().count() <= longest {
        return Ok(());
    }
    let shown = text.chars().take(255).collect::<String>();
    Err(WriteError::field(
        "STRING_TOO_LONG",
        format!("{}: data value too large: {shown} (max length={longest})", field.label),
        &field.name,
    ))
}

fn check_picklist(field: &Field, text: &str) -> Result<(), WriteError> {
    if !text.is_empty() && field.is_restricted() && field.listed(text).is_none() {
        return Err(WriteError::field(
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            format!("{}: bad value for restricted picklist field: {text}", field.label),
            &field.name,
        ));
    }
    check_length(field, text, usize::try_from(field.length).unwrap_or(usize::MAX))
}

fn check_id(field: &Field, text: &str) -> Result<(), WriteError> {
    if text.is_empty() || (matches!(text.len(), 15 | 18) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
        return Ok(());
    }
    Err(WriteError::field("MALFORMED_ID", format!("{}: id value of incorrect type: {text}", field.label), &field.name))
}

fn check_int(field: &Field, number: Option<i64>, token: &str, written: &str) -> Result<(), WriteError> {
    match number {
        None => Err(wrong_form(field, token, written)),
        Some(number) if i32::try_from(number).is_ok() => Ok(()),
        Some(_) => Err(too_large(field, written)),
    }
}

fn check_decimal(field: &Field, number: Option<f64>, written: &str) -> Result<(), WriteError> {
    match number {
        Some(number) if number.is_finite() => {
            let digits = i32::try_from(field.precision.saturating_sub(field.scale)).unwrap_or(i32::MAX);
            if number.abs() < 10_f64.powi(digits) { Ok(()) } else { Err(too_large(field, written)) }
        }
        _ => Err(wrong_form(field, "VALUE_STRING", written)),
    }
}

/// Salesforce adds the place in the request, which is not known here.
fn wrong_form(field: &Field, token: &str, written: &str) -> WriteError {
    WriteError::field(
        "JSON_PARSER_ERROR",
        format!(
            "Cannot deserialize instance of {} from {token} value {written} or request may be missing a required field \
             at {}",
            field.kind.name(),
            field.name
        ),
        &field.name,
    )
}

fn too_large(field: &Field, written: &str) -> WriteError {
    WriteError::field(
        "NUMBER_OUTSIDE_VALID_RANGE",
        format!("{}: value outside of valid range on numeric field: {written}", field.label),
        &field.name,
    )
}

/// Something, one `@`, something with a dot inside. Salesforce asks for more, which is not published.
fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(who, host)| {
        !who.is_empty()
            && !host.contains('@')
            && host.split('.').count() > 1
            && host.split('.').all(|part| !part.is_empty())
            && !text.contains(char::is_whitespace)
    })
}

/// `2026-11-30`
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let Some(year) = digits(year, 4) else { return false };
    let last = match digits(month, 2) {
        Some(1 | 3 | 5 | 7 | 8 | 10 | 12) => 31,
        Some(4 | 6 | 9 | 11) => 30,
        Some(2) if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        Some(2) => 28,
        _ => return false,
    };
    year > 0 && digits(day, 2).is_some_and(|day| (1..=last).contains(&day))
}

/// `09:00:00`, with a fraction or without, with `Z` or without.
fn is_time(text: &str) -> bool {
    let text = text.strip_suffix('Z').unwrap_or(text);
    let (text, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = text.split(':');
    let below = |part: Option<&str>, limit: u32| part.and_then(|part| digits(part, 2)).is_some_and(|n| n < limit);
    below(parts.next(), 24)
        && below(parts.next(), 60)
        && below(parts.next(), 60)
        && parts.next().is_none()
        && (1..=9).contains(&fraction.len())
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

/// `2026-11-30T09:00:00.000+0000`: a date, `T`, a time, and a zone as `Z`, `+01:00` or `+0100`; none means UTC.
fn is_datetime(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let (time, zone) = match time.rfind(['+', '-']).and_then(|at| time.split_at_checked(at)) {
        None => (time, None),
        Some((time, zone)) => (time, zone.get(1..)),
    };
    let zone_fits = zone.is_none_or(|zone| {
        let zone = zone.replacen(':', "", 1);
        digits(&zone, 4).is_some_and(|zone| zone / 100 < 24 && zone % 100 < 60) && !time.ends_with('Z')
    });
    is_date(date) && is_time(time) && zone_fits
}

/// The number that exactly `count` digits write.
fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_written_as_their_field_has_them() {
        for (kind, given, expected) in [
            (FieldType::Double, json!(4), json!(4.0)),
            (FieldType::Double, json!("4"), json!(4.0)),
            (FieldType::Percent, json!(2.5), json!(2.5)),
            (FieldType::Int, json!(4.0), json!(4)),
            (FieldType::Int, json!("4"), json!(4)),
            (FieldType::Int, json!(4.5), json!(4.5)),
            (FieldType::String, json!("4"), json!("4")),
            (FieldType::Double, json!("x"), json!("x")),
            (FieldType::Double, json!(null), json!(null)),
        ] {
            assert_eq!(kind.settled(given.clone()).to_string(), expected.to_string(), "{kind:?} {given}");
        }
    }

    #[test]
    fn points_in_time_have_many_forms() {
        for good in [
            "2026-11-30T09:00:00Z",
            "2026-11-30T09:00:00.000Z",
            "2026-11-30T09:00:00.000+0000",
            "2026-11-30T09:00:00+01:00",
            "2024-02-29T23:59:59-0800",
            "2026-11-30T09:00:00",
        ] {
            assert!(is_datetime(good), "{good}");
        }
        for bad in [
            "",
            "T",
            "2026-11-30",
            "2026-11-31T09:00:00Z",
            "2026-02-29T09:00:00Z",
            "2026-11-30T24:00:00Z",
            "2026-11-30T09:00:00Z+01:00",
            "2026-11-30T09:00:00+1",
            "2026-11-30T09:00Z",
            "30.11.2026",
        ] {
            assert!(!is_datetime(bad), "{bad}");
        }
    }

    #[test]
    fn mail_needs_a_host_with_a_dot() {
        for (text, fits) in [("a@b.c", true), ("a@b", false), ("@b.c", false), ("a@b..c", false), ("a b@c.d", false)] {
            assert_eq!(is_email(text), fits, "{text}");
        }
    }
}
