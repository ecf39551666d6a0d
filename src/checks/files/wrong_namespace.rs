use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Safe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Error, Note};
use crate::schema::ViolationKind;
use crate::schema::validate::NAMESPACE;
use crate::source::{Location, Span};

check!("OC004", "wrong-namespace", "wrong_namespace.md", [Error, Note]);

/// The namespace that tools wrote who read the Tooling API.
const TOOLING: &str = "urn:metadata.tooling.soap.sforce.com";

fn run(cx: &mut Checker<'_>) {
    for file in &cx.graph.files {
        for violation in &file.violations {
            let ViolationKind::WrongNamespace(found) = &violation.kind else { continue };
            let what = match found {
                Some(found) => format!("is in the namespace `{found}`"),
                None => "is in no namespace".to_owned(),
            };
            let (severity, why) = match found.as_deref() {
                Some(TOOLING) => (Note, "deploys have accepted it, but a retrieve writes the Metadata API's"),
                _ => (Error, "a deploy accepts only the Metadata API's"),
            };
            let message = format!("the root element of {} {what}: {why}", file.title());
            let finding = cx
                .report(severity, Location::new(file.id, violation.span), message)
                .label(if found.is_some() { "another namespace" } else { "no `xmlns`" })
                .help(format!("write `xmlns=\"{NAMESPACE}\"`"));
            let (span, text) = match found {
                Some(_) => (violation.span, NAMESPACE.to_owned()),
                None => (Span::at(violation.span.end), format!(" xmlns=\"{NAMESPACE}\"")),
            };
            finding.fix("write the Metadata API's namespace", Safe, Change::Replace { span, text });
        }
    }
}
