//! Workflow commands of GitHub Actions: an annotation at each finding, with nothing to set up.
//!
//! Columns are UTF-16 code units, as in the SARIF that GitHub's own tools write; the documentation leaves it open. The end
//! column is that behind the last character.

use std::io::{self, Write};

use super::{Positions, Report};
use crate::diagnostics::Severity;
use crate::text::{one_line, printable_lines};

/// Writes `::error file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message` for each finding.
///
/// # Errors
///
/// Those of `out`.
pub fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let positions = Positions::new(report);
    for diagnostic in report.diagnostics {
        let location = diagnostic.primary.location;
        write!(out, "::{} file={}", command(diagnostic.severity), property(&report.shown_path(location.file)))?;
        if let Some((start, end)) = positions.utf16(location) {
            write!(out, ",line={},endLine={}", start.line, end.line)?;
            // An annotation of several lines must not have columns.
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.column, end.column)?;
            }
        }
        let title = property(&one_line(&format!("{} {}", diagnostic.code, diagnostic.name)));
        let mut message = diagnostic.message.clone();
        if let Some(help) = &diagnostic.help {
            message = format!("{message}\nHelp: {help}");
        }
        writeln!(out, ",title={title}::{}", data(&printable_lines(&message)))?;
    }
    Ok(())
}

const fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// `text` as the message of a command.
pub fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// `text` as the value of a property.
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
