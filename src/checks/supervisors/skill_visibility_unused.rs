//! OC706

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Note;
use crate::metadata::OmniSupervisorConfig;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC706",
    name: "skill-visibility-unused",
    severities: &[Note],
    strict: true,
    summary: "A supervisor configuration says how skills are matched, but lists none.",
    what: "Reports `skillVisibility` in a supervisor configuration without `omniSupervisorConfigSkill`. Only in strict mode, \
           since every retrieved supervisor configuration has the element.",
    why: "`skillVisibility` says whether visible work needs all or any of the skills of the list; without a list it says \
          nothing.",
    fix: "List the skills, or remove `skillVisibility`.",
    source: "Set Up Omni-Channel Developer Guide v56, OmniSupervisorConfig; seen in real projects",
    evidence: &[Evidence::Documented, Evidence::RealFiles],
    fails: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigUser>
        <user>ana@example.com</user>
    </omniSupervisorConfigUser>
    <skillVisibility>AnySkill</skillVisibility>
",
    passes: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigSkill>
        <skill>Billing</skill>
    </omniSupervisorConfigSkill>
    <omniSupervisorConfigUser>
        <user>ana@example.com</user>
    </omniSupervisorConfigUser>
    <skillVisibility>AnySkill</skillVisibility>
",
    run,
};

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
