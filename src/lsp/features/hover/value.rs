//! Hover on a value: what it means, what it comes to, or the component that it names.

use super::element::enumeration;
use super::page::Page;
use crate::answers::facts::{code, facts, find, label_line, standing, unread};
use crate::answers::numbers::{duration, seconds};
use crate::answers::{comes_to, effective};
use crate::graph::{Graph, NodeId};
use crate::lsp::session::context::Here;
use crate::lsp::text::cursor::{Parsed, mention_at};
use crate::metadata::QueueRoutingConfig;
use crate::schema::{Kind, Mention, Role};
use crate::source::{ApiVersion, Placeholder, Span};
use crate::text::nearest;
use crate::xml::Element;

/// What the value of an element is about, if `offset` is in it.
pub(super) fn page(here: &Here, parsed: &Parsed<'_>, element: Element<'_, '_>, offset: u32) -> Option<(Page, Span)> {
    let span = element.value_span();
    if !element.has_text() || offset < span.start || offset > span.end {
        return None;
    }
    if let Some(placeholder) = element.placeholder().and_then(|at| parsed.placeholders.at(at)) {
        return Some((filled_in(placeholder, &here.text), span));
    }
    let mentions = parsed.mentions(here.version());
    let page = match mention_at(offset, &mentions) {
        Some(mention) => named(here, parsed, &mention),
        None => meant(here, parsed, element)?,
    };
    Some((page, span))
}

/// What is filled in at deploy time, and by what.
fn filled_in(placeholder: &Placeholder, text: &str) -> Page {
    let mut page = Page::titled("Filled in at deploy time".to_owned());
    let Placeholder { span, filler, conditional } = placeholder;
    let mut lines = vec![format!("{} is replaced by {filler}", code(span.slice(text)))];
    if *conditional {
        lines.push("Only where the environment is as `replaceWhenEnv` says".to_owned());
    }
    lines.push("`replacements` of `sfdx-project.json` says so; omnic does not judge the value".to_owned());
    page.items(lines);
    page
}

/// ``queue `Billing` ``.
pub(super) fn title(kind: Kind, name: &str) -> String {
    let noun = kind.noun();
    let mut chars = noun.chars();
    let noun: String = chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    if kind == Kind::OmniChannelSettings { noun } else { format!("{noun} {}", code(name)) }
}

/// Adds how the work of a queue is routed.
pub(super) fn picture(page: &mut Page, graph: &Graph, config: NodeId, queue: NodeId) {
    let lines = effective::lines(graph, config, Some(queue));
    if !lines.is_empty() {
        page.title(format!("How work of {} is routed", code(graph.name(queue)))).items(lines);
    }
}

/// The component that is named.
fn named(here: &Here, parsed: &Parsed<'_>, mention: &Mention<'_>) -> Page {
    let Some(graph) = here.graph() else { return Page::titled(title(mention.to, mention.name)) };
    let Some(node) = find(graph, mention.to, mention.name) else {
        return unknown(graph, mention);
    };
    let mut page = Page::titled(title(mention.to, graph.name(node)));
    let mut lines = Vec::new();
    if let [one] = graph.components_of(node).collect::<Vec<_>>().as_slice() {
        lines.extend(graph.file_of(one.location()).map(|file| format!("Defined in `{}`", file.path)));
    }
    let queue = here.node().filter(|_| parsed.kind == Kind::Queue && mention.role == Role::RoutedBy);
    if let Some(queue) = queue.filter(|_| graph.get::<QueueRoutingConfig>(node).is_some()) {
        lines.extend(label_line(graph, node));
        lines.extend(standing(graph, node));
        page.items(lines);
        picture(&mut page, graph, node, queue);
    } else {
        lines.extend(facts(graph, node));
        lines.extend(instead(graph, node));
        page.items(lines);
    }
    page
}

/// A name that the graph does not have: it was written a moment ago.
fn unknown(graph: &Graph, mention: &Mention<'_>) -> Page {
    let mut page = Page::titled(title(mention.to, mention.name));
    let near = nearest(mention.name, graph.names(mention.to)).map(|name| format!("Did you mean `{name}`?"));
    let known = if mention.to.needs_no_file() { unread(mention.to) } else { Some("Not in the project".to_owned()) };
    page.items(known.into_iter().chain(near).collect());
    page
}

/// The name that was probably meant, of one that nothing is known of.
fn instead(graph: &Graph, node: NodeId) -> Option<String> {
    let of = graph.node(node);
    if graph.is_known(node) || !of.components.is_empty() {
        return None;
    }
    nearest(&of.name, graph.names(of.kind)).map(|name| format!("Did you mean `{name}`?"))
}

/// What a value means that names nothing.
fn meant(here: &Here, parsed: &Parsed<'_>, element: Element<'_, '_>) -> Option<Page> {
    let (name, field) = parsed.field(element)?;
    let value = element.value();
    if let Some((value, meaning)) = enumeration(parsed.schema, field).and_then(|of| of.values.get_key_value(&*value)) {
        let mut page = Page::titled(format!("`{name}` is `{value}`"));
        page.text(meaning.description.as_str());
        let since = meaning.since.map(|since| format!("Since API version {}", ApiVersion(since)));
        page.items(since.into_iter().collect());
        return Some(page);
    }
    let is_short = value.chars().count() <= 40;
    let said = if is_short { format!("`{name}` is {}", code(&value)) } else { format!("`{name}`") };
    let mut page = Page::titled(said);
    page.text(field.description.as_str());
    let mut lines = Vec::new();
    if let Some(seconds) = seconds(field, &value) {
        lines.push(format!("That is {}", duration(seconds)));
    }
    if let Some((graph, node)) = here.graph().zip(here.node()) {
        lines.extend(comes_to::lines(graph, node, parsed.kind, name, &value));
    }
    lines.extend(field.default.as_ref().map(|default| format!("Default: `{default}`")));
    page.items(lines);
    Some(page)
}
