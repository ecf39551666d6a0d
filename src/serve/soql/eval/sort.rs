//! The order of records. Nulls come first, in descending order too, unless the query says NULLS LAST.

use std::cmp::Ordering;

use serde_json::Value;
use smol_str::SmolStr;

use super::super::plan::SortBy;
use super::super::schema::Class;
use super::values::{boolean, is_null, moment, number, text};
use crate::caseless;

/// A value that sorts.
#[derive(Clone, Debug)]
pub(super) enum Key {
    Null,
    Number(f64),
    Whole(i64),
    Text(String),
    /// The place of a picklist's value; values that the picklist does not have come last.
    Rank(usize, String),
}

pub(super) fn key(value: &Value, class: Class, picklist: &[SmolStr]) -> Key {
    if class == Class::Boolean {
        return Key::Whole(i64::from(boolean(value)));
    }
    if is_null(value) {
        return Key::Null;
    }
    match class {
        Class::Integer | Class::Number => number(value).map_or(Key::Null, Key::Number),
        Class::Date | Class::Datetime => moment(value, class).map_or(Key::Null, Key::Whole),
        Class::Id => Key::Text(text(value).unwrap_or_default().into_owned()),
        _ => {
            let text = text(value).unwrap_or_default();
            let lower = text.to_lowercase();
            if picklist.is_empty() {
                return Key::Text(lower);
            }
            let rank = picklist.iter().position(|entry| caseless::equal(entry, &text)).unwrap_or(picklist.len());
            Key::Rank(rank, lower)
        }
    }
}

pub(super) fn compare(a: &Key, b: &Key) -> Ordering {
    match (a, b) {
        (Key::Number(a), Key::Number(b)) => a.total_cmp(b),
        (Key::Whole(a), Key::Whole(b)) => a.cmp(b),
        (Key::Text(a), Key::Text(b)) => a.cmp(b),
        (Key::Rank(a, text_a), Key::Rank(b, text_b)) => a.cmp(b).then_with(|| text_a.cmp(text_b)),
        // Keys of one field differ in kind only by null.
        (Key::Null, Key::Null) => Ordering::Equal,
        (Key::Null, _) => Ordering::Less,
        (_, Key::Null) => Ordering::Greater,
        _ => Ordering::Equal,
    }
}

/// Sorts what has keys, one for each of `order`; what is equal stays in its order.
pub(super) fn sort<T>(items: &mut [(Vec<Key>, T)], order: &[SortBy]) {
    items.sort_by(|(a, _), (b, _)| {
        for ((a, b), by) in a.iter().zip(b).zip(order) {
            let null = matches!(a, Key::Null) || matches!(b, Key::Null);
            let ordering = compare(a, b);
            let turned = if null { by.nulls_last } else { by.descending };
            let ordering = if turned { ordering.reverse() } else { ordering };
            if ordering != Ordering::Equal {
                return ordering;
            }
        }
        Ordering::Equal
    });
}
