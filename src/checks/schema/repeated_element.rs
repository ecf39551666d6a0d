//! OC104

use super::{at, element, violations};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Applicability::Safe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Error;
use crate::schema::ViolationKind;
use crate::source::Location;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC104",
    name: "repeated-element",
    severities: &[Error],
    strict: false,
    summary: "An element comes again where it may not.",
    what: "Reports an element that may stand once and stands twice, and a repeatable element of the component that \
           comes again after other elements: its occurrences must form one block. The order of different elements is \
           free, and so is all order inside of elements. Files that are not well-formed are left out.",
    why: "A deploy rejects the file: `Element … is duplicated at this location in type …`.",
    fix: "Remove one of the two, or move it to the others.",
    source: "Metadata API WSDL 47.0 to 66.0; the deploy error as many have reported it on GitHub and Salesforce Stack \
             Exchange",
    evidence: &[Evidence::ErrorSeen, Evidence::Documented],
    fails: "
== Queue Support
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueSobject>
        <sobjectType>Lead</sobjectType>
    </queueSobject>
",
    passes: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
    <queueSobject>
        <sobjectType>Lead</sobjectType>
    </queueSobject>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    for (file, violation) in violations(cx) {
        let name = element(violation);
        let (message, label, earlier, there, help, fix) = match &violation.kind {
            ViolationKind::Repeated { first, same } => (
                format!("`{name}` comes twice, where it may stand once: a deploy rejects the file"),
                "the second",
                *first,
                "the first",
                format!("remove one of the two `{name}`"),
                same.then(|| (format!("remove the second `{name}`"), Change::Remove { span: violation.span })),
            ),
            ViolationKind::NotContiguous(end) => (
                format!("`{name}` comes again after other elements: a deploy accepts them in one block only"),
                "apart from the others",
                *end,
                "the others end here",
                format!("move it to the other `{name}`"),
                Some((format!("move it to the other `{name}`"), Change::Gather { span: violation.span })),
            ),
            _ => continue,
        };
        let finding = cx
            .report(Error, at(file, violation), message)
            .label(label)
            .related(Location::new(file.id, earlier), there)
            .help(help)
            .element(violation.path.as_str());
        if let Some((title, change)) = fix {
            finding.fix(title, Safe, change);
        }
    }
}
