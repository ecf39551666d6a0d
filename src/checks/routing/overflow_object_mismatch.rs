use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::is_companion;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::graph::{Graph, NodeId};
use crate::metadata::{Queue, QueueRoutingConfig};
use crate::schema::Kind;
use crate::text::list;

check!("OC511", "overflow-object-mismatch", "overflow_object_mismatch.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let has_channels = graph.defines(Kind::ServiceChannel);
    // The objects of each overflow queue: many configurations share one.
    let mut held = FxHashMap::default();
    for config in graph.all::<QueueRoutingConfig>() {
        let Some(overflow) = config.value.queue_overflow_assignee.spanned() else { continue };
        let Some(queue) = graph.find(Kind::Queue, &overflow.value).and_then(|id| graph.get::<Queue>(id)) else {
            continue;
        };
        let held = held.entry(queue.node).or_insert_with(|| objects_held(graph, queue.node));
        let Some(held) = held.as_ref() else { continue };
        let routed = graph
            .queues_of(config.node)
            .flat_map(|(queue, _)| graph.objects_of(queue).map(move |(object, place)| (object, (queue, place))));
        let mut missing = IndexMap::new();
        for (object, place) in routed.filter(|(object, _)| !held.contains(object)) {
            let name = graph.name(object);
            if graph.has_channel(object) || (!has_channels && !is_companion(name)) {
                missing.entry(name).or_insert(place);
            }
        }
        if missing.is_empty() {
            continue;
        }
        let (names, overflow_queue) = (list(missing.keys(), 3), &queue.component.name);
        let message = format!(
            "the overflow queue `{overflow_queue}` does not hold {names}, so it cannot own the work that `{}` hands \
             to it",
            config.component.name
        );
        let mut finding = cx
            .report(Warning, config.component.at(overflow.span), message)
            .label(format!("does not hold {names}"))
            .related(queue.component.location(), "the overflow queue");
        for (object, (queue, place)) in missing.iter().take(3) {
            finding = finding.related(*place, format!("`{}` holds `{object}`", graph.name(*queue)));
        }
        finding
            .help(format!("add a `<queueSobject>` for {names} to `{overflow_queue}`, or name another queue"))
            .element("queueOverflowAssignee");
    }
}

/// The objects of a queue. None if it may hold one that cannot be read.
fn objects_held(graph: &Graph, queue: NodeId) -> Option<Vec<NodeId>> {
    let elements = ["queueSobject", "sobjectType"];
    let whole = !graph.components_of(queue).any(|component| graph.may_hold(component, &elements));
    whole.then(|| graph.objects_of(queue).map(|(object, _)| object).collect())
}
