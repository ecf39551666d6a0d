use super::RULES;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::metadata::WorkSkillRouting;

check!("OC612", "rule-set-without-rules", "rule_set_without_rules.md", [Warning]);

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
