//! OC612

use super::RULES;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;
use crate::metadata::WorkSkillRouting;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC612",
    name: "rule-set-without-rules",
    severities: &[Warning],
    strict: false,
    summary: "An active skill mapping set has no rules.",
    what: "Reports a skill mapping set with `isActive` on and without `workSkillRoutingAttributes`.",
    why: "No field value asks for a skill: work that is routed by skills goes to any rep who is available.",
    fix: "Add rules, or set `isActive` to `false`.",
    source: "forcedotcom/sf-skills, notes on skill mapping sets, whose script refuses to activate such a set",
    evidence: &[Evidence::Documented],
    fails: "
== WorkSkillRouting Case
    <isActive>true</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
",
    passes: "
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
    for set in graph.all::<WorkSkillRouting>().filter(|set| set.value.is_active.is_true()) {
        if !set.value.attributes.is_empty() || graph.may_hold(set.component, &RULES) {
            continue;
        }
        let message = format!(
            "the skill mapping set `{}` is active but has no rules, so it asks for no skill",
            set.component.name
        );
        let place = set.value.is_active.span().unwrap_or(set.component.span);
        cx.report(Warning, set.component.at(place), message)
            .label("active without rules")
            .help("add `<workSkillRoutingAttributes>`, or set `isActive` to `false`")
            .element("isActive");
    }
}
