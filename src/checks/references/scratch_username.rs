use rustc_hash::FxHashSet;

use super::element;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::graph::NodeId;
use crate::schema::Kind;

check!("OC214", "scratch-username", "scratch_username.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let is_scratch = |_, node: &crate::graph::Node| node.kind == Kind::User && is_generated(&node.name);
    let mut told: FxHashSet<NodeId> = FxHashSet::default();
    for (from, to, edge) in graph.edges_to(is_scratch) {
        if !told.insert(from) {
            continue;
        }
        let source = graph.node(from);
        let message = format!(
            "the {} `{}` names the user `{}`, whose username one scratch org alone has: a deploy to any other org fails",
            source.kind.noun(),
            source.name,
            graph.name(to)
        );
        let finding = cx
            .report(Warning, edge.location, message)
            .label("generated for a scratch org")
            .help("name a public group, role or profile instead, or fill the username in with `replacements`");
        if let Some(path) = element(graph, from, edge) {
            finding.element(path);
        }
    }
}

/// True for `test-` and twelve letters and digits at `example.com`, with an ending that makes it unique at most.
fn is_generated(username: &str) -> bool {
    let lower = username.to_lowercase();
    let stem = lower.strip_prefix("test-").and_then(|rest| rest.split_once('@'));
    stem.is_some_and(|(name, host)| {
        name.len() == 12 && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) && host.starts_with("example.com")
    })
}
