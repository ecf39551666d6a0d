//! What may be written for a run, as JSON Schemas.

use schemars::Schema;
use schemars::transform::{RecursiveTransform, Transform as _};
use serde_json::{Map, Value, json};

use super::ByHolder;
use crate::runtime::{RoutingOptions, Timed};

/// The schemas by the names of their files: events, options.
pub fn schemas() -> [(&'static str, Schema); 2] {
    [("run-events", events()), ("run-options", options())]
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
    bounded(schema)
}

/// What a file of options may hold.
pub(super) fn options() -> Schema {
    bounded(schemars::schema_for!(RoutingOptions))
}

/// Adds the least and the most that a number of 32 bits can be: its format names only the bits.
fn bounded(mut schema: Schema) -> Schema {
    let mut bound = RecursiveTransform(|schema: &mut Schema| {
        let (least, most) = match schema.get("format").and_then(Value::as_str) {
            Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
            Some("uint32") => (json!(u32::MIN), json!(u32::MAX)),
            _ => return,
        };
        let Some(fields) = schema.as_object_mut() else { return };
        fields.entry("minimum").or_insert(least);
        fields.entry("maximum").or_insert(most);
    });
    bound.transform(&mut schema);
    schema
}
