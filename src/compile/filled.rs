//! What is filled in when the project is deployed, and what has no row for it.

use crate::graph::{self, File, Graph, NodeId};
use crate::metadata::{Component, Queue, Scalar};
use crate::plan::{FilledBy, FilledIn};
use crate::schema::Kind;
use crate::schema::validate::FilledPart;
use crate::source::{Filler, SourceFile};

/// True if a table cannot say what a node's component is, because of what is filled in.
pub(super) fn is_left_out(graph: &Graph, node: NodeId) -> bool {
    let component = graph.components_of(node).next();
    component.is_some_and(|component| {
        graph
            .file_of(component.location())
            .is_some_and(|file| file.filled_in.iter().any(|f| decides(graph, node, component, f)))
    })
}

/// True if what is filled in decides on what a row cannot leave open.
fn decides(graph: &Graph, node: NodeId, component: &Component, filled: &graph::FilledIn) -> bool {
    let is_content = filled.part == FilledPart::Content;
    if component.kind == Kind::Queue {
        let routing = graph.get::<Queue>(node).map(|queue| &queue.value.queue_routing_config);
        return is_content && filled.path.is_empty() && routing.is_some_and(Scalar::is_missing);
    }
    let decisive = decisive(component.kind);
    decisive.is_some_and(|elements| is_content || elements.contains(&filled.element()))
}

/// The elements that the row of a component cannot leave open; none if it can leave open what is filled in.
const fn decisive(kind: Kind) -> Option<&'static [&'static str]> {
    Some(match kind {
        Kind::ServiceChannel => &["capacityModel", "hasAutoAcceptEnabled", "isInterruptible"],
        Kind::ServicePresenceStatus => &[],
        Kind::PresenceUserConfig => {
            &["capacity", "interruptibleCapacity", "enableAutoAccept", "enableDecline", "enableDeclineReason"]
        }
        Kind::QueueRoutingConfig => &[
            "capacityWeight",
            "capacityPercentage",
            "pausedCapacityWeight",
            "pausedCapacityPercentage",
            "capacityType",
            "isAttributeBased",
        ],
        _ => return None,
    })
}

/// All that is filled in, sorted. `sources` are the project's files.
pub(super) fn filled_in(graph: &Graph, sources: &[SourceFile]) -> Vec<FilledIn> {
    let mut all = Vec::new();
    for file in graph.files.iter().filter(|file| !file.is_final()) {
        let Some(component) = graph.component_in(file.id) else { continue };
        let node = graph.find(component.kind, &component.name);
        let text = sources.get(file.id.0 as usize).map_or("", |source| &source.text);
        let one = |filled: &graph::FilledIn| FilledIn {
            element: filled.path.clone(),
            placeholder: Some(filled.placeholder.span.slice(text).to_owned()),
            by: Some(match &*filled.placeholder.filler {
                Filler::Env(name) => FilledBy::Env(name.clone()),
                Filler::File(path) => FilledBy::File(path.clone()),
            }),
            left_out: node.is_some_and(|node| decides(graph, node, component, filled)),
            ..anything(file, component)
        };
        all.extend(file.filled_in.iter().map(one));
        all.extend(file.is_open.then(|| anything(file, component)));
    }
    all.sort();
    all
}

/// A component of which any part may be filled in.
fn anything(file: &File, component: &Component) -> FilledIn {
    let component = component.kind.as_str().to_owned();
    FilledIn {
        component,
        name: file.name.clone(),
        element: String::new(),
        placeholder: None,
        by: None,
        left_out: false,
    }
}
