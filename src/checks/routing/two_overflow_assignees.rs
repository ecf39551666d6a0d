//! OC510

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;
use crate::metadata::QueueRoutingConfig;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC510",
    name: "two-overflow-assignees",
    severities: &[Warning],
    strict: false,
    summary: "Work overflows both to a queue and to a user.",
    what: "Reports a routing configuration that gives both `queueOverflowAssignee` and `userOverflowAssignee`.",
    why: "Work above the org's limits goes to one queue or one user. Which of the two would get it is not documented.",
    fix: "Keep the queue or the user.",
    source: "Salesforce Help: Routing Configuration Settings",
    evidence: &[Evidence::Documented],
    fails: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <queueOverflowAssignee>Support_Overflow</queueOverflowAssignee>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
    <userOverflowAssignee>ana@example.com</userOverflowAssignee>
== Queue Support_Overflow
    <name>Support Overflow</name>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    passes: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
    <userOverflowAssignee>ana@example.com</userOverflowAssignee>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<QueueRoutingConfig>() {
        let (component, value) = (config.component, config.value);
        let (Some(queue), Some(user)) =
            (value.queue_overflow_assignee.spanned(), value.user_overflow_assignee.spanned())
        else {
            continue;
        };
        let message = format!(
            "the work of the routing configuration `{}` overflows both to the queue `{}` and to the user `{}`: \
             Salesforce accepts one or the other",
            component.name, queue.value, user.value
        );
        cx.report(Warning, component.at(user.span), message)
            .label("a user")
            .related(component.at(queue.span), "a queue")
            .help("remove `queueOverflowAssignee` or `userOverflowAssignee`")
            .element("userOverflowAssignee");
    }
}
