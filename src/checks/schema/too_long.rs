//! OC108

use super::{at, element, violations};
use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;
use crate::schema::ViolationKind;
use crate::text::count;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC108",
    name: "too-long",
    severities: &[Warning],
    strict: false,
    summary: "A text with more characters than its field holds.",
    what: "Reports labels, names, descriptions and values with more characters than the field has in the org: 80 for most \
           labels, 40 for the names of queues and public groups, 255 for values.",
    why: "Salesforce rejects the text, or cuts it off.",
    fix: "Shorten the text.",
    source: "Object Reference 67.0. Assumed, as no length is documented: the label of a skill mapping set, and the values of \
             its rules and of a channel's priorities",
    evidence: &[Evidence::Documented, Evidence::Assumed],
    fails: "
== PresenceDeclineReason Expert_Needed
    <label>The customer asks for something that only the product experts of the second tier can answer</label>
",
    passes: "
== PresenceDeclineReason Expert_Needed
    <label>Needs a product expert</label>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    for (file, violation) in violations(cx) {
        let ViolationKind::TooLong { found, most } = violation.kind else { continue };
        let name = element(violation);
        let message = format!("`{name}` has {found} characters, but the org holds at most {most}");
        let excess = found.saturating_sub(most as usize);
        cx.report(Warning, at(file, violation), message)
            .label(format!("{} too many", count(excess, "character")))
            .help(format!("shorten `{name}` to {most} characters"))
            .element(violation.path.as_str());
    }
}
