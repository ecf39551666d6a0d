//! Values: of enumerations, booleans, picklists; fields of objects; and names, of which `names` knows.

use lsp_types::CompletionItemKind;
use rustc_hash::FxHashSet;

use super::insert::xml_text;
use super::item::Offer;
use super::names::PartialValue;
use super::writer::Writer;
use super::{flow, names};
use crate::graph::{self, Graph};
use crate::lsp::session::context::Here;
use crate::lsp::text::outline::{Node, Outline};
use crate::metadata::CustomValue;
use crate::schema::{Kind, Shape};

/// What an element of the schema may hold.
pub(super) fn values(
    writer: &Writer<'_>,
    here: &Here,
    outline: &Outline<'_>,
    wanted: PartialValue<'_>,
    is_closed: bool,
) -> (Vec<Offer>, bool) {
    let Some(node) = outline.node(wanted.of) else { return (Vec::new(), false) };
    let Some((_, field)) = node.field else { return (Vec::new(), false) };
    let mut is_cut = false;
    let mut offers = match field.shape {
        Shape::Boolean => ["true", "false"].map(|word| Offer::new(CompletionItemKind::Value, word, word)).to_vec(),
        Shape::Enum(index) => enumeration(writer, index),
        Shape::Struct(_) => Vec::new(),
        _ => match field.reference.or_else(|| flow::reference(writer.kind, outline, wanted.of)) {
            Some(reference) => {
                let offers;
                (offers, is_cut) = names::names(writer.graph, here, outline, wanted, reference);
                offers
            }
            None => fields(writer, outline, wanted.of).unwrap_or_default(),
        },
    };
    if let Some(default) = &field.default {
        if offers.is_empty() {
            offers.push(Offer::new(CompletionItemKind::Value, default, xml_text(default)));
        }
        if let Some(offer) = offers.iter_mut().find(|offer| offer.label == *default) {
            offer.beside = Some("default".to_owned());
        }
    }
    if !is_closed {
        let end = format!("</{}>", outline.slice(node.name));
        for offer in &mut offers {
            offer.text.push_str(&end);
        }
    }
    (offers, is_cut)
}

fn enumeration(writer: &Writer<'_>, index: usize) -> Vec<Offer> {
    let Some((_, of)) = writer.schema.enums.get_index(index) else { return Vec::new() };
    let known = of.values.iter().filter(|(_, value)| value.since.is_none_or(|since| since <= writer.version.0));
    let offer = |(name, value): (&String, &crate::schema::EnumValue)| {
        let mut offer = Offer::new(CompletionItemKind::EnumMember, name, xml_text(name));
        offer.documentation = Some(value.description.clone());
        offer
    };
    known.map(offer).collect()
}

/// Fields of the object that the component is about, and values of them; none if the element holds something else.
fn fields(writer: &Writer<'_>, outline: &Outline<'_>, of: usize) -> Option<Vec<Offer>> {
    let graph = writer.graph?;
    let node = outline.node(of)?;
    let (name, parent) = (outline.name(node), node.parent?);
    let object_element = match writer.kind {
        Kind::WorkSkillRouting => "relatedEntity",
        Kind::ServiceChannel => "relatedEntityType",
        _ => return None,
    };
    let object = outline.value_in(0, object_element)?;
    let around = outline.node(parent).map_or("", |parent| outline.name(parent));
    match (writer.kind, around, name) {
        (Kind::WorkSkillRouting, _, "field") => Some(fields_of(graph, object, &format!("{object}."))),
        (Kind::WorkSkillRouting, _, "value") => {
            let written = outline.value_in(parent, "field")?;
            let (object, field) = written.split_once('.').unwrap_or((object, written));
            Some(values_of(graph, object, field, &FxHashSet::default()))
        }
        (_, _, "statusField" | "secondaryRoutingPriorityField") => Some(fields_of(graph, object, "")),
        (_, "serviceChannelStatusFieldMappings", "value") => {
            let field = outline.value_in(0, "statusField")?;
            Some(values_of(graph, object, field, &others(outline, of, node, around)))
        }
        (_, "serviceChannelFieldPriorities", "value") => {
            let field = outline.value_in(0, "secondaryRoutingPriorityField")?;
            Some(values_of(graph, object, field, &others(outline, of, node, around)))
        }
        _ => None,
    }
}

/// The values that the other entries of a list have in the same element.
fn others<'t>(outline: &Outline<'t>, of: usize, node: &Node, list: &str) -> FxHashSet<&'t str> {
    let own_name = outline.name(node);
    let is_other = |(at, other): &(usize, &Node)| {
        let parent = other.parent.and_then(|parent| outline.node(parent));
        *at != of && outline.name(other) == own_name && parent.is_some_and(|parent| outline.name(parent) == list)
    };
    outline.nodes.iter().enumerate().filter(is_other).map(|(_, other)| outline.value(other)).collect()
}

/// The fields of an object: the project's, and the standard picklists. Those by which work can be told apart come first.
fn fields_of(graph: &Graph, object: &str, qualifier: &str) -> Vec<Offer> {
    let object_name = object;
    let custom = graph.fields_of(object).into_iter().flat_map(|object| &object.fields);
    let custom = custom.map(|field| {
        let kind = field.kind.as_deref().unwrap_or("field");
        (!matches!(kind, "Picklist" | "Checkbox" | "Lookup"), field.name.to_string(), kind.to_owned())
    });
    let standard = graph::standard_picklists(object).map(|name| (false, name.to_owned(), "Picklist".to_owned()));
    let mut all: Vec<_> = custom.chain(standard).collect();
    all.sort();
    let offer = |(_, name, kind): (bool, String, String)| {
        let written = format!("{qualifier}{name}");
        let mut offer = Offer::new(CompletionItemKind::Field, &written, xml_text(&written));
        offer.filter = (!qualifier.is_empty()).then(|| format!("{written} {name}"));
        offer.detail = Some(format!("{kind} of {object_name}"));
        if let Some(picklist) = graph.picklist_of(object_name, &name) {
            let values = picklist.values.iter().filter_map(|value| value.full_name.get()).map(|value| &**value);
            offer.documentation = Some(format!("Its values: {}.", crate::text::list(values, 12)));
        }
        offer
    };
    all.into_iter().map(offer).collect()
}

/// The values of a field of an object.
fn values_of(graph: &Graph, object: &str, field: &str, taken: &FxHashSet<&str>) -> Vec<Offer> {
    let kind = graph.fields_of(object).and_then(|object| object.get(field)).and_then(|field| field.kind.as_deref());
    if kind == Some("Checkbox") {
        return ["true", "false"].map(|word| Offer::new(CompletionItemKind::Value, word, word)).to_vec();
    }
    let Some(picklist) = graph.picklist_of(object, field) else { return Vec::new() };
    let offered = |value: &&CustomValue| !value.is_active.is_false();
    let offer = |value: &CustomValue| {
        let name = value.full_name.get()?;
        let written = xml_text(name);
        if taken.contains(&*written) {
            return None;
        }
        let label = value.label.get().filter(|label| *label != name);
        let mut offer = Offer::new(CompletionItemKind::EnumMember, &**name, written);
        offer.detail = Some(format!("value of {object}.{field}"));
        offer.beside = label.map(ToString::to_string);
        offer.filter = label.map(|label| format!("{name} {label}"));
        Some(offer)
    };
    picklist.values.iter().filter(offered).filter_map(offer).collect()
}
