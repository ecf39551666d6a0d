//! Elements: those that are not there yet, end tags, and whole components.

use lsp_types::CompletionItemKind;
use rustc_hash::FxHashSet;

use super::insert::Insertion;
use super::item::Offer;
use super::place::Form;
use super::writer::Writer;
use crate::lsp::text::outline::{Holds, Node, Outline, Spot};
use crate::schema::{Cardinality, Field, Shape};
use crate::source::{ApiVersion, Span};

/// The elements that may still stand in an element, in the order of the WSDL.
pub(super) fn elements(writer: &Writer<'_>, outline: &Outline<'_>, of: usize, form: Form) -> Vec<Offer> {
    let Some(parent) = outline.node(of) else { return Vec::new() };
    let Holds::Elements(fields) = parent.holds else { return Vec::new() };
    let own = match form {
        Form::Rename { is, .. } => Some(is),
        Form::Word | Form::Tag => None,
    };
    // A start tag that stands alone is what is begun.
    let others = outline.children(of).filter(|(at, node)| Some(*at) != own && !is_begun(outline, node, form));
    let there: FxHashSet<&str> = others.map(|(_, node)| outline.name(node)).collect();
    let is_open = |name: &str, field: &Field| field.cardinality == Cardinality::Repeated || !there.contains(name);
    let wanted = fields.iter().filter(|(name, field)| writer.has(field) && is_open(name, field));
    let mut offers: Vec<Offer> = wanted.map(|(name, field)| element(writer, name, field, form)).collect();
    let is_missing =
        |offer: &&mut Offer| fields.get(&offer.label).is_some_and(|field| field.cardinality == Cardinality::Required);
    if let Some(first) = offers.iter_mut().find(is_missing) {
        first.is_first_choice = true;
    }
    if form == Form::Tag && parent.end_name.is_none() {
        offers.extend(end(outline, of));
    }
    offers
}

/// True if the cursor is in the start tag of the node, which is begun anew as a whole.
fn is_begun(outline: &Outline<'_>, node: &Node, form: Form) -> bool {
    let is_here = matches!(outline.spot, Spot::Start { name, .. } if name == node.name);
    form == Form::Tag && is_here
}

fn element(writer: &Writer<'_>, name: &str, field: &Field, form: Form) -> Offer {
    let kind = match field.shape {
        Shape::Struct(_) => CompletionItemKind::Struct,
        _ => CompletionItemKind::Property,
    };
    let often = match field.cardinality {
        Cardinality::Required => "required",
        Cardinality::Repeated => "repeated",
        Cardinality::Optional => "",
    };
    let mut offer = match form {
        Form::Rename { end_name, .. } => {
            let mut offer = Offer::new(kind, name, name);
            offer.also.extend(end_name.map(|end| (end, name.to_owned())));
            offer
        }
        Form::Word | Form::Tag => Offer::new(kind, name, Insertion::element(writer, name, field)),
    };
    offer.is_snippet = writer.client.snippets && !matches!(form, Form::Rename { .. });
    offer.filter = (form == Form::Tag).then(|| format!("<{name}"));
    offer.detail = Some(if often.is_empty() { field.kind.clone() } else { format!("{}, {often}", field.kind) });
    offer.beside = (!often.is_empty()).then(|| often.to_owned());
    offer.documentation = Some(described(field));
    offer
}

/// What there is to know of an element.
fn described(field: &Field) -> String {
    let mut facts = Vec::new();
    let unit = field.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    if let Some(range) = &field.range {
        let above = if range.above_min { "more than" } else { "at least" };
        match (range.min, range.max) {
            (Some(min), Some(max)) => facts.push(format!("From `{min}` to `{max}`{unit}.")),
            (Some(min), None) => facts.push(format!("A number, {above} `{min}`{unit}.")),
            (None, Some(max)) => facts.push(format!("A number, at most `{max}`{unit}.")),
            (None, None) => {}
        }
    } else if !unit.is_empty() {
        facts.push(format!("In{unit}."));
    }
    if let Some(most) = field.max_length.filter(|most| !field.description.contains(&most.to_string())) {
        facts.push(format!("At most {most} characters."));
    }
    if let Some(default) = &field.default {
        facts.push(format!("Default: `{default}`."));
    }
    if field.since > ApiVersion::OLDEST.0 {
        facts.push(format!("Since API version {}.0.", field.since));
    }
    if let Some(until) = field.until {
        facts.push(format!("Until API version {until}.0."));
    }
    let mut text = field.description.clone();
    if !facts.is_empty() {
        text.push_str("\n\n");
        text.push_str(&facts.join(" "));
    }
    text
}

/// The end tag of an element.
pub(super) fn end(outline: &Outline<'_>, of: usize) -> Option<Offer> {
    let tag = format!("</{}>", outline.slice(outline.node(of)?.name));
    let mut offer = Offer::new(CompletionItemKind::Property, tag.clone(), tag);
    offer.detail = Some("end tag".to_owned());
    Some(offer)
}

/// The whole component, in a text that has no root element yet.
pub(super) fn component(writer: &Writer<'_>, outline: &Outline<'_>, begun: Span) -> Option<Offer> {
    let before = outline.slice(Span::new(0, begun.start));
    let mark = if before.starts_with('\u{feff}') { 3 } else { 0 };
    let blank = Span::new(mark, begun.start);
    let has_declaration = before.contains("<?xml");
    let behind = outline.text.get(begun.end as usize..).unwrap_or("");
    if !behind.trim_ascii().is_empty() || (!has_declaration && !outline.slice(blank).trim_ascii().is_empty()) {
        return None;
    }
    let title = writer.name.replace('_', " ");
    let kind = writer.schema.name.as_str();
    let mut offer =
        Offer::new(CompletionItemKind::Snippet, kind, Insertion::component(writer, &title, !has_declaration));
    offer.is_snippet = writer.client.snippets;
    offer.is_first_choice = true;
    offer.detail = Some(format!("{}, with what it must have", crate::text::a(writer.kind.noun())));
    offer.documentation = Some(writer.schema.description.clone());
    offer.filter = outline.slice(begun).starts_with('<').then(|| format!("<{kind}"));
    if !has_declaration && !blank.is_empty() {
        // The declaration must be the first of a file.
        offer.also.push((blank, String::new()));
    }
    Some(offer)
}
