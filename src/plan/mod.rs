//! Plan: what Omni-Channel will do, as plain tables.
//!
//! A [`Plan`] is serde tables, sorted by name, every default resolved, every name that the project defines an index;
//! canonical JSON in and out.
//! Must not know how a plan is made, or where anything stands in a file, but for the provenance table, which can be left
//! out. A runtime needs nothing but the types of this room.
//!
//! The format is a contract: fields may be added to format 1, never changed or removed. A reader passes by fields that it
//! does not know, so that it can read what a later version writes.

mod filled;
mod left_out;
mod tables;
mod time;
mod units;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::text::json;

pub use filled::{FilledBy, FilledIn};
pub use left_out::LeftOut;
pub use tables::*;
pub use time::Time;
pub use units::{Share, SkillLevel, Units};

/// The format that this program writes and reads.
pub const FORMAT: u32 = 1;

/// A routing plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// The plan's format: 1.
    pub format: u32,
    /// The program that compiled it.
    pub compiler: Compiler,
    /// The API version that the project is for, such as `66.0`.
    pub api_version: String,
    /// SHA-256 of the tables in their compact JSON form, in hexadecimal digits. Two plans with one digest route alike, as far
    /// as nothing is filled in.
    pub digest: String,
    /// What is filled in when the project is deployed, sorted. Absent if nothing is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filled_in: Vec<FilledIn>,
    /// The components that were left out because of errors, sorted. Absent if none was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// What it is made of.
    pub tables: Tables,
    /// Where each row comes from: for each table, its rows' places. Absent if it was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<BTreeMap<String, Vec<Origin>>>,
}

/// The program that compiled a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Compiler {
    /// `omnic`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Where a row comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// Path relative to the project root, with forward slashes.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
}

/// Why a text is not a plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// It is not JSON of this shape.
    #[error("not a routing plan: {0}")]
    Json(#[from] serde_json::Error),
    /// It has another format.
    #[error("a routing plan of format {0}; this program reads format {FORMAT}")]
    Format(u32),
}

impl Plan {
    /// Reads a plan that [`Self::to_json`] wrote.
    ///
    /// # Errors
    ///
    /// If the text is not JSON, not a plan, or a plan of another format.
    pub fn from_json(text: &str) -> Result<Self, PlanError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        // The format first: what a later format holds is not to be called broken.
        let Head { format } = serde_json::from_str(text)?;
        if format != FORMAT {
            return Err(PlanError::Format(format));
        }
        Ok(serde_json::from_str(text)?)
    }

    /// Its canonical JSON: two spaces, fields in the order of the types, a final line end.
    pub fn to_json(&self) -> String {
        // Strings and numbers in plain structs: nothing here can fail to serialise.
        let mut text = json::pretty_text(self);
        text.push('\n');
        text
    }

    /// The JSON Schema of the format.
    pub fn schema() -> String {
        let schema = schemars::schema_for!(Self);
        let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        text.push('\n');
        text
    }
}

impl Tables {
    /// SHA-256 of their compact JSON, in hexadecimal digits.
    pub fn digest(&self) -> String {
        use std::fmt::Write as _;
        let text = serde_json::to_vec(self).unwrap_or_default();
        Sha256::digest(&text).iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}
