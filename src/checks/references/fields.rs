//! Where components name fields and their values: what OC204 and OC205 look at.

use crate::graph::Graph;
use crate::metadata::{Component, Name, Scalar, ServiceChannel, Spanned, WorkSkillRouting};

/// A field that a component names, and values of it.
pub(super) struct FieldUse<'g> {
    pub(super) component: &'g Component,
    /// The object of the field.
    pub(super) object: &'g str,
    /// The field without its object.
    pub(super) field: &'g str,
    /// The field as it is written.
    pub(super) written: &'g Spanned<Name>,
    /// The element that names it.
    pub(super) element: &'static str,
    /// The values of it that are given a meaning.
    pub(super) values: Vec<&'g Spanned<Name>>,
    /// The element that names them.
    pub(super) value_element: &'static str,
    /// What comes of a value that no record has.
    pub(super) fate: &'static str,
}

/// Every use, in the order of the components.
pub(super) fn uses(graph: &Graph) -> impl Iterator<Item = FieldUse<'_>> {
    let channels = graph.all::<ServiceChannel>().flat_map(|item| of_channel(item.component, item.value));
    let rules = graph.all::<WorkSkillRouting>().flat_map(|item| of_rules(item.component, item.value));
    let is_sound = |found: &FieldUse<'_>| {
        let file = graph.file_of(found.component.location());
        !file.is_some_and(|file| file.is_broken_at(found.written.span))
    };
    channels.chain(rules).filter(is_sound)
}

fn of_channel<'g>(component: &'g Component, channel: &'g ServiceChannel) -> impl Iterator<Item = FieldUse<'g>> {
    let own = channel.related_entity_type.get().map(|object| &**object);
    let status = channel.status_field.spanned().map(move |written| FieldUse {
        element: "statusField",
        values: channel.status_mappings.iter().filter_map(|mapping| mapping.value.spanned()).collect(),
        value_element: "serviceChannelStatusFieldMappings/value",
        fate: "no work ever has that status",
        ..plain(component, own, written)
    });
    let priority = channel.secondary_routing_priority_field.spanned().map(move |written| FieldUse {
        element: "secondaryRoutingPriorityField",
        values: channel.field_priorities.iter().filter_map(|priority| priority.value.spanned()).collect(),
        value_element: "serviceChannelFieldPriorities/value",
        fate: "no work ever has that priority",
        ..plain(component, own, written)
    });
    status.into_iter().chain(priority)
}

fn of_rules<'g>(component: &'g Component, rules: &'g WorkSkillRouting) -> impl Iterator<Item = FieldUse<'g>> {
    let own = rules.related_entity.get().map(|object| &**object);
    rules.attributes.iter().filter_map(move |rule| {
        Some(FieldUse {
            element: "workSkillRoutingAttributes/field",
            values: Scalar::spanned(&rule.value).into_iter().collect(),
            value_element: "workSkillRoutingAttributes/value",
            fate: "the rule never applies",
            ..plain(component, own, rule.field.spanned()?)
        })
    })
}

/// The use of a field that is written with its object, or else is of the component's own object.
fn plain<'g>(component: &'g Component, own: Option<&'g str>, written: &'g Spanned<Name>) -> FieldUse<'g> {
    let (object, field) = written.value.split_once('.').unwrap_or((own.unwrap_or_default(), &written.value));
    FieldUse { component, object, field, written, element: "", values: Vec::new(), value_element: "", fate: "" }
}
