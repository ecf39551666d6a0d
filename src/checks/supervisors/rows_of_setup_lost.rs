use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::metadata::OmniSupervisorConfig;
use crate::source::ApiVersion;

check!("OC708", "rows-of-setup-lost", "rows_of_setup_lost.md", [Note]);

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
