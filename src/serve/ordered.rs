//! Ordered: JSON whose members stand in the order in which they were put. Clients read fields in the order of their query.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;
use smol_str::SmolStr;

/// A value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Ordered {
    /// One without members.
    Value(Value),
    /// A list.
    List(Vec<Self>),
    /// An object.
    Object(IndexMap<SmolStr, Self>),
}

impl Ordered {
    /// An object of members.
    pub fn object<N: Into<SmolStr>>(members: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    /// A member of an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        if let Self::Object(members) = self { members.get(name) } else { None }
    }

    /// The text that it is.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Value(value) = self { value.as_str() } else { None }
    }
}

impl<V: Into<Value>> From<V> for Ordered {
    fn from(value: V) -> Self {
        Self::Value(value.into())
    }
}
