//! OC202

use super::{element, write};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Applicability::{Safe, Unsafe};
use crate::diagnostics::Severity::Note;
use crate::graph::Resolution;
use crate::schema::Kind;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC202",
    name: "reference-case",
    severities: &[Note],
    strict: false,
    summary: "A name written in another case than the component's own.",
    what: "Reports a reference that finds its component only because upper and lower case are taken as the same. \
           Profiles, users, objects and roles are left alone: retrieved files have them in any case.",
    why: "Salesforce treats the two as one name, but searches, scripts and diffs do not, and what is retrieved after \
          a deploy differs from what was deployed.",
    fix: "Write the name as the component's file does.",
    source: "Set Up Omni-Channel Developer Guide v56, developer names; seen in real projects",
    evidence: &[Evidence::RealFiles, Evidence::Assumed],
    fails: "
== ServiceChannel Cases
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== ServicePresenceStatus Available
    <channels>
        <channel>cases</channel>
    </channels>
    <label>Available</label>
",
    passes: "
== ServiceChannel Cases
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== ServicePresenceStatus Available
    <channels>
        <channel>Cases</channel>
    </channels>
    <label>Available</label>
",
    run,
};

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
