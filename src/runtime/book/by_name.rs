//! Numbers by names that are kept elsewhere.

use std::hash::{Hash, Hasher};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use crate::runtime::contract::Name;

/// The numbers of records by their names. The names stay in the records: whoever asks leads from a number to its name, and
/// the table stays small.
#[derive(Debug)]
pub(in crate::runtime) struct ByName<N>(HashTable<N>);

impl<N> Default for ByName<N> {
    fn default() -> Self {
        Self(HashTable::new())
    }
}

impl<N: Copy + PartialEq> ByName<N> {
    pub(in crate::runtime) fn find<'n>(&self, name: &str, name_of: impl Fn(N) -> Option<&'n Name>) -> Option<N> {
        self.0.find(hash(name), |&number| name_of(number).is_some_and(|known| known == name)).copied()
    }

    /// The name must not be there yet, and its record must.
    pub(in crate::runtime) fn insert<'n>(&mut self, name: &str, number: N, name_of: impl Fn(N) -> Option<&'n Name>) {
        let hash_of = |number: &N| name_of(*number).map(|name| hash(name)).unwrap_or_default();
        self.0.insert_unique(hash(name), number, hash_of);
    }

    pub(in crate::runtime) fn remove(&mut self, name: &str, number: N) {
        if let Ok(entry) = self.0.find_entry(hash(name), |&other| other == number) {
            entry.remove();
        }
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    name.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_their_numbers() {
        let names: Vec<Name> = (0..1_000).map(|number| Name::from(format!("name {number}"))).collect();
        let name_of = |number: u64| names.get(number as usize);
        let mut by_name = ByName::default();
        for (number, name) in (0..).zip(&names) {
            assert_eq!(by_name.find(name, name_of), None);
            by_name.insert(name, number, name_of);
        }
        by_name.remove(&names[7], 7);
        for (number, name) in (0..).zip(&names) {
            assert_eq!(by_name.find(name, name_of), Some(number).filter(|&number| number != 7));
        }
    }
}
