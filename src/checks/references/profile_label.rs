//! OC210

use super::element;
use crate::checks::{Check, Checker};
use crate::diagnostics::Severity::Warning;
use crate::graph::Resolution;
use crate::schema::Kind;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC210",
    name: "profile-label",
    severities: &[Warning],
    strict: false,
    summary: "A standard profile is named by its label.",
    what: "Reports the label of a standard profile, such as `System Administrator`, where a presence configuration, a \
           supervisor configuration or a skill names a profile. Silent where the project has a profile of that name. Case \
           does not count. Custom profiles have their label as their name, and are never reported.",
    why: "A deploy looks a profile up by its name in the Metadata API, and fails: `no Profile named … found`. The names of \
          standard profiles differ from their labels.",
    fix: "Write the name that the Metadata API has for the profile.",
    source: "Salesforce's sf-skills notes on supervisor configurations; Salesforce Stack Exchange 113370; seen in real \
             projects",
    fails: "
== PresenceUserConfig Agents
    <assignments>
        <profiles>
            <profile>System Administrator</profile>
        </profiles>
    </assignments>
    <capacity>5</capacity>
    <label>Agents</label>
",
    passes: "
== PresenceUserConfig Agents
    <assignments>
        <profiles>
            <profile>Admin</profile>
        </profiles>
    </assignments>
    <capacity>5</capacity>
    <label>Agents</label>
",
    run,
};

/// Labels of standard profiles, each with the name.
const LABELS: [(&str, &str); 5] = [
    ("System Administrator", "Admin"),
    ("Standard User", "Standard"),
    ("Solution Manager", "SolutionManager"),
    ("Contract Manager", "ContractManager"),
    ("Marketing User", "MarketingProfile"),
];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for (from, to, edge) in graph.edges() {
        let (source, profile) = (graph.node(from), graph.node(to));
        if profile.kind != Kind::Profile || profile.resolution != Resolution::External {
            continue;
        }
        let Some((label, name)) = LABELS.iter().find(|(label, _)| label.eq_ignore_ascii_case(&profile.name)) else {
            continue;
        };
        let message = format!(
            "the {} `{}` names the profile `{label}` by its label: a deploy finds it by the name `{name}` only",
            source.kind.noun(),
            source.name
        );
        let finding = cx.report(Warning, edge.location, message).label("a label").help(format!("write `{name}`"));
        if let Some(path) = element(graph, from, edge) {
            finding.element(path);
        }
    }
}
