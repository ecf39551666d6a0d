//! OC602

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::metadata::{Queue, QueueRoutingConfig};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC602",
    name: "membership-ignored",
    severities: &[Note],
    strict: false,
    summary: "A queue with members is routed by skills, so that membership does not decide.",
    what: "Reports a queue with members whose routing configuration has `isAttributeBased`. Members still see the queue's \
           records, so this is only worth knowing.",
    why: "Omni-Channel offers such work to the reps with the skills, whether they are members of the queue or not. Who \
          adds a member expects that the member gets work.",
    fix: "Give the members the skills, or set `isAttributeBased` to `false`.",
    source: "Salesforce Help: Omni-Channel for Administrators, Routing Configuration Settings",
    evidence: &[Evidence::Documented],
    fails: "
== QueueRoutingConfig By_Skill
    <capacityWeight>1.0</capacityWeight>
    <isAttributeBased>true</isAttributeBased>
    <label>By Skill</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>By_Skill</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    passes: "
== QueueRoutingConfig By_Skill
    <capacityWeight>1.0</capacityWeight>
    <isAttributeBased>true</isAttributeBased>
    <label>By Skill</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
    <name>Support</name>
    <queueRoutingConfig>By_Skill</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for queue in graph.all::<Queue>() {
        let Some(members) = queue.value.members.as_ref().filter(|members| !members.is_empty()) else { continue };
        let Some((config, routed)) = graph.config_of(queue.node) else { continue };
        let Some(item) = graph.get::<QueueRoutingConfig>(config) else { continue };
        let by_skills = &item.value.is_attribute_based;
        if !by_skills.is_true() || routed.file != queue.component.file {
            continue;
        }
        let config = &item.component.name;
        let message = format!(
            "the queue `{}` has members, but the routing configuration `{config}` routes by skills: membership does \
             not decide who gets its work",
            queue.component.name
        );
        let reason = item.component.at(by_skills.span().unwrap_or(item.component.span));
        cx.report(Note, queue.component.at(members.span), message)
            .label("do not decide")
            .related(reason, "routes by skills")
            .help(format!(
                "make sure that the members have the skills, or set `isAttributeBased` to `false` in \
                           `{config}`"
            ))
            .element("queueMembers");
    }
}
