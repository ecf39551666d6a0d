use super::whole_configs;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::graph::{Graph, Item};
use crate::metadata::PresenceUserConfig;
use crate::schema::Role;

check!("OC413", "governs-nobody", "governs_nobody.md", [Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in whole_configs(graph).filter(|config| is_reported(graph, *config)) {
        let component = config.component;
        let message = format!(
            "the presence configuration `{}` is assigned to no user and no profile, so it governs nobody",
            component.name
        );
        cx.report(Note, component.location(), message)
            .label("governs nobody")
            .help("add `<assignments>` with the profiles or users that it is for, or remove it");
    }
}

/// True if a presence configuration is known to govern nobody, and that is reported here.
pub(super) fn is_reported(graph: &Graph, config: Item<'_, PresenceUserConfig>) -> bool {
    let (component, value) = (config.component, config.value);
    let says_default = |text: &str| text.to_lowercase().contains("default");
    let is_default = says_default(&component.name) || value.label.get().is_some_and(|label| says_default(label));
    let governs = graph.targets(config.node, Role::GovernsUser).next().is_some()
        || graph.targets(config.node, Role::GovernsProfile).next().is_some();
    !is_default && !governs && !graph.may_hold(component, &["assignments", "users", "profiles", "user", "profile"])
}
