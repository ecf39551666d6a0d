//! OC004

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Applicability::Safe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Error, Note};
use crate::schema::ViolationKind;
use crate::schema::validate::NAMESPACE;
use crate::source::{Location, Span};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC004",
    name: "wrong-namespace",
    severities: &[Error, Note],
    strict: false,
    summary: "The root element is not in the Metadata API's namespace.",
    what: "Reports a root element without the namespace `http://soap.sforce.com/2006/04/metadata`, or with another. A \
           prefix that is declared for that namespace is as good as `xmlns`. The rest of the file is checked. A note for \
           the Tooling API's namespace, which Salesforce's own tools have written.",
    why: "The Metadata API knows its elements in its own namespace. Files in the Tooling API's namespace have been \
          deployed, and come back with the other.",
    fix: "Give the root element `xmlns=\"http://soap.sforce.com/2006/04/metadata\"`.",
    source: "Metadata API WSDL 47.0 to 66.0; for the Tooling API's namespace trailheadapps/lwc-recipes #532 and \
             forcedotcom/salesforcedx-vscode #1550. That a deploy refuses any other is assumed: no error text was seen",
    evidence: &[Evidence::RealFiles, Evidence::Assumed],
    fails: r#"
== file queues/Support.queue-meta.xml
<?xml version="1.0" encoding="UTF-8"?>
<Queue>
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
</Queue>
"#,
    passes: r#"
== file queues/Support.queue-meta.xml
<?xml version="1.0" encoding="UTF-8"?>
<Queue xmlns="http://soap.sforce.com/2006/04/metadata">
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
</Queue>
"#,
    run,
};

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
