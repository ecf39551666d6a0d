//! An event with its time.

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::de::value::{CowStrDeserializer, MapAccessDeserializer};
use serde::de::{self, DeserializeSeed, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::event::Event;
use crate::plan::Time;

/// An event and when it happens: a line of an event file.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Timed {
    /// When.
    pub at: Time,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}

/// As serde derives it, but fields of the event are not kept until it is known which it is.
impl<'de> Deserialize<'de> for Timed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ReadTimed)
    }
}

struct ReadTimed;

impl<'de> Visitor<'de> for ReadTimed {
    type Value = Timed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event with its time")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Timed, A::Error> {
        let mut at = None;
        let event = Event::deserialize(MapAccessDeserializer::new(Fields { map, at: &mut at }))?;
        Ok(Timed { at: at.ok_or_else(|| de::Error::missing_field("at"))?, event })
    }
}

/// The fields but for `at`.
struct Fields<'a, A> {
    map: A,
    at: &'a mut Option<Time>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Fields<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(Key(key)) = self.map.next_key()? {
            if key != "at" {
                return seed.deserialize(CowStrDeserializer::new(key)).map(Some);
            }
            if self.at.replace(self.map.next_value()?).is_some() {
                return Err(de::Error::duplicate_field("at"));
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// A key, not copied if it need not be.
#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'k>(#[serde(borrow)] Cow<'k, str>);
