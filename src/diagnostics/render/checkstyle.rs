//! The report of Checkstyle, which many services that review code read.

use std::io::{self, Write};

use super::xml::{document, legal};
use super::{Positions, Report, message_and_help};
use crate::diagnostics::{Diagnostic, Severity};

/// The version of Checkstyle whose report this is. Readers ask that there be one.
const CHECKSTYLE_VERSION: &str = "4.3";

/// Writes one XML document: a `file` for each file with findings, an `error` for each finding.
///
/// # Errors
///
/// Those of `out`.
pub fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let positions = Positions::new(report);
    document(out, |writer| {
        let root = writer.create_element("checkstyle").with_attribute(("version", CHECKSTYLE_VERSION));
        if report.diagnostics.is_empty() {
            return root.write_empty().map(|_| ());
        }
        root.write_inner_content(|writer| {
            let file = |diagnostic: &Diagnostic| diagnostic.primary.location.file;
            for group in report.diagnostics.chunk_by(|a, b| file(a) == file(b)) {
                let path = group.first().map(|first| legal(&report.shown_path(file(first)))).unwrap_or_default();
                writer.create_element("file").with_attribute(("name", path.as_str())).write_inner_content(
                    |writer| {
                        for diagnostic in group {
                            let attributes = attributes(&positions, diagnostic);
                            let attributes = attributes.iter().map(|(name, value)| (*name, value.as_str()));
                            writer.create_element("error").with_attributes(attributes).write_empty()?;
                        }
                        Ok(())
                    },
                )?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

fn attributes(positions: &Positions<'_>, diagnostic: &Diagnostic) -> Vec<(&'static str, String)> {
    let mut attributes = Vec::with_capacity(5);
    match positions.range(diagnostic.primary.location) {
        Some((start, _)) => {
            attributes.push(("line", start.line.to_string()));
            attributes.push(("column", start.column.to_string()));
        }
        // As Checkstyle says of a file as a whole.
        None => attributes.push(("line", "1".to_owned())),
    }
    attributes.push(("severity", severity(diagnostic.severity).to_owned()));
    attributes.push(("message", legal(&message_and_help(diagnostic))));
    // Readers take what is behind the last dot for the rule, and what is before it for its group.
    attributes.push(("source", format!("omnic.{}", diagnostic.code)));
    attributes
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    }
}
