//! OC504

use crate::checks::{Check, Checker};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::World;
use crate::metadata::{Queue, QueueMembers, QueueRoutingConfig};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC504",
    name: "queue-without-members",
    severities: &[Warning, Note],
    strict: false,
    summary: "A routed queue without members.",
    what: "Reports a queue with a routing configuration that names no user, public group or role as a member. A note, \
           because many teams keep the members of their queues in the org alone; a warning where the project is all there \
           is (`world = \"closed\"`). Queues whose routing configuration is attribute-based are left out: there \
           membership does not decide.",
    why: "Omni-Channel offers a queue's work to its members only.",
    fix: "Add the members, or take the routing configuration off the queue.",
    source: "Salesforce Help: Omni-Channel for Administrators; Metadata API Developer Guide 67.0, Queue",
    fails: "
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
",
    passes: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
    <name>Support</name>
    <queueMembers>
        <roles>
            <role>Support_Specialist</role>
        </roles>
    </queueMembers>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    run,
};

/// The elements that would hold members.
const ELEMENTS: [&str; 6] =
    ["queueMembers", "publicGroups", "roleAndSubordinates", "roleAndSubordinatesInternal", "roles", "users"];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let severity = if graph.world == World::Closed { Warning } else { Note };
    for queue in graph.all::<Queue>() {
        let members = queue.value.members.as_ref();
        if !members.is_none_or(QueueMembers::is_empty) || graph.may_hold(queue.component, &ELEMENTS) {
            continue;
        }
        let Some((config, routed)) = graph.config_of(queue.node) else { continue };
        let Some(item) = graph.get::<QueueRoutingConfig>(config) else { continue };
        if item.value.is_attribute_based.is_true() || routed.file != queue.component.file {
            continue;
        }
        let place = members.map_or(queue.component.span, |members| members.span);
        let message = format!(
            "the queue `{}` is routed but has no members in the project, so nobody is offered its work unless the org adds some",
            queue.component.name
        );
        let finding = cx.report(severity, queue.component.at(place), message);
        let finding = if members.is_some() { finding.element("queueMembers") } else { finding };
        finding
            .label("no members")
            .related(routed, format!("routed by `{}`", graph.name(config)))
            .help("add the users, public groups or roles who take this work to `queueMembers`");
    }
}
