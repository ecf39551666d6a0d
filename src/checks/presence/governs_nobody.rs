//! OC413

use super::whole_configs;
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::graph::{Graph, Item};
use crate::metadata::PresenceUserConfig;
use crate::schema::Role;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC413",
    name: "governs-nobody",
    severities: &[Note],
    strict: false,
    summary: "A presence configuration is assigned to nobody.",
    what: "Reports a presence configuration without `assignments` to users or profiles. The org's default configuration needs \
           none: one whose name or label says `default` is left alone.",
    why: "A presence configuration has an effect only for the users and profiles that it names.",
    fix: "Assign it to the profiles of its reps, or remove it. Where it is assigned in the org alone, a deploy of this \
          file may take that away.",
    source: "Set Up Omni-Channel Developer Guide v56, PresenceUserConfig. Which configuration is the org's default stands in \
             no file: that it is called so is assumed",
    evidence: &[Evidence::Documented, Evidence::Assumed],
    fails: "
== PresenceUserConfig Agents
    <capacity>5</capacity>
    <label>Agents</label>
",
    passes: "
== PresenceUserConfig Agents
    <assignments>
        <profiles>
            <profile>Standard</profile>
        </profiles>
    </assignments>
    <capacity>5</capacity>
    <label>Agents</label>
== PresenceUserConfig default_presence_config
    <capacity>5</capacity>
    <label>Default Presence Configuration</label>
",
    run,
};

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
