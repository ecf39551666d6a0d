//! OC512

use indexmap::IndexMap;

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;
use crate::metadata::Queue;
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC512",
    name: "mixed-objects",
    severities: &[Warning],
    strict: false,
    summary: "A routed queue with work of several service channels.",
    what: "Reports a queue with a routing configuration that holds more than one object with a service channel. Objects \
           that only go along (MessagingEndUser with MessagingSession, LiveAgentSession with LiveChatTranscript) have \
           none and do not count.",
    why: "Work of different channels then has one priority, one cost and one push timeout, and Salesforce names it as a \
          cause of routing conflicts: one object and one channel for each queue that Omni-Channel routes.",
    fix: "Make a queue for each object.",
    source: "Salesforce Knowledge 005226660, Troubleshooting Guide for Omni-Channel Routing Issues",
    evidence: &[Evidence::Documented],
    fails: "
== ServiceChannel Cases
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
    <name>Support</name>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
    <queueSobject>
        <sobjectType>MessagingSession</sobjectType>
    </queueSobject>
",
    passes: "
== ServiceChannel Cases
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Chats
    <name>Chats</name>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>MessagingSession</sobjectType>
    </queueSobject>
    <queueSobject>
        <sobjectType>MessagingEndUser</sobjectType>
    </queueSobject>
== Queue Support
    <name>Support</name>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for queue in graph.all::<Queue>().filter(|queue| queue.value.sobjects.len() > 1) {
        let Some((config, routed)) = graph.config_of(queue.node) else { continue };
        let mut objects = IndexMap::new();
        for (object, place) in graph.objects_of(queue.node).filter(|&(object, _)| graph.has_channel(object)) {
            objects.entry(object).or_insert(place);
        }
        // A queue that is defined twice is reported where its first object stands.
        let (Some((_, &first)), Some((_, &second))) = (objects.get_index(0), objects.get_index(1)) else { continue };
        if first.file != queue.component.file {
            continue;
        }
        let message = format!(
            "the queue `{}` is routed and holds objects of {} service channels ({}): Salesforce names this as a cause \
             of routing conflicts",
            queue.component.name,
            objects.len(),
            list(objects.keys().map(|&object| graph.name(object)), 3)
        );
        cx.report(Warning, second, message)
            .label("another service channel")
            .related(first, "the first object")
            .related(routed, format!("routed by `{}`", graph.name(config)))
            .help("make a queue of its own for each object")
            .element("queueSobject/sobjectType");
    }
}
