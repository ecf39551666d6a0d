//! What a check says of itself, for formats that list the checks beside the findings.

use super::{Severity, url};

/// A check as output formats know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code, such as `OC305`.
    pub code: &'static str,
    /// The check's name, such as `acw-incomplete`.
    pub name: &'static str,
    /// One line.
    pub summary: &'static str,
    /// What it does and why that matters: a few sentences, at most 1024 characters.
    pub description: String,
    /// What to do about a finding.
    pub remedy: &'static str,
    /// Its page, in Markdown, without a heading of its own.
    pub page: String,
    /// The worst severity that it reports with.
    pub severity: Severity,
    /// Words to filter by, such as `presence`; `strict` if it runs only in strict mode.
    pub tags: Vec<&'static str>,
}

impl Rule {
    /// The page that explains the check, if this build knows where pages are.
    pub fn url(&self) -> Option<String> {
        url(self.code)
    }
}
