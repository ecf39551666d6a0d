//! OC509

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::metadata::QueueRoutingConfig;
use crate::schema::Kind;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC509",
    name: "overflow-queue-routed",
    severities: &[Warning],
    strict: false,
    summary: "An overflow queue has a routing configuration itself.",
    what: "Reports a routing configuration whose `queueOverflowAssignee` is a queue with a routing configuration.",
    why: "The overflow queue gets the work that Omni-Channel cannot take because the org has reached its limits, so \
          Salesforce requires a queue that Omni-Channel does not route. Chains of overflow queues do not work for the \
          same reason.",
    fix: "Name a queue without a routing configuration.",
    source: "Salesforce Help: Routing Configuration Settings",
    evidence: &[Evidence::Documented],
    fails: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <queueOverflowAssignee>Tier_2</queueOverflowAssignee>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== QueueRoutingConfig Tier_2
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 2</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>2</routingPriority>
== Queue Tier_2
    <name>Tier 2</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Tier_2</queueRoutingConfig>
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
== Queue Support_Overflow
    <name>Support Overflow</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<QueueRoutingConfig>() {
        let Some(overflow) = config.value.queue_overflow_assignee.spanned() else { continue };
        let Some(queue) = graph.find(Kind::Queue, &overflow.value) else { continue };
        let Some((own, place)) = graph.config_of(queue) else { continue };
        let (queue, own) = (graph.name(queue), graph.name(own));
        let message = format!(
            "the overflow queue `{queue}` has a routing configuration itself, but Salesforce requires a queue that \
             Omni-Channel does not route"
        );
        cx.report(Warning, config.component.at(overflow.span), message)
            .label("a routed queue")
            .related(place, format!("`{queue}` is routed by `{own}`"))
            .help(format!(
                "name a queue without a routing configuration, or remove `queueRoutingConfig` from `{queue}`"
            ))
            .fix_at(place, format!("remove `queueRoutingConfig` from `{queue}`"), Unsafe, |span| Change::Remove {
                span,
            })
            .element("queueOverflowAssignee");
    }
}
