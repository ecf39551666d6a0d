//! Inlay hints: behind an element, what its value comes to.

use lsp_types::{InlayHint, InlayHintParams, Label};
use rustc_hash::FxHashMap;

use crate::answers::facts::{find, label};
use crate::answers::numbers::{Fit, cost, duration, fits_of, number, seconds, these, works_under};
use crate::graph::{Graph, NodeId};
use crate::lsp::session::context::{Answer, Context, Here};
use crate::lsp::text::cursor::Parsed;
use crate::schema::validate::{is_nil, parse_int};
use crate::schema::{Kind, Mention};
use crate::source::Span;
use crate::text::{one_line, units};
use crate::xml::Element;

/// How many of several a hint names.
const NAMES: usize = 2;
/// The most characters of a label.
const LABEL: usize = 50;

pub(in crate::lsp) fn hints(cx: &Context<'_>, params: InlayHintParams) -> Answer<Option<Vec<InlayHint>>> {
    let Some(here) = cx.here(&params.text_document.uri).filter(|_| cx.settings.inlay_hints()) else { return Ok(None) };
    let Some(parsed) = here.parsed() else { return Ok(None) };
    let lines = cx.lines(&here.text);
    let wanted = lines.span(params.range);
    let mut hints = Vec::new();
    let mentions = parsed.mentions(here.version());
    let of = Of { here: &here, parsed: &parsed, names: mentions.iter().map(|one| (one.span.start, one)).collect() };
    let mut open: Vec<Element<'_, '_>> = parsed.document.root().into_iter().collect();
    while let Some(element) = open.pop() {
        if element.span().end < wanted.start || element.span().start > wanted.end {
            continue;
        }
        if element.has_children() {
            open.extend(element.children());
        } else if let Some(words) = of.hint(element).filter(|_| is_within(element.span(), wanted)) {
            hints.push((element.span().end, words));
        }
    }
    hints.sort_unstable();
    let hint = |(at, words): (u32, String)| InlayHint {
        position: lines.position(at),
        label: Label::String(one_line(&words)),
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    Ok(Some(hints.into_iter().map(hint).collect()))
}

/// True if the end of an element, where its hint stands, is wanted.
fn is_within(element: Span, wanted: Span) -> bool {
    wanted.start <= element.end && element.end <= wanted.end
}

/// What hints are made of.
struct Of<'h, 'm> {
    here: &'h Here,
    parsed: &'h Parsed<'h>,
    /// By where they begin.
    names: FxHashMap<u32, Mention<'m>>,
}

impl Of<'_, '_> {
    fn hint(&self, element: Element<'_, '_>) -> Option<String> {
        // An element without an end tag has no place for a hint.
        if element.content().end == element.span().end && element.start_tag().end != element.span().end {
            return None;
        }
        let (name, field) = self.parsed.field(element)?;
        if is_nil(element) {
            return field.default.as_ref().map(|default| format!("default: {default}"));
        }
        let value = element.value();
        if let Some(mention) = self.names.get(&element.value_span().start) {
            return self.here.graph().and_then(|graph| label_of(graph, mention));
        }
        if let Some(seconds) = seconds(field, &value) {
            return Some(format!("= {}", duration(seconds)));
        }
        let (graph, node) = self.here.graph().zip(self.here.node())?;
        let parent_is_root = element.parent()?.parent().is_none();
        match (self.parsed.kind, name) {
            _ if !parent_is_root => None,
            (Kind::QueueRoutingConfig, "capacityWeight" | "capacityPercentage") => fitting(graph, node, name, &value),
            (Kind::PresenceUserConfig, "capacity" | "interruptibleCapacity") => {
                room(graph, node, name == "interruptibleCapacity", &value)
            }
            _ => None,
        }
    }
}

/// How many items of this cost fit: `fits 3 of these in 6 units`.
fn fitting(graph: &Graph, config: NodeId, name: &str, value: &str) -> Option<String> {
    if graph.is_external(config) {
        return None;
    }
    let fits = fits_of(graph, config, cost(name, value)?);
    let known: Vec<(&Fit<'_>, i32, u64)> =
        fits.iter().filter_map(|fit| Some((fit, fit.capacity?, fit.fits?))).collect();
    let (_, capacity, number_of) = *known.first()?;
    if known.iter().all(|&(_, units, fits)| (units, fits) == (capacity, number_of)) {
        return Some(these(number_of, capacity));
    }
    let several = known.iter().map(|(fit, _, fits)| format!("{} in `{}`", number(*fits), fit.presence)).collect();
    Some(format!("fits {}", listed(several)))
}

/// How many items of each work fit into this capacity.
fn room(graph: &Graph, presence: NodeId, interruptible: bool, value: &str) -> Option<String> {
    let capacity = parse_int(value)?;
    let works = works_under(graph, presence, interruptible, capacity);
    let (_, first) = *works.first()?;
    if let [(config, fits)] = works.as_slice() {
        return Some(format!("fits {} of `{config}`", number(*fits)));
    }
    if works.iter().all(|(_, fits)| *fits == first) {
        let kinds = works.len();
        return Some(format!("fits {} of each of {kinds} kinds of work in {}", number(first), units(capacity.into())));
    }
    let several = works.iter().map(|(config, fits)| format!("{} of `{config}`", number(*fits))).collect();
    Some(format!("fits {}", listed(several)))
}

fn listed(mut parts: Vec<String>) -> String {
    if parts.len() > NAMES {
        parts.truncate(NAMES);
        parts.push("…".to_owned());
    }
    parts.join(", ")
}

/// The label of a component that is named, if it tells more than the name.
fn label_of(graph: &Graph, mention: &Mention<'_>) -> Option<String> {
    let node = find(graph, mention.to, mention.name)?;
    let label = label(graph, node)?.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let (of_label, of_name): (String, String) = (letters(&label), letters(graph.name(node)));
    if of_label.is_empty() || of_label == of_name {
        return None;
    }
    let cut = label.char_indices().nth(LABEL).map(|(at, _)| at);
    Some(cut.map_or_else(|| label.clone(), |at| format!("{}…", label.get(..at).unwrap_or_default())))
}
