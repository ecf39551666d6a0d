//! For programs.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::report::{Judged, Report};
use super::side::CompiledSide;
use crate::compare::{Cause, Change, Cut, Rename, Verdict};
use crate::text::json;

/// The version of the format: fields may be added to it, never changed or removed.
const FORMAT: u32 = 1;

/// A comparison in JSON.
#[derive(Serialize, JsonSchema)]
struct DiffOutput<'a> {
    /// The version of the format.
    format_version: u32,
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
    /// The root of the project, from the working directory: files are below it. Null: a plan, which does not say.
    root: Option<&'a str>,
    /// The digest of its plan.
    digest: &'a str,
    /// What is not compared, and why: a project with errors is compiled as far as it can be.
    notes: &'a [String],
}

/// The report.
pub(super) fn write(report: &Report<'_>) -> String {
    let found = report.found;
    let output = DiffOutput {
        format_version: FORMAT,
        old: side(report.old),
        new: side(report.new),
        changes: &found.changes,
        renames: &found.renames,
        without_effect: &found.without_effect,
        display: found.display,
        cut: &found.cut,
        verdict: report.judged.as_ref().map(|Judged(verdict)| verdict),
    };
    json::tidy_text(&output, 3) + "\n"
}

fn side(side: &CompiledSide) -> SideOutput<'_> {
    let CompiledSide { title, root, notes, plan, .. } = side;
    SideOutput { name: title, root: root.as_deref(), digest: &plan.digest, notes }
}

/// The JSON Schema of the format.
pub(super) fn schema() -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    json::pretty_text(&generator.into_root_schema_for::<DiffOutput<'_>>()) + "\n"
}
