use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Note;
use crate::metadata::OmniSupervisorConfig;

check!("OC706", "skill-visibility-unused", "skill_visibility_unused.md", [Note], Strict, AboutUnused);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<OmniSupervisorConfig>() {
        let Some(visibility) = config.value.skill_visibility.spanned() else { continue };
        if !config.value.skills.is_empty() || graph.may_hold(config.component, &["omniSupervisorConfigSkill"]) {
            continue;
        }
        let message = format!(
            "the supervisor configuration `{}` has the `skillVisibility` `{}` but lists no skill: it has no effect",
            config.component.name,
            visibility.value.as_str()
        );
        cx.report(Note, config.component.at(visibility.span), message)
            .label("no effect")
            .help("add `<omniSupervisorConfigSkill>` for each visible skill, or remove `skillVisibility`")
            .fix("remove `skillVisibility`", Unsafe, Change::Remove { span: visibility.span })
            .element("skillVisibility");
    }
}
