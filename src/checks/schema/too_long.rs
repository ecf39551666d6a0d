use super::{at, element, violations};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::schema::ViolationKind;
use crate::text::count;

check!("OC108", "too-long", "too_long.md", [Warning]);

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
