//! A map whose changes can be undone until they are kept.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// A map, and what its changed entries were before. To undo costs what was changed, however large the map is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Ledger<K: Ord, V> {
    now: BTreeMap<K, V>,
    /// Each changed entry with its value before; none: it was not there.
    #[serde(skip, default = "Vec::new")]
    before: Vec<(K, Option<V>)>,
}

impl<K: Ord, V> Default for Ledger<K, V> {
    fn default() -> Self {
        Self { now: BTreeMap::new(), before: Vec::new() }
    }
}

impl<K: Ord, V: PartialEq> PartialEq for Ledger<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.now == other.now
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Ledger<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self { now: entries.into_iter().collect(), before: Vec::new() }
    }
}

impl<K: Ord, V> Deref for Ledger<K, V> {
    type Target = BTreeMap<K, V>;

    fn deref(&self) -> &Self::Target {
        &self.now
    }
}

impl<K: Ord + Clone, V: Clone> Ledger<K, V> {
    /// Puts an entry in.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        let before = self.now.insert(key.clone(), value);
        self.before.push((key, before));
    }

    /// Takes an entry out, and gives it.
    pub(crate) fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (key, value) = self.now.remove_entry(key)?;
        self.before.push((key, Some(value.clone())));
        Some(value)
    }

    /// An entry, to be changed; made if it is not there.
    pub(crate) fn entry(&mut self, key: &K, new: impl FnOnce() -> V) -> &mut V {
        self.before.push((key.clone(), self.now.get(key).cloned()));
        self.now.entry(key.clone()).or_insert_with(new)
    }

    /// The place to which [`Self::undo`] goes back.
    pub(crate) fn mark(&self) -> usize {
        self.before.len()
    }

    /// Undoes what was done since a mark.
    pub(crate) fn undo(&mut self, mark: usize) {
        while self.before.len() > mark {
            match self.before.pop() {
                Some((key, Some(value))) => drop(self.now.insert(key, value)),
                Some((key, None)) => drop(self.now.remove(&key)),
                None => return,
            }
        }
    }

    /// Keeps what was done: it cannot be undone any more.
    pub(crate) fn keep(&mut self) {
        self.before.clear();
    }

    /// All entries, without the map.
    pub(crate) fn into_values(self) -> impl Iterator<Item = V> {
        self.now.into_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_since_a_mark_is_undone() {
        let mut ledger: Ledger<&str, i32> = [("a", 1), ("b", 2)].into_iter().collect();
        ledger.insert("c", 3);
        let mark = ledger.mark();
        ledger.insert("a", 10);
        ledger.insert("a", 11);
        *ledger.entry(&"b", || 0) += 40;
        *ledger.entry(&"d", || 4) += 1;
        assert_eq!(ledger.remove("c"), Some(3));
        assert_eq!(ledger.remove("x"), None);
        assert_eq!(
            ledger.iter().map(|(name, number)| (*name, *number)).collect::<Vec<_>>(),
            [("a", 11), ("b", 42), ("d", 5)]
        );
        ledger.undo(mark);
        assert_eq!(
            ledger.iter().map(|(name, number)| (*name, *number)).collect::<Vec<_>>(),
            [("a", 1), ("b", 2), ("c", 3)]
        );
        ledger.keep();
        ledger.undo(0);
        assert_eq!(ledger.len(), 3);
    }
}
