//! For programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::report::{Judged, Report};
use crate::compare::{Cause, Change, Cut, Rename, Verdict};
use crate::text::json;

/// The version of the format: fields may be added to it, never changed or removed.
const FORMAT: u32 = 1;

/// A comparison in JSON.
#[derive(Serialize, JsonSchema)]
struct DiffOutput<'a> {
    /// The version of the format.
    format: u32,
    /// What was compared.
    old: SideOutput<'a>,
    /// With what.
    new: SideOutput<'a>,
    /// What the change does to work, the worst first. Empty if all work is routed alike.
    changes: &'a [Change],
    /// What has another name, and is the same otherwise.
    renames: &'a [Rename],
    /// Rows that differ and change nothing for any work that the plans know.
    without_effect: &'a [Cause],
    /// How many components people see otherwise.
    display: usize,
    /// Kinds of work that were not compared, because they are too many.
    cut: &'a [Cut],
    /// How this fits what was meant; absent without `--expect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'a Verdict>,
}

/// One side.
#[derive(Serialize, JsonSchema)]
struct SideOutput<'a> {
    /// What it is: a path, a plan or a revision.
    name: &'a str,
    /// The digest of its plan.
    digest: &'a str,
}

/// The report.
pub(super) fn write(report: &Report<'_>) -> String {
    let found = report.found;
    let side =
        |side: &'_ super::side::CompiledSide| -> (String, String) { (side.name.clone(), side.plan.digest.clone()) };
    let (old, new) = (side(report.old), side(report.new));
    let output = DiffOutput {
        format: FORMAT,
        old: SideOutput { name: old.0.trim_matches('`'), digest: &old.1 },
        new: SideOutput { name: new.0.trim_matches('`'), digest: &new.1 },
        changes: &found.changes,
        renames: &found.renames,
        without_effect: &found.without_effect,
        display: found.display,
        cut: &found.cut,
        verdict: report.judged.as_ref().map(|Judged(verdict)| verdict),
    };
    json::tidy_text(&output, 3) + "\n"
}

/// The JSON Schema of the format.
pub(super) fn schema() -> String {
    let schema = schemars::schema_for!(DiffOutput<'_>);
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}
