//! Diagnostics: what was found, and one renderer per output format.
//!
//! In: nothing; checks make the values. Out: the values, and their text in each format.
//! Must not know any check, or where files come from: a renderer is handed the files' paths and texts.

mod change;
mod fingerprint;
mod fix;
pub mod render;
mod rule;

pub use fingerprint::{Identity, fingerprint_in, fingerprints};
pub use fix::{Applicability, Change, Edit, Fix, Replacement};
pub use rule::Rule;

use serde::{Deserialize, Serialize};

use crate::source::Location;

/// How bad a finding is. Ordered: a note is less than a warning, a warning less than an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// It deploys, and people would not want it.
    Warning,
    /// The deploy fails, or work cannot be routed; for an unknown name: unless the org has it.
    Error,
}

impl Severity {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A place, and a few words on what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub location: Location,
    /// A few words; may be empty for a primary label.
    pub message: String,
}

/// The component that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
pub struct ComponentRef {
    /// Metadata type, such as `ServiceChannel`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Full name, such as `sfdc_phone`.
    pub name: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, such as `OC305`.
    pub code: &'static str,
    /// The check's name, such as `acw-incomplete`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong and why, one or two sentences, the user's own names in back-quotes.
    pub message: String,
    /// Where the person must edit.
    pub primary: Label,
    /// Where the reason lies, if elsewhere.
    pub related: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// What can be done about it without a person.
    pub fix: Option<Fix>,
    /// The component concerned, if the file holds one.
    pub component: Option<ComponentRef>,
    /// Element path below the root, such as `serviceChannelFieldPriorities/value`, if one is concerned.
    pub element: Option<String>,
}

impl Diagnostic {
    /// The page that explains the check, if this build knows where pages are.
    pub fn url(&self) -> Option<String> {
        url(self.code)
    }
}

/// The page that explains the check with this code. Whoever builds a package says where its pages are, with the environment
/// variable `OMNIC_DOCS_BASE`; a build without it names none, and `omnic explain` and editors show them.
pub fn url(code: &str) -> Option<String> {
    url_below(docs_base(), code)
}

/// Where the pages of this build are, if it knows.
pub(crate) fn docs_base() -> Option<&'static str> {
    trimmed(option_env!("OMNIC_DOCS_BASE"))
}

fn trimmed(base: Option<&str>) -> Option<&str> {
    base.map(|base| base.trim().trim_end_matches('/')).filter(|base| !base.is_empty())
}

fn url_below(base: Option<&str>, code: &str) -> Option<String> {
    Some(format!("{}/checks/{code}", trimmed(base)?))
}

/// How many findings there are of each severity, shown or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Summary {
    /// Errors found, shown or not.
    pub errors: usize,
    /// Warnings found, shown or not.
    pub warnings: usize,
    /// Notes found, shown or not.
    pub notes: usize,
    /// Findings in the whole project that a comment or an exception silences; counted nowhere else.
    pub suppressed: usize,
    /// Findings in the whole project that the baseline holds; counted nowhere else.
    pub baselined: usize,
}

impl Summary {
    /// Counts `diagnostics`.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            suppressed: 0,
            baselined: 0,
        }
    }

    /// How many findings are at or above `severity`.
    pub const fn at_least(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Note => self.errors + self.warnings + self.notes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_addresses_only_where_a_build_says_so() {
        assert_eq!(url_below(None, "OC305"), None);
        assert_eq!(url_below(Some(" "), "OC305"), None);
        let known = Some("https://docs.example.com/checks/OC305".to_owned());
        assert_eq!(url_below(Some("https://docs.example.com/"), "OC305"), known);
    }
}
