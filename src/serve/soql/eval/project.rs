//! Records as REST answers them.

use indexmap::IndexMap;
use serde_json::Value;
use smol_str::SmolStr;

use super::super::plan::{Shape, ShapeItem};
use super::super::rows::{Row, Rows};
use super::fetch;
use crate::serve::ordered::Ordered;

/// Gives the answer to a query of children, in the order of the shape's items.
pub(super) type Children<'c> = &'c dyn Fn(usize, &str) -> Ordered;

pub(super) fn record<R: Rows>(
    rows: &R,
    version: u32,
    object: &str,
    shape: &Shape,
    row: &impl Row,
    children: Children<'_>,
) -> Ordered {
    let mut record = IndexMap::new();
    record.insert(SmolStr::new_static("attributes"), attributes(version, object, object, row));
    for (at, item) in shape.items.iter().enumerate() {
        let (name, value) = match item {
            ShapeItem::Field(path) if path.is_type => (&path.field.name, fetch::type_of(object, row).into()),
            ShapeItem::Field(path) => {
                (&path.field.name, fetch::labelled(row.value(&path.field.name), path).into_owned().into())
            }
            ShapeItem::Parent { hop, shape } => {
                let value = match fetch::parent(rows, row, hop) {
                    Some((object, parent)) => {
                        let mut value = record_of_parent(rows, version, object, shape, &parent);
                        if hop.is_polymorphic() {
                            name_entity(&mut value);
                        }
                        value
                    }
                    None => Value::Null.into(),
                };
                (&hop.relationship, value)
            }
            ShapeItem::Children { relationship, .. } => {
                let id = row.value("Id");
                (relationship, children(at, id.as_str().unwrap_or("")))
            }
        };
        record.insert(name.clone(), value);
    }
    Ordered::Object(record)
}

fn record_of_parent<R: Rows>(rows: &R, version: u32, object: &SmolStr, shape: &Shape, row: &impl Row) -> Ordered {
    record(rows, version, object, shape, row, &|_, _| Value::Null.into())
}

/// A parent of several possible objects is shown as the entity `Name`, as in published answers and messages.
fn name_entity(record: &mut Ordered) {
    if let Ordered::Object(record) = record
        && let Some(Ordered::Object(attributes)) = record.get_mut("attributes")
    {
        attributes.insert(SmolStr::new_static("type"), "Name".into());
    }
}

fn attributes(version: u32, kind: &str, object: &str, row: &impl Row) -> Ordered {
    let id = row.value("Id");
    let id = id.as_str().unwrap_or("");
    let url = format!("/services/data/v{version}.0/sobjects/{object}/{id}");
    Ordered::object([("type", kind.into()), ("url", url.into())])
}
