//! OC111

use super::{at, element, violations};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Applicability::Safe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Error, Warning};
use crate::schema::ViolationKind;
use crate::source::Location;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC111",
    name: "duplicate-entry",
    severities: &[Error, Warning],
    strict: false,
    summary: "The same entry twice in one list.",
    what: "Reports a value that stands twice in a list of one component: members and objects of a queue, channels of a \
           presence status, decline reasons and assignments of a presence configuration, skills, and what a supervisor \
           configuration shows. An error for a user or profile who supervises, which Salesforce keeps unique.",
    why: "At best the second entry changes nothing, and a deploy may refuse it; often another name was meant.",
    fix: "Remove the second entry, or write the name that was meant.",
    source: "Set Up Omni-Channel Developer Guide v56; Object Reference 67.0, OmniSupervisorConfigUser and \
             OmniSupervisorConfigProfile; forcedotcom/sf-skills, notes on supervisors and queues (`DUPLICATE_VALUE`, seen \
             when records were created; that a deploy says the same is assumed)",
    evidence: &[Evidence::ErrorSeen, Evidence::Assumed],
    fails: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
",
    passes: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
            <user>ben@example.com</user>
        </users>
    </queueMembers>
",
    run,
};

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
