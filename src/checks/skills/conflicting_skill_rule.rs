use rustc_hash::FxHashMap;

use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::{Safe, Unsafe};
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Note, Warning};
use crate::metadata::{WorkSkillRouting, WorkSkillRoutingAttribute};

check!("OC606", "conflicting-skill-rule", "conflicting_skill_rule.md", [Warning, Note]);

fn run(cx: &mut Checker<'_>) {
    for set in cx.graph.all::<WorkSkillRouting>() {
        let mut first = FxHashMap::default();
        for rule in &set.value.attributes {
            let (Some(field), Some(skill)) = (rule.field.get(), rule.skill.spanned()) else { continue };
            if rule.has_filled_in() {
                continue;
            }
            let value = rule.value.get().map(|value| &**value);
            let (earlier, place) =
                *first.entry((field.to_lowercase(), value, skill.value.to_lowercase())).or_insert((rule, skill.span));
            if std::ptr::eq(earlier, rule) {
                continue;
            }
            let when = value.map_or_else(|| format!("`{field}`"), |value| format!("`{field}` = `{value}`"));
            let has = format!("the skill mapping set `{}` has two rules for {when} and the skill", set.component.name);
            let (severity, message, label) = match difference(earlier, rule) {
                Some(difference) => (
                    Warning,
                    format!("{has} `{}` that differ in {difference}: which one counts is not documented", skill.value),
                    "the second rule",
                ),
                None => (Note, format!("{has} `{}`: the second changes nothing", skill.value), "the second rule"),
            };
            let finding = cx
                .report(severity, set.component.at(skill.span), message)
                .label(label)
                .related(set.component.at(place), "the first rule")
                .help("keep one of the two rules, or write the value or skill that was meant")
                .element("workSkillRoutingAttributes/skill");
            if severity == Note {
                let applicability = if is_written_alike(earlier, rule) { Safe } else { Unsafe };
                finding.fix("remove the second rule", applicability, Change::Remove { span: rule.span });
            }
        }
    }
}

/// True if the two rules have the same values, letter by letter.
fn is_written_alike(a: &WorkSkillRoutingAttribute, b: &WorkSkillRoutingAttribute) -> bool {
    a.field.get() == b.field.get()
        && a.value.get() == b.value.get()
        && a.skill.get() == b.skill.get()
        && a.skill_level.get() == b.skill_level.get()
        && a.is_additional_skill.get() == b.is_additional_skill.get()
        && a.skill_priority.get() == b.skill_priority.get()
}

/// What two rules for one skill differ in. A level and a priority that are not given are 0.
fn difference(a: &WorkSkillRoutingAttribute, b: &WorkSkillRoutingAttribute) -> Option<&'static str> {
    let level = |rule: &WorkSkillRoutingAttribute| rule.skill_level.get().copied().unwrap_or(0);
    let additional = |rule: &WorkSkillRoutingAttribute| rule.is_additional_skill.is_true();
    let priority = |rule: &WorkSkillRoutingAttribute| rule.skill_priority.get().copied().unwrap_or(0);
    if level(a) != level(b) {
        Some("`skillLevel`")
    } else if additional(a) != additional(b) {
        Some("`isAdditionalSkill`")
    } else if additional(a) && priority(a) != priority(b) {
        Some("`skillPriority`")
    } else {
        None
    }
}
