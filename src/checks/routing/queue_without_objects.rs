//! OC517

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::metadata::Queue;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC517",
    name: "queue-without-objects",
    severities: &[Note],
    strict: false,
    summary: "A routed queue that holds no object.",
    what: "Reports a queue with a routing configuration and without `queueSobject`. A note, because a retrieve leaves out \
           what the user who retrieves cannot see.",
    why: "A queue can own only records of the objects that it holds. No record comes into this one, so there is nothing to \
          route.",
    fix: "Add the object whose records the queue is to hold, or take the routing configuration off the queue.",
    source: "Metadata API Developer Guide 67.0, Queue; seen in real projects, which have many queues without objects",
    evidence: &[Evidence::Documented, Evidence::RealFiles],
    fails: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
",
    passes: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
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
    for queue in graph.all::<Queue>().filter(|queue| queue.value.sobjects.is_empty()) {
        let Some((config, routed)) = graph.config_of(queue.node) else { continue };
        if routed.file != queue.component.file || graph.may_hold(queue.component, &["queueSobject", "sobjectType"]) {
            continue;
        }
        let message = format!(
            "the queue `{}` is routed but holds no object, so no work comes into it that could be offered",
            queue.component.name
        );
        cx.report(Note, queue.component.location(), message)
            .label("no `queueSobject`")
            .related(routed, format!("routed by `{}`", graph.name(config)))
            .help("add a `<queueSobject>` for the object whose records it is to hold, or remove `queueRoutingConfig`");
    }
}
