//! The fields that components name, and a deploy needs.

use super::super::{Graph, NodeId};
use crate::metadata::{Component, Name, Scalar, ServiceChannel, WorkSkillRouting};
use crate::source::Location;

/// A field that a component names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldNamed {
    /// Its object.
    pub object: String,
    /// The field without its object.
    pub field: String,
    /// Where it is named.
    pub location: Location,
}

impl Graph {
    /// The fields that the component of a node names, in the order of the text.
    pub fn fields_named(&self, node: NodeId) -> Vec<FieldNamed> {
        if let Some(item) = self.get::<ServiceChannel>(node) {
            let fields = [&item.value.status_field, &item.value.secondary_routing_priority_field];
            return named(item.component, &item.value.related_entity_type, fields);
        }
        let Some(item) = self.get::<WorkSkillRouting>(node) else { return Vec::new() };
        named(item.component, &item.value.related_entity, item.value.attributes.iter().map(|rule| &rule.field))
    }
}

fn named<'g>(
    component: &Component,
    own: &Scalar<Name>,
    fields: impl IntoIterator<Item = &'g Scalar<Name>>,
) -> Vec<FieldNamed> {
    let own = own.get().map_or("", |object| object);
    let field = |written: &Scalar<Name>| {
        let written = written.spanned()?;
        let (object, field) = written.value.split_once('.').unwrap_or((own, &written.value));
        let location = component.at(written.span);
        Some(FieldNamed { object: object.to_owned(), field: field.to_owned(), location })
    };
    fields.into_iter().filter_map(field).collect()
}
