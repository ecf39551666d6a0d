//! The values of a record's fields, as events give them.

use std::collections::BTreeMap;
use std::fmt;

use schemars::{Schema, SchemaGenerator, json_schema};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, de};

use crate::plan::Name;

/// Fields with their values. Routing compares texts: a number or a boolean becomes its shortest text, and `null`, an empty field, the
/// empty text.
pub(in crate::runtime) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<Name, Name>, D::Error> {
    deserializer.deserialize_map(Fields)
}

pub(in crate::runtime) fn schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "additionalProperties": { "type": ["string", "number", "boolean", "null"] },
    })
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = BTreeMap<Name, Name>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields with their values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = BTreeMap::new();
        while let Some((field, Value(value))) = map.next_entry::<Name, Value>()? {
            if fields.contains_key(&field) {
                return Err(de::Error::custom(format_args!("duplicate field `{field}`")));
            }
            fields.insert(field, value);
        }
        Ok(fields)
    }
}

struct Value(Name);

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Text).map(Self)
    }
}

struct Text;

impl Visitor<'_> for Text {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a boolean or null")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Name, E> {
        Ok(Name::from(text))
    }

    fn visit_bool<E: de::Error>(self, is: bool) -> Result<Name, E> {
        Ok(Name::from(if is { "true" } else { "false" }))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Name, E> {
        Ok(Name::from(number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Name, E> {
        Ok(Name::from(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Name, E> {
        Ok(Name::from(number.to_string()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Name, E> {
        Ok(Name::from(""))
    }
}
