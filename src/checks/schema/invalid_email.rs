//! OC112

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;
use crate::metadata::Queue;
use crate::text::looks_filled_in;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC112",
    name: "invalid-email",
    severities: &[Warning],
    strict: false,
    summary: "The email address of a queue is not one.",
    what: "Reports an `email` of a queue without exactly one `@` between a name and a host, or with spaces. What is filled \
           in at deploy time, such as `${ADMIN_EMAIL}`, is left alone.",
    why: "The org's field is of the type email: it refuses anything else, or nobody is notified of new records.",
    fix: "Write an email address, or remove the element.",
    source: "Object Reference 67.0, Group. That a deploy refuses other texts is assumed",
    evidence: &[Evidence::Documented, Evidence::Assumed],
    fails: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <email>support team</email>
    <name>Support</name>
",
    passes: "
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <email>support@example.com</email>
    <name>Support</name>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    for queue in cx.graph.all::<Queue>() {
        let Some(email) = queue.value.email.spanned().filter(|email| !is_email(&email.value)) else { continue };
        let message =
            format!("the queue `{}` has the email address `{}`, which is not one", queue.component.name, email.value);
        cx.report(Warning, queue.component.at(email.span), message)
            .label("not an email address")
            .help("write an address such as `support@example.com`, or remove `email`")
            .element("email");
    }
}

/// True for what may be an address, and for what is filled in later.
fn is_email(text: &str) -> bool {
    let is_address = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !host.contains('@') && host.split('.').all(|label| !label.is_empty()) && host.contains('.')
    });
    looks_filled_in(text) || (is_address && !text.contains(char::is_whitespace))
}
