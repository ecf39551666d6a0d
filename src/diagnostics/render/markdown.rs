//! Markdown, for a comment on a pull request or the summary of a CI job.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::human::counts;
use super::{Positions, Report};
use crate::diagnostics::{Diagnostic, Severity};
use crate::text::markdown::{cell, code};
use crate::text::{count, one_line};

/// GitHub refuses a job summary of more bytes than this. A writer may add a few to a line.
const MOST_BYTES: usize = 1_048_576 - 16 * 1024;
/// No message that people read is longer. What is behind is cut off, lest one finding take the place of all.
const MOST_CHARACTERS: usize = 2000;

/// Writes a heading with the counts, and a table for each file. Findings for which GitHub has no room are counted.
///
/// # Errors
///
/// Those of `out`.
pub fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let counts = counts(report.summary, |_| true);
    let counts = if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") };
    writeln!(out, "## omnic: {counts}\n")?;
    writeln!(out, "Checked {} against API version {}.", count(report.files_checked, "file"), report.api_version)?;
    let (tables, listed) = tables(report);
    out.write_all(tables.as_bytes())?;
    let (found, shown) = (report.summary.at_least(Severity::Note), report.diagnostics.len());
    if shown > listed {
        let more = count(shown - listed, "more finding");
        writeln!(out, "\n{more} not listed: a job summary of GitHub has room for 1 MiB.")?;
    }
    match found.saturating_sub(shown) {
        0 => Ok(()),
        hidden => writeln!(out, "\n{} not shown.", count(hidden, "finding")),
    }
}

/// The tables, as far as there is room, and how many findings are in them.
fn tables(report: &Report<'_>) -> (String, usize) {
    let positions = Positions::new(report);
    let mut text = String::new();
    let mut listed = 0;
    let file = |diagnostic: &Diagnostic| diagnostic.primary.location.file;
    for group in report.diagnostics.chunk_by(|a, b| file(a) == file(b)) {
        let path = group.first().map(|first| report.shown_path(file(first))).unwrap_or_default();
        let mut head =
            format!("\n### {}\n\n| place | severity | check | finding |\n| --- | --- | --- | --- |\n", code(&path));
        for diagnostic in group {
            let row = row(&positions, diagnostic);
            if text.len() + head.len() + row.len() > MOST_BYTES {
                return (text, listed);
            }
            text.push_str(&std::mem::take(&mut head));
            text.push_str(&row);
            listed += 1;
        }
    }
    (text, listed)
}

fn row(positions: &Positions<'_>, diagnostic: &Diagnostic) -> String {
    let place = positions.range(diagnostic.primary.location);
    let place = place.map(|(start, _)| format!("{}:{}", start.line, start.column)).unwrap_or_default();
    let mut finding = cell(&short(&diagnostic.message));
    if let Some(help) = &diagnostic.help {
        // Writing to memory does not fail.
        let _ = write!(finding, "<br>**Help:** {}", cell(&short(help)));
    }
    let Diagnostic { severity, code, name, .. } = diagnostic;
    let check = diagnostic.url().map_or_else(|| (*code).to_owned(), |url| format!("[{code}]({url})"));
    format!("| {place} | {severity} | {check} {name} | {finding} |\n")
}

/// A message on one line, of a length that people read.
fn short(message: &str) -> String {
    let mut line = one_line(message);
    if let Some((end, _)) = line.char_indices().nth(MOST_CHARACTERS) {
        line.truncate(end);
        line.push('…');
    }
    line
}
