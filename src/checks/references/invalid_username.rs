use super::element;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::graph::Node;
use crate::schema::Kind;
use crate::text::{is_record_id, looks_filled_in};

check!("OC209", "invalid-username", "invalid_username.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let is_wrong = |node: &Node| {
        node.kind == Kind::User && !node.name.contains('@') && !looks_filled_in(&node.name) && !is_record_id(&node.name)
    };
    if !graph.nodes().any(|(_, node)| is_wrong(node)) {
        return;
    }
    for (from, to, edge) in graph.edges() {
        let (source, user) = (graph.node(from), graph.node(to));
        if !is_wrong(user) || graph.file_of(edge.location).is_some_and(|file| file.is_broken_at(edge.location.span)) {
            continue;
        }
        let message = format!(
            "the {} `{}` names the user `{}`, which is not a username: a deploy does not find the user",
            source.kind.noun(),
            source.name,
            user.name
        );
        let finding = cx
            .report(Warning, edge.location, message)
            .label("no `@`")
            .help("write the username, which has the form of an email address");
        if let Some(path) = element(graph, from, edge) {
            finding.element(path);
        }
    }
}
