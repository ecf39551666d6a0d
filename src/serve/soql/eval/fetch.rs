//! The value of a path: of the record, or of a parent.

use std::borrow::Cow;

use serde_json::Value;
use smol_str::SmolStr;

use super::super::plan::{Hop, Path};
use super::super::rows::{Row, Rows};
use crate::caseless;

/// The parent of a record, and the name of its object.
pub(super) fn parent<'r, 'h, R: Rows>(rows: &'r R, row: &impl Row, hop: &'h Hop) -> Option<(&'h SmolStr, R::Row<'r>)> {
    let id = row.value(&hop.field);
    let id = id.as_str().filter(|id| !id.is_empty())?;
    hop.objects.iter().find_map(|object| Some((object, rows.by_id(object, id)?)))
}

/// Null if a parent is missing.
pub(super) fn value<'v, R: Rows>(rows: &R, row: &'v impl Row, path: &Path) -> Cow<'v, Value> {
    let Some((first, rest)) = path.hops.split_first() else {
        return labelled(row.value(&path.field.name), path);
    };
    let mut found = parent(rows, row, first);
    for hop in rest {
        found = found.and_then(|(_, row)| parent(rows, &row, hop));
    }
    match found {
        Some((object, row)) if path.is_type => Cow::Owned(type_of(object, &row)),
        Some((_, row)) => labelled(Cow::Owned(row.value(&path.field.name).into_owned()), path),
        None => Cow::Owned(Value::Null),
    }
}

/// `Type` of a parent of several possible objects: the name of its object, but `Queue` for a queue, which is a Group. That
/// is what published queries ask for, such as `Owner.Type = 'Queue'`.
pub(super) fn type_of(object: &str, row: &impl Row) -> Value {
    let queue = object == "Group" && row.value("Type").as_str() == Some("Queue");
    Value::String(if queue { "Queue" } else { object }.to_owned())
}

/// For `toLabel`, the label of a picklist's value.
pub(super) fn labelled<'v>(value: Cow<'v, Value>, path: &Path) -> Cow<'v, Value> {
    if !path.labelled {
        return value;
    }
    let entry =
        value.as_str().and_then(|text| path.field.picklist.iter().find(|entry| caseless::equal(&entry.value, text)));
    match entry {
        Some(entry) => Cow::Owned(Value::String(entry.label.to_string())),
        None => value,
    }
}
