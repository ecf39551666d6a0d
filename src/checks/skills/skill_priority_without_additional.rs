use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::metadata::{Spanned, WorkSkillRouting};

check!("OC608", "skill-priority-without-additional", "skill_priority_without_additional.md", [Warning]);

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
