use super::routing_actions;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};

check!("OC809", "setup-reference-incomplete", "setup_reference_incomplete.md", [Warning, Note]);

/// What names a component, and what says its type.
const PAIR: [&str; 2] = ["setupReference", "setupReferenceType"];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for work in routing_actions(graph).filter(|work| !graph.may_hold(work.flow.component, &PAIR)) {
        let severity = work.severity(Warning, Note);
        for input in &work.action.inputs {
            let (Some(name), Some(value)) = (input.name.get(), &input.value) else { continue };
            let (there, missing, place) = match (value.setup_reference.spanned(), value.setup_reference_type.spanned())
            {
                (Some(name), None) => (PAIR[0], PAIR[1], name.span),
                (None, Some(kind)) => (PAIR[1], PAIR[0], kind.span),
                _ => continue,
            };
            let message = format!(
                "{} gives `{name}` a `{there}` without `{missing}`: Salesforce requires the two together",
                work.title()
            );
            let add = match missing {
                "setupReferenceType" => "the type of what it names, such as `ServiceChannel`",
                _ => "the developer name",
            };
            cx.report(severity, work.flow.component.at(place), message)
                .label(format!("needs `{missing}`"))
                .help(format!("add `<{missing}>` with {add}"))
                .element(format!("actionCalls/inputParameters/value/{there}"));
        }
    }
}
