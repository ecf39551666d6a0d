//! OC518

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::metadata::Queue;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC518",
    name: "comma-in-queue-name",
    severities: &[Note],
    strict: false,
    summary: "The name of a routed queue has a comma.",
    what: "Reports a queue with a routing configuration whose `name`, the one that people see, has a comma. Queues that \
           Omni-Channel does not route are left alone.",
    why: "Salesforce's guide for administrators says that the names of queues cannot contain a comma. It does not say what \
          comes of one, so this is a note.",
    fix: "Write the name without the comma.",
    source: "Salesforce Help: Omni-Channel for Administrators",
    evidence: &[Evidence::Documented],
    fails: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Billing_EU
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Billing, EU</name>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
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
== Queue Billing_EU
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Billing EU</name>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for queue in graph.all::<Queue>() {
        let Some(name) = queue.value.name.spanned().filter(|name| name.value.contains(',')) else { continue };
        if graph.config_of(queue.node).is_none_or(|(_, routed)| routed.file != queue.component.file) {
            continue;
        }
        let message = format!(
            "the queue `{}` is routed and has the name `{}`: Salesforce asks for names without commas",
            queue.component.name, name.value
        );
        cx.report(Note, queue.component.at(name.span), message)
            .label("has a comma")
            .help("write the name without the comma")
            .element("name");
    }
}
