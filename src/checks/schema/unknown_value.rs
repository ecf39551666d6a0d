use super::{at, element, unknown, violations};
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::{Safe, Unsafe};
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Error, Warning};
use crate::graph::Graph;
use crate::schema::Enum;
use crate::schema::ViolationKind;
use crate::text::list;

check!("OC106", "unknown-value", "unknown_value.md", [Error, Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let (severity, why) = unknown(graph);
    for (file, violation) in violations(cx) {
        let ViolationKind::UnknownValue { found, allowed, meant, certain } = &violation.kind else { continue };
        let name = element(violation);
        let values = values(graph, allowed);
        let message = if found.is_empty() {
            format!("`{name}` is empty, and must be one of {values}")
        } else {
            format!("`{name}` has no value `{found}`, {why}")
        };
        let help = match meant {
            Some(meant) => format!("write `{meant}`; all values are {values}"),
            None => format!("write one of {values}"),
        };
        let finding = cx
            .report(severity, at(file, violation), message)
            .label(meant.map_or_else(|| "not a value".to_owned(), |meant| format!("did you mean `{meant}`?")))
            .help(help)
            .element(violation.path.as_str());
        if let Some(meant) = meant.filter(|meant| is_there(graph, allowed, meant)) {
            let applicability = if *certain && severity == Error { Safe } else { Unsafe };
            let change = Change::SetValue { span: violation.span, value: meant.to_owned() };
            finding.fix(format!("write `{meant}`"), applicability, change);
        }
    }
}

/// True if the project's API version has the value.
fn is_there(graph: &Graph, allowed: &Enum, value: &str) -> bool {
    let since = allowed.values.get(value).and_then(|value| value.since);
    since.is_none_or(|since| since <= graph.api_version.0)
}

/// The values that the project's API version has.
fn values(graph: &Graph, allowed: &Enum) -> String {
    list(allowed.values.keys().filter(|value| is_there(graph, allowed, value)), 64)
}
