//! Rows that clients write.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::index::Index;
use super::row::Row;
use crate::plan::{Name, Time};
use crate::serve::ids::Id;

/// All that was written, by object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Store {
    tables: BTreeMap<Name, Table>,
    /// What was done and can be undone.
    #[serde(skip)]
    steps: Vec<Step>,
    /// Made of the rows.
    #[serde(skip)]
    index: Index,
}

/// What was done to an object's table.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    object: Name,
    id: Id,
    /// The row before.
    row: Option<Row>,
    /// What was in the recycle bin before.
    deleted: Option<Deleted>,
    /// The number of the last record before.
    last: u64,
    /// The fields that were written for the first time.
    written: Vec<Arc<Name>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Table {
    /// The number of the record that was made last.
    last: u64,
    rows: BTreeMap<Id, Row>,
    deleted: BTreeMap<Id, Deleted>,
    /// The fields that were ever written.
    #[serde(with = "shared")]
    written: BTreeSet<Arc<Name>>,
}

/// Names that rows share, as a list of texts.
mod shared {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::plan::Name;

    pub(super) fn serialize<S: Serializer>(names: &BTreeSet<Arc<Name>>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(names.iter().map(|name| &**name))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeSet<Arc<Name>>, D::Error> {
        Ok(Vec::<Name>::deserialize(deserializer)?.into_iter().map(Arc::new).collect())
    }
}

/// A row in the recycle bin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Deleted {
    /// When it was deleted.
    pub at: Time,
    /// As it was, with `IsDeleted`.
    pub row: Row,
}

impl Store {
    fn table(&self, object: &str) -> Option<&Table> {
        self.tables.get(object)
    }

    /// The id of the next record of an object.
    pub(crate) fn next_id(&self, object: &str, prefix: &str) -> Id {
        Id::numbered(prefix, self.table(object).map_or(0, |table| table.last) + 1)
    }

    /// How many records of an object were ever made: the number of the one that was made last.
    pub(crate) fn last_number(&self, object: &str) -> u64 {
        self.table(object).map_or(0, |table| table.last)
    }

    /// Puts a row in, in the place of one that has its id.
    pub(crate) fn put(&mut self, object: &Name, mut row: Row) {
        let table = self.tables.entry(object.clone()).or_default();
        let last = table.last;
        // A record whose id was not given by number has one nevertheless.
        let is_new = !table.rows.contains_key(&row.id) && !table.deleted.contains_key(&row.id);
        let number = row.id.small_number().unwrap_or(0);
        table.last = table.last.saturating_add(u64::from(is_new)).max(number);
        let written: Vec<Arc<Name>> =
            row.fields.names().filter(|field| !table.written.contains(*field)).cloned().collect();
        table.written.extend(written.iter().cloned());
        row.fields.settle(&table.written);
        let id = row.id.clone();
        let deleted = table.deleted.remove(&id);
        self.index.change(object, table.rows.get(&id), Some(&row));
        let row = table.rows.insert(id.clone(), row);
        self.steps.push(Step { object: object.clone(), id, row, deleted, last, written });
    }

    /// Moves a row to the recycle bin, and gives it as it was.
    pub(crate) fn remove(&mut self, object: &str, id: &Id, at: Time) -> Option<Row> {
        let table = self.tables.get_mut(object)?;
        let row = table.rows.remove(id)?;
        self.index.change(object, Some(&row), None);
        let mut binned = row.clone();
        binned.set("IsDeleted", true);
        let deleted = table.deleted.insert(id.clone(), Deleted { at, row: binned });
        let last = table.last;
        let step = Step {
            object: Name::from(object),
            id: id.clone(),
            row: Some(row.clone()),
            deleted,
            last,
            written: Vec::new(),
        };
        self.steps.push(step);
        Some(row)
    }

    /// Puts a row into the recycle bin that something else kept.
    pub(crate) fn bin(&mut self, object: &str, mut row: Row, at: Time) {
        row.set("IsDeleted", true);
        self.change_bin(object, row.id.clone(), Some(Deleted { at, row }));
    }

    /// Takes a row out of the recycle bin.
    pub(crate) fn unbin(&mut self, object: &str, id: &Id) {
        self.change_bin(object, id.clone(), None);
    }

    fn change_bin(&mut self, object: &str, id: Id, now: Option<Deleted>) {
        let object = Name::from(object);
        let table = self.tables.entry(object.clone()).or_default();
        let deleted = match now {
            Some(now) => table.deleted.insert(id.clone(), now),
            None => table.deleted.remove(&id),
        };
        let (row, last) = (table.rows.get(&id).cloned(), table.last);
        self.steps.push(Step { object, id, row, deleted, last, written: Vec::new() });
    }

    /// The place to which [`Self::undo`] goes back.
    pub(crate) fn mark(&self) -> usize {
        self.steps.len()
    }

    /// Undoes what was done since a mark.
    pub(crate) fn undo(&mut self, mark: usize) {
        while self.steps.len() > mark {
            let Some(Step { object, id, row, deleted, last, written }) = self.steps.pop() else { return };
            let table = self.tables.entry(object.clone()).or_default();
            self.index.change(&object, table.rows.get(&id), row.as_ref());
            table.last = last;
            for field in &written {
                table.written.remove(field);
            }
            match row {
                Some(row) => drop(table.rows.insert(id.clone(), row)),
                None => drop(table.rows.remove(&id)),
            }
            match deleted {
                Some(deleted) => drop(table.deleted.insert(id, deleted)),
                None => drop(table.deleted.remove(&id)),
            }
        }
    }

    /// Keeps what was done: it cannot be undone any more.
    pub(crate) fn keep(&mut self) {
        self.steps.clear();
    }

    /// A row that is there.
    pub(crate) fn row(&self, object: &str, id: &Id) -> Option<&Row> {
        self.table(object)?.rows.get(id)
    }

    /// The ids of the rows of an object in whose field a value stands, in their order; texts in any case.
    pub(crate) fn with_value(&self, object: &str, field: &str, value: &str) -> Vec<Id> {
        self.index.find(object, field, value, self.rows(object))
    }

    /// How many rows an object has.
    pub(crate) fn count(&self, object: &str) -> usize {
        self.table(object).map_or(0, |table| table.rows.len())
    }

    /// A row in the recycle bin.
    pub(crate) fn deleted_row(&self, object: &str, id: &Id) -> Option<&Deleted> {
        self.table(object)?.deleted.get(id)
    }

    /// The rows of an object, in the order of their ids.
    pub(crate) fn rows(&self, object: &str) -> impl Iterator<Item = &Row> {
        self.table(object).into_iter().flat_map(|table| table.rows.values())
    }

    /// The rows of an object that were deleted, in the order of their ids.
    pub(crate) fn deleted(&self, object: &str) -> impl Iterator<Item = &Deleted> {
        self.table(object).into_iter().flat_map(|table| table.deleted.values())
    }

    /// A field that some record of an object was written with, as it was written first; its name in any case.
    pub(crate) fn written(&self, object: &str, field: &str) -> Option<&Name> {
        self.table(object)?.written.iter().map(|known| &**known).find(|known| crate::caseless::equal(known, field))
    }

    /// All fields that records of an object were ever written with, sorted.
    pub(crate) fn written_fields(&self, object: &str) -> impl Iterator<Item = &Name> {
        self.table(object).into_iter().flat_map(|table| &table.written).map(|name| &**name)
    }

    /// How the ids of records of custom objects begin.
    pub(crate) fn custom_prefixes(&self) -> BTreeMap<Name, String> {
        let prefix = |table: &Table| {
            let id = table.rows.keys().chain(table.deleted.keys()).next()?;
            Some(id.prefix().to_owned()).filter(|prefix| prefix.starts_with('a'))
        };
        self.tables.iter().filter_map(|(object, table)| Some((object.clone(), prefix(table)?))).collect()
    }

    /// The object that has a record of this id, deleted or not.
    pub(crate) fn object_of(&self, id: &Id) -> Option<&Name> {
        let has = |table: &Table| table.rows.contains_key(id) || table.deleted.contains_key(id);
        self.tables.iter().find(|(_, table)| has(table)).map(|(object, _)| object)
    }
}
