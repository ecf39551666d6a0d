use super::route_works;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{self, Note, Warning};
use crate::graph::Item;
use crate::metadata::Flow;

check!("OC813", "routing-flow-without-record", "routing_flow_without_record.md", [Warning, Note]);

/// The variable in which Omni-Channel gives a flow the record.
const VARIABLE: &str = "recordId";

fn run(cx: &mut Checker<'_>) {
    let mut last = None;
    for work in route_works(cx.graph) {
        if last.replace(work.flow.component.file) != Some(work.flow.component.file) {
            let severity = if work.active { Warning } else { Note };
            check_flow(cx, work.flow, severity);
        }
    }
}

fn check_flow(cx: &mut Checker<'_>, flow: Item<'_, Flow>, severity: Severity) {
    let Some(kind) = flow.value.process_type.spanned().filter(|kind| &*kind.value == "RoutingFlow") else { return };
    let mut named = flow
        .value
        .variables
        .iter()
        .filter(|variable| variable.name.get().is_some_and(|name| name.eq_ignore_ascii_case(VARIABLE)));
    let variable = named.next();
    if variable.is_some_and(|variable| variable.is_input.is_true() && !variable.is_collection.is_true()) {
        return;
    }
    let (at, label, state, help) = match variable {
        Some(variable) if variable.is_collection.is_true() => (
            variable.span,
            "a collection",
            "has a variable `recordId` that is a collection",
            "make `recordId` a variable for one value",
        ),
        Some(variable) => (
            variable.span,
            "not available for input",
            "has a variable `recordId` that is not available for input",
            "make `recordId` available for input",
        ),
        None => (
            kind.span,
            "an Omni-Channel flow",
            "has no variable `recordId`",
            "add a variable `recordId` of the type Text that is available for input, and route that",
        ),
    };
    let message = format!(
        "the flow `{}` {state}, so Omni-Channel cannot give it the record that is to be routed",
        flow.component.name
    );
    cx.report(severity, flow.component.at(at), message).label(label).help(help).element(if variable.is_some() {
        "variables"
    } else {
        "processType"
    });
}
