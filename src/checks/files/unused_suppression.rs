use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;

check!("OC011", "unused-suppression", "unused_suppression.md", [Warning], AboutUnused, NoComment, EachAlone);

/// Which findings a comment silences is known when all checks have run: `triage` reports these.
fn run(_: &mut Checker<'_>) {}
