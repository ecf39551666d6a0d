use super::is_known;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::metadata::{OmniSupervisorConfig, OmniSupervisorConfigAction};
use crate::text::list;

check!("OC702", "unknown-action", "unknown_action.md", [Warning]);

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
