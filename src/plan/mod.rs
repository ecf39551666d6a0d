//! Plan: what Omni-Channel will do, as plain tables.
//!
//! A [`Plan`] is serde tables, sorted by name: references are names, quantities are decimals, and what a reader takes for
//! granted is not written. Canonical JSON in and out.
//! Must not know how a plan is made, or where anything stands in a file, but for the provenance table, which can be left
//! out. A runtime needs nothing but the types of this room.
//!
//! The format is a contract: fields may be added to format 2, never changed or removed. A reader skips fields that it
//! does not know, so that it can read what a later version writes.

mod display;
mod filled;
mod left_out;
mod tables;
mod time;
mod units;
mod written;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write as _};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

pub use display::{Appearance, Display};
pub use filled::{FilledBy, FilledIn};
pub use left_out::LeftOut;
pub use tables::*;
pub use time::Time;
pub use units::{Share, SkillLevel, Units};

/// A name, or the id of a record outside of the runtime. Of components it is the API name, of users the username: a plan
/// has no record ids, so wherever Salesforce's interfaces ask for the id of a component or a user, that name stands for it.
///
/// Up to 23 bytes are kept in place; longer ones are shared.
pub type Name = smol_str::SmolStr;

/// The format that this program writes and reads.
pub const FORMAT: u32 = 2;

/// A routing plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// The plan's format: 2.
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
    /// What people see of the rows, and routing ignores: no part of the digest. Absent if it was left out: then names stand
    /// for labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display: Option<Display>,
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
    pub file: Name,
    /// Line, from 1.
    pub line: u32,
}

/// Why a text is not a plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// It is not JSON of this shape.
    #[error("not a routing plan: {0}")]
    Json(#[from] serde_json::Error),
    /// It has the format of an earlier version.
    #[error(
        "a routing plan of format {0}, and this program reads format {FORMAT}: \
         compile the project again, with `omnic compile -o FILE`"
    )]
    Earlier(u32),
    /// It has the format of a later version.
    #[error(
        "a routing plan of format {0}, and this program reads format {FORMAT}: read it with a later version of omnic"
    )]
    Later(u32),
}

impl Plan {
    /// Reads a plan that [`Self::to_json`] wrote. The digest is that of the tables as they are.
    ///
    /// # Errors
    ///
    /// If the text is not JSON, not a plan, or a plan of another format.
    pub fn from_json(text: &str) -> Result<Self, PlanError> {
        #[derive(Deserialize)]
        #[serde(expecting = "a routing plan")]
        struct Head {
            format: u32,
        }
        // The format first: what a later format holds is not to be called broken.
        let Head { format } = serde_json::from_str(text)?;
        match format.cmp(&FORMAT) {
            Ordering::Less => Err(PlanError::Earlier(format)),
            Ordering::Greater => Err(PlanError::Later(format)),
            Ordering::Equal => {
                let plan: Self = serde_json::from_str(text)?;
                // Of a plan that was edited by hand, the digest is of what it was.
                let digest = plan.tables.digest();
                Ok(Self { digest, ..plan })
            }
        }
    }

    /// Its canonical JSON: two spaces, each row from a line of its own, fields in the order of the types, a final line end.
    pub fn to_json(&self) -> String {
        let mut out = Vec::new();
        // Plain structs, and memory that takes whatever it is given: nothing here can fail.
        let _ = self.write_json(&mut out);
        String::from_utf8(out).unwrap_or_default()
    }

    /// Writes what [`Self::to_json`] gives.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        written::write(self, out)
    }

    /// The JSON Schema of the format.
    pub fn schema() -> String {
        let mut schema = schemars::schema_for!(Self);
        tell_defaults(&mut schema);
        let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// Says of each field that may be absent what it is then. Of fields with types of their own, the types say it.
fn tell_defaults(schema: &mut schemars::Schema) {
    schemars::transform::transform_subschemas(&mut tell_defaults, schema);
    let required = schema.get("required").cloned().unwrap_or_default();
    let required: Vec<&str> = required.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
    for (_, field) in properties.iter_mut().filter(|(name, _)| !required.contains(&name.as_str())) {
        let default = match field.get("type").and_then(Value::as_str) {
            Some("boolean") => Value::from(false),
            Some("array") => Value::Array(Vec::new()),
            Some("object") => Value::Object(serde_json::Map::new()),
            // A type of its own, whose fields may all be absent.
            None if field.get("$ref").is_some() => Value::Object(serde_json::Map::new()),
            _ => Value::Null,
        };
        if let Value::Object(field) = field {
            field.entry("default").or_insert(default);
        }
    }
}

impl Tables {
    /// SHA-256 of their compact JSON, in hexadecimal digits.
    pub fn digest(&self) -> String {
        use std::fmt::Write as _;
        let mut out = BufWriter::new(Sha256::new());
        // Plain structs, and a hash that takes whatever it is given: nothing here can fail.
        let _ = serde_json::to_writer(&mut out, self);
        let _ = out.flush();
        out.get_ref().clone().finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}
