//! Every event that routing took, in their order, each as the line that it is written as: there are many, and they are read
//! only to be told, or to be played again.

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::runtime::Timed;

/// Events as JSON.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl History {
    /// Adds an event.
    pub(super) fn push(&mut self, event: &Timed) {
        self.text.push_str(&crate::text::json::text(event));
        self.ends.push(self.text.len());
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Leaves the first few.
    pub(super) fn truncate(&mut self, length: usize) {
        self.ends.truncate(length);
        self.text.truncate(self.ends.last().copied().unwrap_or(0));
    }

    /// The events as JSON, one after the other.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| self.text.get(start..end).unwrap_or_default())
    }

    /// The events.
    pub(super) fn events(&self) -> impl Iterator<Item = serde_json::Result<Timed>> {
        self.lines().map(serde_json::from_str)
    }
}

impl Serialize for History {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = |line| serde_json::from_str::<&RawValue>(line).map_err(S::Error::custom);
        let lines = self.lines().map(raw).collect::<Result<Vec<&RawValue>, _>>()?;
        serializer.collect_seq(lines)
    }
}

impl<'de> Deserialize<'de> for History {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let events = Vec::<Timed>::deserialize(deserializer)?;
        let mut history = Self::default();
        for event in &events {
            history.push(event);
        }
        Ok(history)
    }
}
