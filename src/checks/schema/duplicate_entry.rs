use super::{at, element, violations};
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Safe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Error, Warning};
use crate::schema::ViolationKind;
use crate::source::Location;

check!("OC111", "duplicate-entry", "duplicate_entry.md", [Error, Warning]);

/// Entries of which an org keeps each value once.
const UNIQUE: [&str; 2] = ["omniSupervisorConfigUser/user", "omniSupervisorConfigProfile/profile"];

fn run(cx: &mut Checker<'_>) {
    for (file, violation) in violations(cx) {
        let ViolationKind::Duplicate { value, first, entry, same } = &violation.kind else { continue };
        let (severity, why) = if UNIQUE.contains(&violation.path.as_str()) {
            (Error, "Salesforce refuses the second")
        } else {
            (Warning, "at best the second changes nothing, a deploy may refuse it")
        };
        let message = format!("{} lists the {} `{value}` twice: {why}", file.title(), element(violation));
        let finding = cx
            .report(severity, at(file, violation), message)
            .label("the second")
            .related(Location::new(file.id, *first), "the first")
            .help("remove this entry, or write the name that was meant")
            .element(violation.path.as_str());
        if *same {
            finding.fix(format!("remove the second `{value}`"), Safe, Change::Remove { span: *entry });
        }
    }
}
