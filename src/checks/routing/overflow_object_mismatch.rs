//! OC511

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::is_companion;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;
use crate::graph::{Graph, NodeId};
use crate::metadata::{Queue, QueueRoutingConfig};
use crate::schema::Kind;
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC511",
    name: "overflow-object-mismatch",
    severities: &[Warning],
    strict: false,
    summary: "An overflow queue that does not take the work it is to get.",
    what: "Reports a routing configuration whose overflow queue does not hold an object that a queue of the configuration \
           holds and that is routed: one that has a service channel or, while the project has none, any but those that \
           only go along (MessagingEndUser, LiveAgentSession).",
    why: "Above the org's limits Omni-Channel makes the overflow queue the owner of the work. A queue can own only records \
          of the objects that it holds.",
    fix: "Add the object to the overflow queue, or name another queue.",
    source: "Salesforce Help: Routing Configuration Settings; Metadata API Developer Guide 67.0, Queue",
    evidence: &[Evidence::Documented],
    fails: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <queueOverflowAssignee>Support_Overflow</queueOverflowAssignee>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
    <name>Support</name>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== Queue Support_Overflow
    <name>Support Overflow</name>
    <queueSobject>
        <sobjectType>Lead</sobjectType>
    </queueSobject>
",
    passes: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <queueOverflowAssignee>Support_Overflow</queueOverflowAssignee>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
    <name>Support</name>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== Queue Support_Overflow
    <name>Support Overflow</name>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    run,
};

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
