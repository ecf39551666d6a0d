//! OC111

use super::{at, element, violations};
use crate::checks::{Check, Checker};
use crate::diagnostics::Applicability::Safe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::schema::ViolationKind;
use crate::source::Location;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC111",
    name: "duplicate-entry",
    severities: &[Warning],
    strict: false,
    summary: "The same entry twice in one list.",
    what: "Reports a value that stands twice in a list of one component: members and objects of a queue, channels of a \
           presence status, decline reasons and assignments of a presence configuration, skills, and what a supervisor \
           configuration shows.",
    why: "The second entry changes nothing; often another name was meant.",
    fix: "Remove the second entry, or write the name that was meant.",
    source: "Set Up Omni-Channel Developer Guide v56",
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

fn run(cx: &mut Checker<'_>) {
    for (file, violation) in violations(cx) {
        let ViolationKind::Duplicate { value, first, entry, same } = &violation.kind else { continue };
        let message =
            format!("{} lists the {} `{value}` twice: the second changes nothing", file.title(), element(violation));
        let finding = cx
            .report(Warning, at(file, violation), message)
            .label("the second")
            .related(Location::new(file.id, *first), "the first")
            .help("remove this entry, or write the name that was meant")
            .element(violation.path.as_str());
        if *same {
            finding.fix(format!("remove the second `{value}`"), Safe, Change::Remove { span: *entry });
        }
    }
}
