//! OC609

use rustc_hash::FxHashMap;

use super::{BySkills, RuleSets, by_skills};
use crate::checks::{Check, Checker, Evidence, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::Note;
use crate::graph::NodeId;
use crate::metadata::WorkSkillRouting;
use crate::schema::Kind;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC609",
    name: "inactive-rule-set",
    severities: &[Note],
    strict: false,
    summary: "A skill mapping set is not active, although its object is routed by skills.",
    what: "Reports a skill mapping set with `isActive` off whose object a queue holds that is routed by skills. Where \
           nothing else says which skills the queue's work needs, no-skill-rules (OC601) reports it instead.",
    why: "The rules of a set that is not active do not count: work gets none of its skills.",
    fix: "Activate the set, or remove it.",
    source: "Metadata API Developer Guide 67.0, WorkSkillRouting",
    evidence: &[Evidence::Documented],
    fails: "
== Skill Support
    <label>Support</label>
== QueueRoutingConfig By_Skill
    <capacityWeight>1.0</capacityWeight>
    <isAttributeBased>true</isAttributeBased>
    <label>By Skill</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
    <skills>
        <skill>Support</skill>
    </skills>
== Queue Support
    <name>Support</name>
    <queueRoutingConfig>By_Skill</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== WorkSkillRouting Case
    <isActive>false</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
    <workSkillRoutingAttributes>
        <field>Case.Origin</field>
        <skill>Support</skill>
        <value>Phone</value>
    </workSkillRoutingAttributes>
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
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let Some(sets) = RuleSets::known(graph) else { return };
    let configs: Vec<BySkills<'_>> = by_skills(graph).filter(|routed| !routed.asks_for_nothing(graph, &sets)).collect();
    let mut first: FxHashMap<NodeId, &BySkills<'_>> = FxHashMap::default();
    for routed in &configs {
        for &object in &routed.objects {
            first.entry(object).or_insert(routed);
        }
    }
    for set in graph.all::<WorkSkillRouting>().filter(|set| set.value.is_active.is_false()) {
        let (Some(off), Some(object)) = (set.value.is_active.span(), set.value.related_entity.get()) else { continue };
        let routed = graph.find(Kind::Object, object).and_then(|object| first.get(&object));
        let Some(routed) = routed else { continue };
        // One without rules asks for nothing, active or not.
        let has_rules = !set.value.attributes.is_empty();
        let message = format!(
            "the skill mapping set `{}` is not active, so the `{object}` work that the routing configuration `{}` \
             routes by skills gets none of its skills",
            set.component.name, routed.config.component.name
        );
        let finding = cx
            .report(Note, set.component.at(off), message)
            .label("not active")
            .related(routed.place(), "routes by skills")
            .element("isActive");
        if has_rules {
            finding.help("set `isActive` to `true`, or remove the skill mapping set").fix(
                "set `isActive` to `true`",
                Unsafe,
                set_value(off, "true"),
            );
        } else {
            finding.help("add rules and set `isActive` to `true`, or remove the skill mapping set");
        }
    }
}
