//! OC608

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::metadata::{Spanned, WorkSkillRouting};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC608",
    name: "skill-priority-without-additional",
    severities: &[Warning],
    strict: false,
    summary: "A skill mapping rule gives a priority to a skill that is not an additional one.",
    what: "Reports a rule with a `skillPriority` above 0 whose `isAdditionalSkill` is off. A priority of 0 says nothing and \
           is accepted.",
    why: "The priority says in which order additional skills are dropped. A skill that is required is never dropped, so \
          its priority has no effect.",
    fix: "Make the skill an additional one, or remove the priority.",
    source: "Metadata API Developer Guide 67.0, WorkSkillRouting",
    evidence: &[Evidence::Documented],
    fails: "
== Skill German
    <label>German</label>
== WorkSkillRouting Case
    <isActive>true</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
    <workSkillRoutingAttributes>
        <field>Case.Language__c</field>
        <isAdditionalSkill>false</isAdditionalSkill>
        <skill>German</skill>
        <skillPriority>2</skillPriority>
        <value>de</value>
    </workSkillRoutingAttributes>
",
    passes: "
== Skill German
    <label>German</label>
== WorkSkillRouting Case
    <isActive>true</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
    <workSkillRoutingAttributes>
        <field>Case.Language__c</field>
        <isAdditionalSkill>true</isAdditionalSkill>
        <skill>German</skill>
        <skillPriority>2</skillPriority>
        <value>de</value>
    </workSkillRoutingAttributes>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for set in graph.all::<WorkSkillRouting>() {
        for rule in &set.value.attributes {
            let Some(&Spanned { value: priority @ 1.., span }) = rule.skill_priority.spanned() else { continue };
            let additional = &rule.is_additional_skill;
            let may_be = additional.is_missing() && graph.may_hold(set.component, &["isAdditionalSkill"]);
            if !additional.is_off() || may_be {
                continue;
            }
            let skill = rule.skill.get().map_or_else(|| "a skill".to_owned(), |skill| format!("the skill `{skill}`"));
            let message = format!(
                "a rule of the skill mapping set `{}` gives {skill} the priority {priority}, which has no effect: \
                 only additional skills are dropped",
                set.component.name
            );
            let finding = cx
                .report(Warning, set.component.at(span), message)
                .label("no effect")
                .help("set `isAdditionalSkill` to `true`, or remove `skillPriority`")
                .fix("remove `skillPriority`", Unsafe, Change::Remove { span })
                .element("workSkillRoutingAttributes/skillPriority");
            if let Some(span) = additional.span() {
                finding.related(set.component.at(span), "not an additional skill");
            }
        }
    }
}
