//! A row: a record's fields with their values.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fields::Fields;
use crate::plan::{Name, Time};
use crate::serve::ids::Id;
use crate::serve::objects::Catalogue;

/// A record. A field that is not there is empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Row {
    /// Its id.
    pub id: Id,
    /// The other fields, by their names as the object has them.
    pub fields: Fields,
}

impl Row {
    /// A row without fields.
    pub(crate) const fn new(id: Id) -> Self {
        Self { id, fields: Fields::new() }
    }

    /// A field's value; `null` if it is empty. `Id` is a field, too.
    pub(crate) fn get(&self, field: &str) -> Value {
        if field == "Id" { Value::from(self.id.as_str()) } else { self.fields.get(field).cloned().unwrap_or_default() }
    }

    /// A field that holds a text.
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        if field == "Id" { Some(self.id.as_str()) } else { self.fields.get(field)?.as_str() }
    }

    /// A field that holds an id.
    pub(crate) fn reference(&self, field: &str) -> Option<Id> {
        self.text(field).and_then(Id::parse)
    }

    /// A field that is a switch.
    pub(crate) fn is(&self, field: &str) -> bool {
        self.fields.get(field).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Sets a field; `null` empties it.
    pub(crate) fn set(&mut self, field: &str, value: impl Into<Value>) {
        match value.into() {
            Value::Null => drop(self.fields.remove(field)),
            value => drop(self.fields.insert(Name::from(field), value)),
        }
    }

    /// Numbers as the object's description has them.
    pub(crate) fn settle(&mut self, object: &str) {
        for (field, value) in self.fields.iter_mut() {
            if value.is_number()
                && let Some(kind) = Catalogue::standard_type(object, field)
            {
                *value = kind.settled(value.take());
            }
        }
    }

    /// With a field.
    #[must_use]
    pub(crate) fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.set(field, value);
        self
    }

    /// The fields in which two rows differ, sorted.
    pub(crate) fn changed(&self, before: &Self) -> Vec<Name> {
        let names: std::collections::BTreeSet<&Name> = self.fields.keys().chain(before.fields.keys()).collect();
        names.into_iter().filter(|name| self.fields.get(name) != before.fields.get(name)).cloned().collect()
    }
}

/// A time as the REST API writes it, such as `2026-11-23T08:00:00.000+0000`.
pub(crate) fn datetime(at: Time) -> Value {
    let text = |at: Timestamp| at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S%.3f+0000").to_string();
    Timestamp::from_millisecond(at.0).map_or(Value::Null, |at| Value::from(text(at)))
}

/// A time as clients write it: with `Z`, or an offset with or without its colon.
pub(crate) fn parse_datetime(text: &str) -> Option<Time> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(Time(at.as_millisecond()));
    }
    let (rest, minutes) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let sign_at = rest.len().checked_sub(3)?;
    let is_offset = matches!(rest.as_bytes().get(sign_at), Some(b'+' | b'-'));
    let with_colon = format!("{rest}:{minutes}");
    is_offset.then(|| with_colon.parse::<Timestamp>().ok()).flatten().map(|at| Time(at.as_millisecond()))
}

/// The fields that every record has, of one that was made and last changed so.
pub(crate) fn system_fields(row: &mut Row, made: (Time, &Id), changed: (Time, &Id)) {
    row.set("CreatedDate", datetime(made.0));
    row.set("CreatedById", made.1.as_str());
    row.set("LastModifiedDate", datetime(changed.0));
    row.set("LastModifiedById", changed.1.as_str());
    row.set("SystemModstamp", datetime(changed.0));
    row.set("IsDeleted", false);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_and_read_as_clients_do() {
        let at = Time(1_795_420_807_005);
        assert_eq!(datetime(at), "2026-11-23T08:00:07.005+0000");
        for text in [
            "2026-11-23T08:00:07.005+0000",
            "2026-11-23T08:00:07.005Z",
            "2026-11-23T09:00:07.005+01:00",
            "2026-11-23T07:00:07.005-0100",
        ] {
            assert_eq!(parse_datetime(text), Some(at), "{text}");
        }
        for text in ["", "x", "2026-11-23", "2026-11-23T08:00:07", "+0000", "é+0000"] {
            assert_eq!(parse_datetime(text), None, "{text}");
        }
    }
}
