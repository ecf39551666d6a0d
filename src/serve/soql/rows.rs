//! What a query reads: records.

use std::borrow::Cow;

use serde_json::Value;
use smol_str::SmolStr;

/// A record.
pub trait Row {
    /// The value of a field, by its canonical name, as REST answers it: dates as `2026-11-30`, datetimes as
    /// `2026-11-30T23:25:51.000+0000`. Null for a field that the record does not have.
    fn value(&self, field: &str) -> Cow<'_, Value>;
}

/// The records of an org, as one query sees them.
pub trait Rows {
    /// A record.
    type Row<'r>: Row
    where
        Self: 'r;

    /// The records of an object, by its canonical name, always in the same order.
    fn rows<'r>(&'r self, object: &str) -> Box<dyn Iterator<Item = Self::Row<'r>> + 'r>;

    /// How many records of an object there are.
    fn count(&self, object: &str) -> usize {
        self.rows(object).count()
    }

    /// The record of an object with an id of 15 or 18 characters.
    fn by_id<'r>(&'r self, object: &str, id: &str) -> Option<Self::Row<'r>>;

    /// The record of an object that [`Self::rows`] gave before, by its id; also if it has been deleted since.
    fn again<'r>(&'r self, object: &str, id: &str) -> Option<Self::Row<'r>> {
        self.by_id(object, id)
    }

    /// The records of an object in whose field one of these ids of 15 characters stands, in the order of [`Self::rows`]. None
    /// if they cannot be found without looking at all.
    fn among<'r>(
        &'r self,
        _object: &str,
        _field: &str,
        _ids: &mut dyn Iterator<Item = &SmolStr>,
    ) -> Option<Box<dyn Iterator<Item = Self::Row<'r>> + 'r>> {
        None
    }
}
