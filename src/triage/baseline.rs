//! Findings that were there when the tool was adopted, and that are not told until they are mended.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};

use crate::diagnostics::{Diagnostic, Identity};
use crate::source::SourceFile;
use crate::text::{json, without_place};

const FORMAT: u32 = 1;

/// Findings that were there before. They are known by what they are about, never by a line.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    entries: BTreeMap<Identity, u32>,
}

/// Findings of a baseline that are about the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BaselineEntry {
    /// What they are about.
    #[serde(flatten)]
    pub identity: Identity,
    /// How many there are.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: u32,
}

const fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_one(count: &u32) -> bool {
    *count == 1
}

/// Findings that are accepted as they are, and not told until they are mended. Written by `omnic baseline`.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(title = "omnic baseline")]
struct Document {
    /// Version of this format.
    #[schemars(extend("const" = FORMAT))]
    format_version: u32,
    /// The findings, sorted.
    findings: Vec<BaselineEntry>,
}

/// Why a text is no baseline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaselineError {
    /// It is not what `omnic baseline` writes.
    #[error("{line}:{column}: {message}")]
    Malformed {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// In the words of the JSON reader.
        message: String,
    },
    /// It was written by another version of the program.
    #[error("its `format_version` is {0}, and this program knows {FORMAT}")]
    Version(u32),
}

impl Baseline {
    /// What `diagnostics` are about.
    pub fn of(diagnostics: &[Diagnostic], sources: &[SourceFile]) -> Self {
        let mut entries = BTreeMap::new();
        for diagnostic in diagnostics {
            *entries.entry(Identity::of(diagnostic, sources)).or_default() += 1;
        }
        Self { entries }
    }

    /// Reads what [`Baseline::to_json`] wrote.
    ///
    /// # Errors
    ///
    /// If it is something else.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let document: Document = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            let message = without_place(&error.to_string()).to_owned();
            BaselineError::Malformed { line: error.line(), column: error.column(), message }
        })?;
        if document.format_version != FORMAT {
            return Err(BaselineError::Version(document.format_version));
        }
        let mut entries: BTreeMap<Identity, u32> = BTreeMap::new();
        for BaselineEntry { identity, count } in document.findings {
            let there = entries.entry(identity).or_default();
            // Such counts are nobody's but a fuzzer's.
            *there = there.saturating_add(count);
        }
        Ok(Self { entries })
    }

    /// The text of a baseline file: one finding a line, so that its difference can be read and merged.
    pub fn to_json(&self) -> String {
        let lines: Vec<String> = self.entries().map(|entry| format!("    {}", json::text(&entry))).collect();
        let list = if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", lines.join(",\n")) };
        format!("{{\n  \"format_version\": {FORMAT},\n  \"findings\": {list}\n}}\n")
    }

    /// What it holds, sorted.
    pub fn entries(&self) -> impl Iterator<Item = BaselineEntry> {
        self.entries.iter().map(|(identity, &count)| BaselineEntry { identity: identity.clone(), count })
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.entries.values().map(|&count| count as usize).sum()
    }

    /// True if it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Parts what was `found` into what is new and what the baseline holds, and gives what it holds and was not found.
    /// Where more is found about the same than before, the last ones are taken for new.
    pub fn subtract(
        &self,
        found: Vec<Diagnostic>,
        sources: &[SourceFile],
    ) -> (Vec<Diagnostic>, Vec<Diagnostic>, Vec<BaselineEntry>) {
        let mut left = self.entries.clone();
        let (old, new) = found.into_iter().partition(|diagnostic| {
            let count = left.get_mut(&Identity::of(diagnostic, sources)).filter(|count| **count > 0);
            count.map(|count| *count -= 1).is_some()
        });
        let stale = left.into_iter().filter(|(_, count)| *count > 0);
        (new, old, stale.map(|(identity, count)| BaselineEntry { identity, count }).collect())
    }

    /// It without what `stale` holds.
    #[must_use]
    pub fn without(mut self, stale: &[BaselineEntry]) -> Self {
        for BaselineEntry { identity, count } in stale {
            if let Some(there) = self.entries.get_mut(identity) {
                *there = there.saturating_sub(*count);
            }
        }
        self.entries.retain(|_, count| *count > 0);
        self
    }

    /// The JSON Schema of a baseline file.
    pub fn schema() -> String {
        let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Document>();
        format!("{:#}\n", schema.as_value())
    }
}
