//! The formats of a run, as JSON Schemas.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use crate::narrate::RunSummary;
use crate::runtime::TimedEffect;
use crate::script;

/// A line of output: an effect.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Effect", description = "Something that happened in a run: a line of what `omnic run` prints.")]
pub(super) struct EffectLine<'e> {
    /// The effect.
    #[serde(flatten)]
    pub(super) effect: &'e TimedEffect,
    /// With `refused`: the line of the event, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<u64>,
    /// With `refused`: why, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<String>,
}

/// A line at the end of the output, with `--summary`.
#[derive(Serialize, JsonSchema)]
#[schemars(
    title = "Summary",
    description = "What a run comes to: a line at the end of what `omnic run --summary` prints."
)]
pub(super) struct SummaryLine {
    /// The figures.
    pub(super) summary: RunSummary,
}

/// The schemas by the names of their files: effects, the summary, and what may be written for a run.
pub fn schemas() -> Vec<(&'static str, String)> {
    let lines = [("run-effects", schema_of::<EffectLine<'_>>()), ("run-summary", schema_of::<SummaryLine>())];
    let all = lines.into_iter().chain(script::schemas());
    all.map(|(name, schema)| (name, format!("{:#}\n", schema.as_value()))).collect()
}

fn schema_of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}
