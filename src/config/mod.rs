//! Configuration: what the user wants, from `omnic.toml`, the environment and flags.
//!
//! In: a project's root, and what flags and environment variables say. Out: the effective settings, each with its
//! origin, and the files they came from. The nearest `omnic.toml` at or above the root counts; nothing is merged that is
//! not named in `extend`. Reads the configuration files, and no others.
//! Must not know the command line: it is handed values.

mod error;
mod file;
mod load;
mod resolve;
mod show;

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use error::ConfigError;
pub use file::schema;
pub use load::{FILE_NAME, Files, OWN_FOLDER};
pub use resolve::{BASELINE_NAME, Given, resolve};
pub use show::show;

use crate::diagnostics::Severity;
use crate::graph::{Declared, World};
use crate::schema::Kind;
use crate::source::{ApiVersion, FolderFile};
use crate::triage::Policy;

/// What makes the exit status 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// An error
    Error,
    /// A warning or an error
    Warning,
    /// Any finding
    Note,
    /// Nothing
    Never,
}

impl FailOn {
    /// The least severity that fails; none if nothing does.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self.severity() {
            None => "never",
            Some(severity) => severity.as_str(),
        }
    }
}

/// Where a setting comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// The configuration file of this number.
    File(usize),
    /// This environment variable.
    Environment(&'static str),
    /// This flag.
    Flag(&'static str),
}

/// A setting, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// Its value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

impl<T> Setting<T> {
    /// A setting that somebody set.
    pub const fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }

    /// A setting that nobody set.
    pub const fn unset(value: T) -> Self {
        Self::new(value, Origin::Default)
    }
}

/// A configuration file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigText {
    /// Its path from the working directory, for people.
    pub shown: String,
    /// Its path from the project's root, as paths of findings are.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl ConfigText {
    /// It as a file that findings may be in.
    pub fn file(&self) -> FolderFile {
        FolderFile { path: self.path.clone(), text: Ok(self.text.clone()) }
    }
}

/// The effective settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The configuration files, the nearest first, then what it extends.
    pub files: Vec<ConfigText>,
    /// API version to check against; none if the project's own counts.
    pub api_version: Setting<Option<ApiVersion>>,
    /// What is assumed of unknown names.
    pub world: Setting<World>,
    /// Whether strict checks run.
    pub strict: Setting<bool>,
    /// Least severity shown.
    pub min_severity: Setting<Severity>,
    /// Least severity that makes the exit status 1.
    pub fail_on: Setting<FailOn>,
    /// File of accepted findings, whether it exists or not.
    pub baseline: Setting<PathBuf>,
    /// Folder of records of the org.
    pub records: Setting<Option<PathBuf>>,
    /// Files and folders with names of the org's components.
    pub inventory: Setting<Vec<PathBuf>>,
    /// Names that the org is said to have, as written.
    pub external: Vec<Setting<(Kind, String)>>,
    /// The same, to be asked.
    pub declared: Declared,
    /// Levels and exceptions.
    pub policy: Policy,
    /// For each of the policy's levels, where it comes from.
    pub level_origins: Vec<Origin>,
    /// For each of the policy's overrides, its patterns as written, and where it comes from.
    pub override_origins: Vec<(Vec<String>, Origin)>,
    /// For each of the policy's exceptions, its name pattern as written.
    pub exception_names: Vec<Option<String>>,
}
