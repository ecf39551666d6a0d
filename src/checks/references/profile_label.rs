use super::element;
use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Severity::Warning;
use crate::graph::{Node, Resolution};
use crate::schema::Kind;

check!("OC210", "profile-label", "profile_label.md", [Warning]);

/// Labels of standard profiles, each with the name.
const LABELS: [(&str, &str); 6] = [
    ("System Administrator", "Admin"),
    ("Standard User", "Standard"),
    ("Standard Platform User", "StandardAul"),
    ("Solution Manager", "SolutionManager"),
    ("Contract Manager", "ContractManager"),
    ("Marketing User", "MarketingProfile"),
];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let labels: Vec<_> = graph.nodes().filter_map(|(id, node)| Some((id, labelled(node)?))).collect();
    if labels.is_empty() {
        return;
    }
    for (from, to, edge) in graph.edges_to(|id, _| labels.iter().any(|(label, _)| *label == id)) {
        let Some((_, (label, name))) = labels.iter().find(|(id, _)| *id == to) else { continue };
        let source = graph.node(from);
        let message = format!(
            "the {} `{}` names the profile `{label}` by its label: a deploy finds it by the name `{name}` only",
            source.kind.noun(),
            source.name
        );
        let finding = cx.report(Warning, edge.location, message).label("a label").help(format!("write `{name}`")).fix(
            format!("write `{name}`"),
            Unsafe,
            set_value(edge.location.span, *name),
        );
        if let Some(path) = element(graph, from, edge) {
            finding.element(path);
        }
    }
}

/// The label that a profile is named by, and its name, if the project has no profile of that name.
fn labelled(node: &Node) -> Option<(&'static str, &'static str)> {
    let is_named = node.kind == Kind::Profile && node.resolution == Resolution::External;
    LABELS.into_iter().find(|(label, _)| is_named && label.eq_ignore_ascii_case(&node.name))
}
