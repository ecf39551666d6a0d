use super::{element, write};
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::{Safe, Unsafe};
use crate::diagnostics::Severity::Note;
use crate::graph::Resolution;
use crate::schema::Kind;

check!("OC202", "reference-case", "reference_case.md", [Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for (from, to, edge) in graph.edges().filter(|(.., edge)| !edge.exact) {
        let target = graph.node(to);
        let fixed = matches!(target.resolution, Resolution::Here | Resolution::Standard);
        if !fixed || target.kind == Kind::Profile {
            continue;
        }
        // Two components whose names differ by case alone are OC007's.
        if graph.components_of(to).any(|component| *component.name != *target.name) {
            continue;
        }
        let source = graph.node(from);
        let (noun, name) = (target.kind.noun(), &target.name);
        let message = format!(
            "the {} `{}` writes the name of the {noun} `{name}` in another case: not every tool treats the two as one name",
            source.kind.noun(),
            source.name
        );
        // A flow looks the name up when it runs, and how is not documented.
        let applicability = if source.kind == Kind::Flow { Unsafe } else { Safe };
        let finding = cx
            .report(Note, edge.location, message)
            .label(format!("its name is `{name}`"))
            .help(format!("write `{name}`"))
            .fix(format!("write `{name}`"), applicability, write(source.kind, edge.location.span, name));
        if let Some(path) = element(graph, from, edge) {
            finding.element(path);
        }
    }
}
