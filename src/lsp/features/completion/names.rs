//! Names of components, and of what is only named.

use std::cell::LazyCell;
use std::cmp::Ordering;

use lsp_types::CompletionItemKind;
use rustc_hash::FxHashSet;

use super::insert::xml_text;
use super::item::Offer;
use crate::answers::facts;
use crate::graph::{self, Graph, NodeId, Resolution};
use crate::lsp::session::context::Here;
use crate::lsp::text::outline::{Holds, Outline};
use crate::schema::{Kind, Reference, Role};
use crate::source::Span;

/// More names than these nobody looks through. The client asks again when more of the name is typed.
const MOST: usize = 250;

/// Of so many names what each is can be said at once; of more it is said when the client asks for one.
const FEW: usize = 50;

/// A value that is to be completed.
#[derive(Clone, Copy)]
pub(super) struct PartialValue<'t> {
    /// The element.
    pub(super) of: usize,
    /// What is there of it.
    pub(super) begun: Span,
    /// What of that is before the cursor, in lower case.
    pub(super) typed: &'t str,
}

/// A name that may be written.
struct Candidate<'g> {
    /// Where it comes among the others: lower goes first.
    rank: u8,
    name: &'g str,
    node: Option<NodeId>,
}

impl Candidate<'_> {
    /// By rank, then by name, whatever its case.
    fn compare(&self, other: &Self) -> Ordering {
        let lower = |b: u8| b.to_ascii_lowercase();
        let names = || self.name.bytes().map(lower).cmp(other.name.bytes().map(lower));
        // Names that differ in case only keep one order.
        self.rank.cmp(&other.rank).then_with(names).then_with(|| self.name.cmp(other.name))
    }
}

/// The names that the value of an element may be: the project's own first, then what else is known, then what other files
/// name.
///
/// True with them if there are more than are handed out, so that others may fit what is typed next.
pub(super) fn names(
    graph: Option<&Graph>,
    here: &Here,
    outline: &Outline<'_>,
    wanted: PartialValue<'_>,
    reference: Reference,
) -> (Vec<Offer>, bool) {
    let own_file = here.project.as_ref().map(|(_, file)| *file);
    let taken = taken(outline, wanted.of);
    // Thousands of users may be named: what need not be asked of each of them is not.
    let is_taken = |name: &str| !taken.is_empty() && taken.contains(&xml_text(name).to_lowercase());
    let written = LazyCell::new(|| written(outline, wanted.begun));
    let is_whole = |id: NodeId, name: &str| {
        let is_outside = graph.zip(own_file).is_none_or(|(graph, file)| graph.is_named_outside(id, file));
        is_outside || written.contains(&xml_text(name).to_lowercase())
    };
    let mut candidates = graph.map(|graph| known(graph, reference, is_taken, is_whole)).unwrap_or_default();
    candidates.extend(standard(graph, reference).into_iter().filter(|candidate| !is_taken(candidate.name)));
    let is_cut = candidates.len() > MOST;
    if is_cut {
        let fits = |text: &str| text.to_lowercase().contains(wanted.typed);
        let label = |candidate: &Candidate<'_>| facts::label(graph?, candidate.node?).map(fits);
        candidates.retain(|candidate| fits(candidate.name) || label(candidate).unwrap_or(false));
    }
    if candidates.len() > MOST {
        candidates.select_nth_unstable_by(MOST, Candidate::compare);
        candidates.truncate(MOST);
    }
    candidates.sort_by(Candidate::compare);
    let at_once = candidates.len() <= FEW;
    (candidates.into_iter().map(|candidate| offer(graph, reference, &candidate, at_once)).collect(), is_cut)
}

/// What other entries of a list name, in lower case, if a name may stand in it once.
fn taken(outline: &Outline<'_>, of: usize) -> FxHashSet<String> {
    let Some((node, parent)) = outline.node(of).and_then(|node| Some((node, node.parent?))) else {
        return FxHashSet::default();
    };
    let name = outline.name(node);
    let unique =
        |at: usize| outline.node(at).and_then(|node| node.field).and_then(|(_, field)| field.unique_by.as_deref());
    if unique(of) == Some("value") {
        let others = outline.children(parent).filter(|(at, other)| *at != of && outline.name(other) == name);
        return others.map(|(_, other)| outline.value(other).to_lowercase()).collect();
    }
    let Some(list) = outline.node(parent).filter(|_| unique(parent) == Some(name)) else { return FxHashSet::default() };
    let Some(above) = list.parent else { return FxHashSet::default() };
    let entries =
        outline.children(above).filter(|(at, other)| *at != parent && outline.name(other) == outline.name(list));
    entries.filter_map(|(at, _)| outline.value_in(at, name)).map(str::to_lowercase).collect()
}

/// All values in the text but the one at the cursor, in lower case.
fn written(outline: &Outline<'_>, begun: Span) -> FxHashSet<String> {
    let others =
        outline.nodes.iter().filter(|node| !(node.content.start <= begun.start && begun.end <= node.content.end));
    let others = others.filter(|node| matches!(node.holds, Holds::Value));
    others.map(|node| outline.value(node).to_lowercase()).collect()
}

/// What the project knows, but for what `is_taken`. What it only names counts if it `is_whole`: a name that stands nowhere
/// but at the cursor is only half written.
fn known(
    graph: &Graph,
    reference: Reference,
    is_taken: impl Fn(&str) -> bool,
    is_whole: impl Fn(NodeId, &str) -> bool,
) -> Vec<Candidate<'_>> {
    let candidate = |id: NodeId| {
        let node = graph.node(id);
        let (rank, is_only_named) = match node.resolution {
            Resolution::Here => (0, false),
            Resolution::Ignored(_) => (1, false),
            Resolution::Standard => (2, false),
            Resolution::Declared => (3, true),
            Resolution::External => (4, true),
            Resolution::Unknown { has_siblings: false } => (5, true),
            // A placeholder is no name; the other is most likely a slip.
            Resolution::FilledIn | Resolution::Unknown { has_siblings: true } => return None,
        };
        if is_taken(&node.name) || (is_only_named && !is_whole(id, &node.name)) {
            return None;
        }
        let later = match reference.role {
            // A channel of its own makes an object routable, and it takes only one.
            Role::Carries if graph.has_channel(id) => 10,
            Role::Holds | Role::RulesFor if !graph.has_channel(id) => 3,
            // Work cannot overflow to a queue that is routed itself.
            Role::OverflowsToQueue if graph.config_of(id).is_some() => 10,
            _ => 0,
        };
        Some(Candidate { rank: rank + later, name: &node.name, node: Some(id) })
    };
    graph.nodes_of(reference.to).filter_map(candidate).collect()
}

/// What Salesforce ships, and the project does not name.
fn standard(graph: Option<&Graph>, reference: Reference) -> Vec<Candidate<'static>> {
    let is_new = |name: &&'static str| graph.is_none_or(|graph| graph.find(reference.to, name).is_none());
    let candidate = |rank: u8| move |name: &'static str| Candidate { rank, name, node: None };
    let mut found: Vec<_> = graph
        .into_iter()
        .flat_map(|graph| graph.standard_names(reference.to))
        .filter(is_new)
        .map(candidate(2))
        .collect();
    if reference.to == Kind::Object {
        let has_channel = |name: &&str| graph::standard_channel(name).is_some();
        found.extend(graph::routable_objects().filter(has_channel).filter(is_new).map(candidate(6)));
        found.extend(graph::routable_objects().filter(|name| !has_channel(name)).filter(is_new).map(candidate(8)));
    }
    found
}

/// What a component is, and where it is defined, in Markdown; none if there is nothing to say.
pub(super) fn about(graph: &Graph, node: NodeId) -> Option<String> {
    let component = graph.components_of(node).next();
    let file = component.and_then(|component| graph.file_of(component.location()));
    let defined = file.map(|file| format!("Defined in {}", facts::code(&file.path)));
    let lines: Vec<String> = facts::facts(graph, node).into_iter().chain(defined).collect();
    (!lines.is_empty()).then(|| lines.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n"))
}

fn offer(graph: Option<&Graph>, reference: Reference, candidate: &Candidate<'_>, at_once: bool) -> Offer {
    let name = candidate.name;
    let mut offer = Offer::new(icon(reference.to), name, xml_text(name));
    let noun = reference.to.noun();
    let known = graph.and_then(|graph| Some((graph, candidate.node?)));
    let label = known.and_then(|(graph, node)| facts::label(graph, node)).filter(|label| *label != name);
    let resolution = known.map(|(graph, node)| graph.node(node).resolution);
    let note = match resolution {
        Some(Resolution::Here) => None,
        Some(Resolution::Ignored(_)) => Some("kept out of a deploy by .forceignore"),
        Some(Resolution::Declared) => Some("in the org, not in the project"),
        Some(Resolution::External | Resolution::Unknown { .. }) => Some("named elsewhere in the project"),
        Some(Resolution::FilledIn) => Some("filled in at deploy time"),
        Some(Resolution::Standard) | None => Some("standard"),
    };
    let words = note.map_or_else(|| noun.to_owned(), |note| format!("{noun}, {note}"));
    offer.detail = Some(label.map_or_else(|| words.clone(), |label| format!("{label} ({words})")));
    offer.beside = label.map(str::to_owned);
    offer.filter = label.map(|label| format!("{name} {label}"));
    if at_once {
        offer.documentation = known.and_then(|(graph, node)| about(graph, node));
    } else {
        offer.later = known.map(|_| reference.to);
    }
    offer
}

const fn icon(kind: Kind) -> CompletionItemKind {
    match kind {
        Kind::Object => CompletionItemKind::Class,
        Kind::User | Kind::Role | Kind::Profile | Kind::PermissionSet | Kind::Group => CompletionItemKind::Constant,
        Kind::ServicePresenceStatus | Kind::PresenceDeclineReason => CompletionItemKind::EnumMember,
        Kind::Flow | Kind::Bot => CompletionItemKind::Function,
        _ => CompletionItemKind::Reference,
    }
}
