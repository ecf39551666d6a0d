//! The fields of a record with their values, sorted by name. An org holds many records, so that what each costs counts: a
//! list of pairs takes less than half of what a tree takes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::plan::Name;

/// Fields by name. Rows of one object share their names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fields(Vec<(Arc<Name>, Value)>);

impl Fields {
    /// No fields.
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(name))
    }

    /// A field's value.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.place(name).ok().and_then(|at| self.0.get(at)).map(|(_, value)| value)
    }

    /// Whether a field is there.
    pub(crate) fn contains_key(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// Sets a field, and gives its value before.
    pub(crate) fn insert(&mut self, name: Name, value: Value) -> Option<Value> {
        match self.place(&name) {
            Ok(at) => self.0.get_mut(at).map(|(_, known)| std::mem::replace(known, value)),
            Err(at) => {
                self.0.insert(at, (Arc::new(name), value));
                None
            }
        }
    }

    /// Takes a field out.
    pub(crate) fn remove(&mut self, name: &str) -> Option<Value> {
        self.place(name).ok().map(|at| self.0.remove(at).1)
    }

    /// The names, sorted.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Name> {
        self.0.iter().map(|(name, _)| &**name)
    }

    /// The fields, sorted by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Name, &Value)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// The fields, to be changed.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&Name, &mut Value)> {
        self.0.iter_mut().map(|(name, value)| (&**name, value))
    }

    /// Takes out the fields that are not to be kept.
    pub(crate) fn retain(&mut self, keeps: impl Fn(&Name) -> bool) {
        self.0.retain(|(name, _)| keeps(name));
    }

    /// Takes no more room than it needs: names are those of `known`, if they are there.
    pub(super) fn settle(&mut self, known: &BTreeSet<Arc<Name>>) {
        self.0.shrink_to_fit();
        for (name, _) in &mut self.0 {
            if let Some(known) = known.get(&**name) {
                *name = Arc::clone(known);
            }
        }
    }

    /// The names, to be shared.
    pub(super) fn names(&self) -> impl Iterator<Item = &Arc<Name>> {
        self.0.iter().map(|(name, _)| name)
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::<Name, Value>::deserialize(deserializer)
            .map(|fields| Self(fields.into_iter().map(|(name, value)| (Arc::new(name), value)).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_a_map() {
        let mut fields = Fields::new();
        for name in ["b", "a", "c", "a"] {
            fields.insert(Name::from(name), Value::from(name.len()));
        }
        assert_eq!(fields.insert(Name::from("c"), Value::from("x")), Some(Value::from(1)));
        assert_eq!(fields.remove("b"), Some(Value::from(1)));
        assert_eq!((fields.remove("b"), fields.get("b"), fields.get("c")), (None, None, Some(&Value::from("x"))));
        assert!(fields.keys().eq(["a", "c"]));
        let text = serde_json::to_string(&fields).unwrap();
        assert_eq!(text, r#"{"a":1,"c":"x"}"#);
        assert_eq!(serde_json::from_str::<Fields>(&text).unwrap(), fields);
    }
}
