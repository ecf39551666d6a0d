//! Records by the values of their fields: an index is made for a field when it is asked for, and kept from then on.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use smol_str::SmolStr;

use super::row::Row;
use crate::plan::Name;
use crate::serve::ids::Id;

/// Fields that are indexed at the same time: each costs memory for every record of its object.
const MOST_FIELDS: usize = 32;

/// Indexes, by object and field.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index(RefCell<BTreeMap<Name, BTreeMap<Name, Values>>>);

/// The folded values of a field, each with the id of a record that has it.
type Values = BTreeSet<(SmolStr, Id)>;

/// An index is made of the rows: it says nothing beyond them.
impl PartialEq for Index {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A value as it is looked up: texts without case. None if it is empty.
fn folded(value: &Value) -> Option<SmolStr> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    };
    Some(SmolStr::from(text.to_lowercase()))
}

impl Index {
    /// The ids of an object's records in whose field a value stands, in their order; `rows` are all of them, for an index that
    /// is not there yet. A text is compared without case.
    pub(crate) fn find<'r>(
        &self,
        object: &str,
        field: &str,
        value: &str,
        rows: impl Iterator<Item = &'r Row>,
    ) -> Vec<Id> {
        let mut objects = self.0.borrow_mut();
        let has = objects.get(object).is_some_and(|fields| fields.contains_key(field));
        if !has {
            if objects.values().map(BTreeMap::len).sum::<usize>() >= MOST_FIELDS {
                objects.clear();
            }
            let values = rows.filter_map(|row| Some((folded(row.fields.get(field)?)?, row.id.clone()))).collect();
            objects.entry(Name::from(object)).or_default().insert(Name::from(field), values);
        }
        let Some(values) = objects.get(object).and_then(|fields| fields.get(field)) else { return Vec::new() };
        let value = SmolStr::from(value.to_lowercase());
        let same = values.range((value.clone(), Id::least())..).take_while(|(known, _)| *known == value);
        same.map(|(_, id)| id.clone()).collect()
    }

    /// A row of an object changed.
    pub(crate) fn change(&mut self, object: &str, before: Option<&Row>, after: Option<&Row>) {
        let Some(fields) = self.0.get_mut().get_mut(object) else { return };
        for (field, values) in fields {
            let value = |row: Option<&Row>| {
                let row = row?;
                Some((folded(row.fields.get(field)?)?, row.id.clone()))
            };
            let (before, after) = (value(before), value(after));
            if before == after {
                continue;
            }
            if let Some(before) = before {
                values.remove(&before);
            }
            values.extend(after);
        }
    }

    /// Forgets everything: rows have changed that were not told.
    pub(crate) fn clear(&mut self) {
        self.0.get_mut().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_follows_its_rows() {
        let id = |number| Id::numbered("500", number);
        let row = |number, value: &str| Row::new(id(number)).with("Key__c", value);
        let mut rows = vec![row(3, "b"), row(1, "B"), row(2, "ba")];
        let mut index = Index::default();
        index.change("Case", None, Some(&row(9, "b")));
        let find = |index: &Index, rows: &[Row], value: &str| index.find("Case", "Key__c", value, rows.iter());
        assert_eq!(find(&index, &rows, "b"), [id(1), id(3)]);
        let (before, after) = (rows[0].clone(), row(3, "c"));
        index.change("Case", Some(&before), Some(&after));
        rows[0] = after;
        assert_eq!((find(&index, &rows, "b"), find(&index, &rows, "C")), (vec![id(1)], vec![id(3)]));
        index.change("Case", Some(&rows[1]), None);
        assert_eq!(find(&index, &rows, "b"), []);
        index.clear();
        assert_eq!(find(&index, &rows, "b"), [id(1)]);
    }
}
