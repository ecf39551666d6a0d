use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::metadata::Queue;
use crate::text::looks_filled_in;

check!("OC112", "invalid-email", "invalid_email.md", [Warning]);

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
