//! The Code Quality report of GitLab, which a merge request compares with that of its target branch.

use std::io::{self, Write};

use serde::Serialize;

use super::json::pretty;
use super::{Positions, Report, message_and_help};
use crate::diagnostics::{Severity, fingerprint_in};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes one JSON array.
///
/// # Errors
///
/// Those of `out`.
pub fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let positions = Positions::new(report);
    let issues = report.findings().map(|(diagnostic, fingerprint)| {
        let location = diagnostic.primary.location;
        // A line is required, even if the file has none.
        let (begin, end) = positions.range(location).map_or((1, 1), |(start, end)| (start.line, end.line));
        Issue {
            description: format!("{} {}: {}", diagnostic.code, diagnostic.name, message_and_help(diagnostic)),
            check_name: diagnostic.code,
            // GitLab puts the reports of all jobs together, and keeps one of those with the same fingerprint.
            fingerprint: fingerprint_in(report.root, fingerprint),
            severity: severity(diagnostic.severity),
            location: Location { path: report.path_from_here(location.file), lines: Lines { begin, end } },
        }
    });
    pretty(&issues.collect::<Vec<_>>(), out)
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}
