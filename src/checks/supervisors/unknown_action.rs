//! OC702

use super::is_known;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;
use crate::metadata::{OmniSupervisorConfig, OmniSupervisorConfigAction};
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC702",
    name: "unknown-action",
    severities: &[Warning],
    strict: false,
    summary: "A supervisor's action on a tab that does not have it.",
    what: "Reports an action that Salesforce documents, and a tab that it documents, but not the one on the other. Custom \
           actions exist on every tab.",
    why: "Only the documented pairs exist. A deploy may refuse another, and the supervisors get no such action.",
    fix: "Move the action to a tab that has it.",
    source: "Set Up Omni-Channel Developer Guide v56, OmniSupervisorConfigAction; Metadata API WSDL 57.0 to 66.0; \
             forcedotcom/sf-skills, the actions of an org at API 66.0, `ChangeGroups` among them; real projects agree. \
             That a deploy refuses others is assumed",
    evidence: &[Evidence::Documented, Evidence::RealFiles, Evidence::Assumed],
    fails: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigAction>
        <actionName>ManageQueues</actionName>
        <actionTab>AllAgents</actionTab>
        <displayOrder>0</displayOrder>
    </omniSupervisorConfigAction>
    <omniSupervisorConfigUser>
        <user>ana@example.com</user>
    </omniSupervisorConfigUser>
",
    passes: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigAction>
        <actionName>ManageQueues</actionName>
        <actionTab>QueuesBacklog</actionTab>
        <displayOrder>0</displayOrder>
    </omniSupervisorConfigAction>
    <omniSupervisorConfigUser>
        <user>ana@example.com</user>
    </omniSupervisorConfigUser>
",
    run,
};

/// The actions that do not exist everywhere, each with the tabs that have it.
const ACTIONS: [(&str, &[&str]); 6] = [
    ("AWSDashboard", &["AllAgents", "AssignedWork", "QueuesBacklog", "SkillsBacklog"]),
    ("AssignLearning", &["AllAgents"]),
    ("ChangeGroups", &["AllAgents"]),
    ("ChangeQueues", &["AllAgents"]),
    ("ChangeSkills", &["AllAgents"]),
    ("ManageQueues", &["QueuesBacklog"]),
];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<OmniSupervisorConfig>() {
        for OmniSupervisorConfigAction { action_name, action_tab, .. } in &config.value.actions {
            let (Some(action), Some(tab)) = (action_name.spanned(), action_tab.spanned()) else { continue };
            let Some((name, tabs)) = ACTIONS.iter().find(|(name, _)| *name == &*action.value) else { continue };
            if tabs.contains(&&*tab.value) || !is_known("OmniSupervisorActionTab", &tab.value) {
                continue;
            }
            let on_tab = ACTIONS.iter().filter(|(_, tabs)| tabs.contains(&&*tab.value)).map(|&(name, _)| name);
            let on_tab = list(on_tab.chain(["CustomAction"]), 7);
            let message = format!(
                "the tab `{}` has no action `{name}`: a deploy may refuse it, and the supervisors of the supervisor \
                 configuration `{}` do not get it",
                tab.value, config.component.name
            );
            cx.report(Warning, config.component.at(tab.span), message)
                .label(format!("has {on_tab}"))
                .related(config.component.at(action.span), "the action")
                .help(format!("move the action to {}, or remove it", list(*tabs, 4)))
                .element("omniSupervisorConfigAction/actionTab");
        }
    }
}
