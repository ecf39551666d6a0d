//! The formats of a run, as JSON Schemas.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use crate::narrate::Summary;
use crate::script;

/// The last line of output, with `--summary`.
#[derive(Serialize, JsonSchema)]
#[schemars(
    title = "Summary",
    description = "What a run comes to: a line at the end of what `omnic run --summary` prints."
)]
pub(super) struct SummaryLine {
    /// The figures.
    pub(super) summary: Summary,
}

/// The schemas by the names of their files: events, effects, options, the summary.
pub fn schemas() -> Vec<(&'static str, String)> {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let summary = settings.into_generator().into_root_schema_for::<SummaryLine>();
    let mut schemas = script::schemas().to_vec();
    schemas.push(("run-summary", format!("{:#}\n", summary.as_value())));
    schemas
}
