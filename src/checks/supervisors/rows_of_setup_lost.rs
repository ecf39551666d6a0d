//! OC708

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::metadata::OmniSupervisorConfig;
use crate::source::ApiVersion;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC708",
    name: "rows-of-setup-lost",
    severities: &[Note],
    strict: false,
    summary: "A supervisor configuration without tabs or actions takes away those that were made in Setup.",
    what: "Reports a supervisor configuration that lists no tabs (from API 60.0) or no actions.",
    why: "A deploy replaces the tabs and actions of the configuration: what supervisors were given in Setup is lost.",
    fix: "Retrieve the configuration from the org that has them, or list the tabs and actions.",
    source: "forcedotcom/sf-skills, notes on supervisor configurations; real projects hold both kinds",
    evidence: &[Evidence::Documented],
    fails: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigProfile>
        <profile>admin</profile>
    </omniSupervisorConfigProfile>
",
    passes: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigAction>
        <actionName>ChangeQueues</actionName>
        <actionTab>AllAgents</actionTab>
        <displayOrder>0</displayOrder>
    </omniSupervisorConfigAction>
    <omniSupervisorConfigProfile>
        <profile>admin</profile>
    </omniSupervisorConfigProfile>
    <omniSupervisorConfigTab>
        <displayOrder>0</displayOrder>
        <tabType>Agents</tabType>
    </omniSupervisorConfigTab>
",
    run,
};

/// The first version with tabs.
const TABS: ApiVersion = ApiVersion(60);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<OmniSupervisorConfig>() {
        let no_tabs = config.value.tabs.is_empty() && graph.api_version >= TABS;
        let lacks = match (no_tabs, config.value.actions.is_empty()) {
            (true, true) => "tabs and no actions",
            (true, false) => "tabs",
            (false, true) => "actions",
            (false, false) => continue,
        };
        if graph.may_hold(config.component, &["omniSupervisorConfigTab", "omniSupervisorConfigAction"]) {
            continue;
        }
        let message = format!(
            "the supervisor configuration `{}` lists no {lacks}: a deploy removes those that were made in Setup",
            config.component.name
        );
        cx.report(Note, config.component.location(), message)
            .label(format!("no {lacks}"))
            .help("retrieve the configuration from the org that has them, unless it is to have none");
    }
}
