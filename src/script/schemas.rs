//! The formats of a run, as JSON Schemas.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::ByHolder;
use crate::runtime::{RoutingOptions, Timed, TimedEffect};

/// A line of output: an effect.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Effect", description = "Something that happened in a run: a line of what `omnic run` prints.")]
pub struct Written<'e> {
    /// The effect.
    #[serde(flatten)]
    pub effect: &'e TimedEffect,
    /// With `refused`: the line of the event, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// With `refused`: why, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// The schemas by the names of their files: events, effects, options.
pub fn schemas() -> [(&'static str, String); 3] {
    let effects = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Written<'_>>();
    [("run-events", events()), ("run-effects", effects), ("run-options", options())]
        .map(|(name, schema)| (name, format!("{:#}\n", schema.as_value())))
}

/// What a line of input may be.
pub(super) fn events() -> Schema {
    let mut schema = schemars::schema_for!(Timed);
    let Some(root) = schema.as_object_mut() else { return schema };
    root.insert("title".to_owned(), json!("Event"));
    let time = root.remove("properties").and_then(|properties| properties.get("at").cloned()).unwrap_or_default();
    root.remove("required");
    // A line is refused that has a field of no event. That the schema says so in each event, and not beside them, helps
    // editors.
    for event in root.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten() {
        ByHolder::relax(event);
        let Some(event) = event.as_object_mut() else { continue };
        event.insert("additionalProperties".to_owned(), json!(false));
        if let Some(required) = event.get_mut("required").and_then(Value::as_array_mut) {
            required.insert(0, json!("at"));
        }
        if let Some(properties) = event.get_mut("properties").and_then(Value::as_object_mut) {
            let rest = std::mem::take(properties);
            *properties = Map::from_iter([("at".to_owned(), time.clone())]);
            properties.extend(rest);
        }
    }
    schema
}

/// What a file of options may hold.
pub(super) fn options() -> Schema {
    schemars::schema_for!(RoutingOptions)
}
