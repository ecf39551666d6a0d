//! OC011

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC011",
    name: "unused-suppression",
    severities: &[Warning],
    strict: false,
    summary: "A comment or an exception that silences nothing.",
    what: "Reports comments `<!-- omnic-ignore … -->` and exceptions in `omnic.toml` to which no finding belongs, and \
           comments behind which there is no element. It stays silent about checks that did not run: those that are off, \
           and strict ones without `--strict`.",
    why: "What it was written for is gone. Left where it is, it would silence the next finding of its kind, which nobody \
          has looked at.",
    fix: "Remove it. If the finding is still there, move the comment before the element that the finding is about.",
    source: "How `omnic` silences findings; no rule of Salesforce's",
    evidence: &[Evidence::Own],
    fails: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <!-- omnic-ignore OC111: retrieved twice, the org has one -->
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    passes: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
    <!-- omnic-ignore OC111: retrieved twice, the org has one -->
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    run,
};

/// Which findings a comment silences is known when all checks have run: `triage` reports these.
fn run(_: &mut Checker<'_>) {}
