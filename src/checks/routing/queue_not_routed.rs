//! OC501

use rustc_hash::FxHashMap;

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::metadata::Queue;
use crate::schema::{Kind, Role};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC501",
    name: "queue-not-routed",
    severities: &[Note],
    strict: true,
    summary: "A queue without a routing configuration, beside queues of the same object that have one.",
    what: "Reports a queue that names no routing configuration although it holds an object that has a service channel, \
           and that other queues of the project have routed. Overflow queues are left out, because they must not be \
           routed, and so are the queues that flows and messaging channels hand work to.",
    why: "Omni-Channel never pushes work from a queue without a routing configuration: it waits until someone picks it. \
          Many queues are meant to be like that, which is why the check runs only in strict mode.",
    fix: "Add `queueRoutingConfig`, if Omni-Channel is to push the queue's work.",
    source: "Salesforce Help: Omni-Channel for Administrators; Metadata API Developer Guide 67.0, Queue",
    evidence: &[Evidence::Documented],
    fails: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== ServiceChannel Cases
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== Queue Support
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== Queue Support_Evening
    <name>Support in the Evening</name>
    <queueMembers>
        <users>
            <user>ben@example.com</user>
        </users>
    </queueMembers>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    passes: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <queueOverflowAssignee>Support_Overflow</queueOverflowAssignee>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== ServiceChannel Cases
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== Queue Support
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
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

/// References after which a queue is not to be reported: overflow queues must not be routed, and where work is handed to
/// a queue, that is where a missing routing configuration is reported.
const SPOKEN_FOR: [Role; 3] = [Role::OverflowsToQueue, Role::HandlerQueue, Role::RoutesToQueue];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    // A name that is filled in may be that of any queue.
    if !graph.says_all(&[Kind::QueueRoutingConfig, Kind::MessagingChannel, Kind::Flow]) {
        return;
    }
    // Routed objects with a channel: for each, how a queue of it is routed, and where that is said.
    let routed: FxHashMap<_, _> = graph
        .routed_objects()
        .into_iter()
        .filter(|&(object, _)| graph.has_channel(object))
        .filter_map(|(object, (queue, _))| Some((object, (queue, graph.config_of(queue)?))))
        .collect();
    for queue in graph.all::<Queue>() {
        let (component, value) = (queue.component, queue.value);
        let unrouted = value.queue_routing_config.spanned().is_none();
        if !unrouted || graph.may_hold(component, &["queueRoutingConfig"]) || graph.is_referred(queue.node, &SPOKEN_FOR)
        {
            continue;
        }
        let sibling = graph.objects_of(queue.node).find_map(|(object, _)| Some((object, *routed.get(&object)?)));
        let Some((object, (sibling, (config, place)))) = sibling else { continue };
        let (object, sibling) = (graph.name(object), graph.name(sibling));
        let message = format!(
            "the queue `{}` has no routing configuration, so Omni-Channel does not push its `{object}` records as it does \
             those of `{sibling}`",
            component.name
        );
        cx.report(Note, component.location(), message)
            .label("not routed")
            .related(place, format!("`{sibling}` is routed"))
            .help(format!(
                "add `<queueRoutingConfig>{}</queueRoutingConfig>` if Omni-Channel is to push this work",
                graph.name(config)
            ));
    }
}
