use super::{at, element, violations};
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Safe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Error;
use crate::schema::ViolationKind;
use crate::source::Location;

check!("OC104", "repeated-element", "repeated_element.md", [Error]);

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
