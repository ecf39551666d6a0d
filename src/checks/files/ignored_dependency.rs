use std::collections::BTreeMap;

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::graph::{Graph, Node, NodeId, Resolution};
use crate::source::{FileId, Location, Span};
use crate::text::list;

check!("OC008", "ignored-dependency", "ignored_dependency.md", [Warning]);

/// An ignored file, and who refers to it, in the order of paths.
struct Ignored {
    file: FileId,
    from: Vec<(NodeId, Location)>,
}

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for (target, Ignored { file, from }) in ignored(graph) {
        let Some(&(_, first)) = from.first() else { continue };
        let node = graph.node(target);
        let mut sources: Vec<NodeId> = from.iter().map(|&(source, _)| source).collect();
        sources.dedup();
        let (noun, name) = (node.kind.noun(), &node.name);
        let who = match sources.as_slice() {
            [one] => format!("the {} `{}` names", graph.node(*one).kind.noun(), graph.name(*one)),
            many => format!("{} name", list(many.iter().map(|&source| graph.name(source)), 3)),
        };
        let message = format!(
            "{who} the {noun} `{name}`, which `.forceignore` keeps out of the deploy: it fails unless the org has it"
        );
        let finding = cx.report(Warning, first, message).label("kept out of the deploy");
        let finding =
            from.iter().skip(1).take(3).fold(finding, |finding, &(_, at)| finding.related(at, "named here too"));
        finding
            .related(Location::new(file, Span::default()), "ignored")
            .help(format!("take the file of `{name}` out of `.forceignore`, or deploy the {noun} to the org first"));
    }
}

fn ignored(graph: &Graph) -> BTreeMap<NodeId, Ignored> {
    let mut ignored: BTreeMap<NodeId, Ignored> = BTreeMap::new();
    let is_ignored = |_, target: &Node| matches!(target.resolution, Resolution::Ignored(_));
    for (source, target, edge) in graph.edges_to(is_ignored) {
        if let Resolution::Ignored(file) = graph.node(target).resolution {
            let of = ignored.entry(target).or_insert_with(|| Ignored { file, from: Vec::new() });
            of.from.push((source, edge.location));
        }
    }
    ignored
}
