//! Records as calls bring them: what REST takes, from elements.

use serde_json::{Map, Number, Value, json};

use crate::serve::envelope::Node;
use crate::serve::objects::FieldType;
use crate::serve::org::{Caller, Org};

/// A record in the form of `composite/sobjects`: `attributes`, `Id`, its fields. `fieldsToNull` empties fields.
pub(super) fn record(org: &Org, caller: &Caller, node: &Node) -> Map<String, Value> {
    let object = node.field("type").to_owned();
    let mut record = Map::new();
    for child in &node.children {
        match child.name.as_str() {
            "type" => {}
            "Id" | "fieldsToNull" if child.is_nil || child.text.trim().is_empty() => {}
            "fieldsToNull" => drop(record.insert(child.text.trim().to_owned(), Value::Null)),
            "Id" => drop(record.insert("Id".to_owned(), Value::from(child.text.trim()))),
            name => drop(record.insert(name.to_owned(), value(org, caller, &object, child))),
        }
    }
    record.insert("attributes".to_owned(), json!({ "type": object }));
    record
}

/// What a field may hold, as far as its XML has to be read for it.
#[derive(PartialEq, Eq)]
enum Kind {
    Boolean,
    Number,
    Text,
}

fn value(org: &Org, caller: &Caller, object: &str, node: &Node) -> Value {
    if node.is_nil {
        return Value::Null;
    }
    let described = || {
        let object = org.object(object, caller.version).ok()?;
        let field = object.column(&node.name, caller.version)?;
        match field.kind {
            FieldType::Boolean => Some(Kind::Boolean),
            FieldType::Int => Some(Kind::Number),
            kind if kind.is_decimal() => Some(Kind::Number),
            FieldType::Anytype => None,
            _ => Some(Kind::Text),
        }
    };
    let of_event = || {
        Some(match org.kind_of_event_field(object, &node.name)? {
            "boolean" => Kind::Boolean,
            "double" => Kind::Number,
            _ => Kind::Text,
        })
    };
    let told = || {
        Some(match node.kind.as_deref()? {
            "boolean" => Kind::Boolean,
            "int" | "long" | "double" | "decimal" => Kind::Number,
            _ => Kind::Text,
        })
    };
    let text = node.text.as_str();
    match described().or_else(of_event).or_else(told).unwrap_or(Kind::Text) {
        Kind::Boolean => match text.trim() {
            "true" | "1" => Value::Bool(true),
            "false" | "0" => Value::Bool(false),
            _ => Value::from(text),
        },
        Kind::Number => {
            let whole = text.trim().parse::<i64>().ok().map(Number::from);
            let number = whole.or_else(|| text.trim().parse::<f64>().ok().and_then(Number::from_f64));
            number.map_or_else(|| Value::from(text), Value::Number)
        }
        Kind::Text => Value::from(text),
    }
}
