//! OC601

use super::{RuleSets, by_skills};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::World;
use crate::schema::Kind;
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC601",
    name: "no-skill-rules",
    severities: &[Warning, Note],
    strict: false,
    summary: "Work is routed by skills, but nothing says which skills it needs.",
    what: "Reports a routing configuration with `isAttributeBased` that asks for no skills itself, and for no object of \
           whose queues there is an active skill mapping set with rules. A note where the project has no skill mapping sets at all, \
           since they may be kept in the org, and in an open world.",
    why: "With such a routing configuration membership of the queue does not decide: work that needs no skill can go to \
          any rep in the org who is available.",
    fix: "Add a skill mapping set for the object, or set `isAttributeBased` to `false`.",
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
    <queueRoutingConfig>By_Skill</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== WorkSkillRouting Lead
    <isActive>true</isActive>
    <masterLabel>Lead</masterLabel>
    <relatedEntity>Lead</relatedEntity>
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
== WorkSkillRouting Case
    <isActive>true</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
    <workSkillRoutingAttributes>
        <field>Case.Origin</field>
        <skill>Phone</skill>
        <value>Phone</value>
    </workSkillRoutingAttributes>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let Some(sets) = RuleSets::known(graph) else { return };
    let severity = match graph.world {
        World::Closed => Warning,
        World::Project if graph.defines(Kind::WorkSkillRouting) => Warning,
        World::Project | World::Open => Note,
    };
    for routed in by_skills(graph) {
        // Without an object there is no work.
        if routed.objects.is_empty() || !routed.asks_for_nothing(graph, &sets) {
            continue;
        }
        let objects = list(routed.objects.iter().map(|&object| graph.name(object)), 3);
        let message = format!(
            "the routing configuration `{}` routes {objects} by skills, but nothing says which skills are needed: the \
             work goes to any rep who is available, a member of the queue or not",
            routed.config.component.name
        );
        let existing = routed.objects.iter().find_map(|&object| sets.of(object).first());
        let help = match existing {
            Some(set) if !set.value.is_active.is_false() => {
                format!(
                    "add rules to the skill mapping set `{}`, or set `isAttributeBased` to `false`",
                    set.component.name
                )
            }
            Some(set) => {
                format!("activate the skill mapping set `{}`, or set `isAttributeBased` to `false`", set.component.name)
            }
            None => format!("add an active skill mapping set for {objects}, or set `isAttributeBased` to `false`"),
        };
        let finding = cx.report(severity, routed.place(), message).label("routes by skills");
        let finding = match existing {
            Some(set) if !set.value.is_active.is_false() => finding.related(set.component.location(), "has no rules"),
            Some(set) => {
                let place = set.value.is_active.span().unwrap_or(set.component.span);
                finding.related(set.component.at(place), "not active")
            }
            None => finding,
        };
        let (queue, place) = routed.queue;
        finding.related(place, format!("`{}` is routed so", graph.name(queue))).help(help).element("isAttributeBased");
    }
}
