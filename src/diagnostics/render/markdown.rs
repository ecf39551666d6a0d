//! Markdown, for a comment on a pull request or the summary of a CI job.

use std::io::{self, Write};

use super::human::counts;
use super::{Positions, Report, one_line};
use crate::diagnostics::{Diagnostic, Severity};
use crate::text::count;

/// Writes a heading with the counts, and a table for each file.
///
/// # Errors
///
/// Those of `out`.
pub fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let positions = Positions::new(report);
    let counts = counts(report.summary, |_| true);
    let counts = if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") };
    writeln!(out, "## omnic: {counts}\n")?;
    writeln!(out, "Checked {} against API version {}.", count(report.files_checked, "file"), report.api_version)?;
    let file = |diagnostic: &Diagnostic| diagnostic.primary.location.file;
    for group in report.diagnostics.chunk_by(|a, b| file(a) == file(b)) {
        let path = group.first().map(|first| report.shown_path(file(first))).unwrap_or_default();
        writeln!(out, "\n### {}\n", code(&path))?;
        writeln!(out, "| place | severity | check | finding |\n| --- | --- | --- | --- |")?;
        for diagnostic in group {
            row(&positions, diagnostic, out)?;
        }
    }
    match report.summary.at_least(Severity::Note).saturating_sub(report.diagnostics.len()) {
        0 => Ok(()),
        hidden => writeln!(out, "\n{} not shown.", count(hidden, "finding")),
    }
}

fn row(positions: &Positions<'_>, diagnostic: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let place = positions.range(diagnostic.primary.location);
    let place = place.map(|(start, _)| format!("{}:{}", start.line, start.column)).unwrap_or_default();
    let mut finding = prose(&one_line(&diagnostic.message));
    if let Some(help) = &diagnostic.help {
        finding = format!("{finding}<br>**Help:** {}", prose(&one_line(help)));
    }
    let Diagnostic { severity, code, name, .. } = diagnostic;
    let check = diagnostic.url().map_or_else(|| (*code).to_owned(), |url| format!("[{code}]({url})"));
    writeln!(out, "| {place} | {severity} | {check} {name} | {finding} |")
}

/// A message in a cell of a table: what stands in back-quotes as code, and the rest as it is.
fn prose(text: &str) -> String {
    let mut pieces: Vec<&str> = text.split('`').collect();
    // A back-quote without its partner is one of the user's.
    let odd = if pieces.len().is_multiple_of(2) { pieces.pop() } else { None };
    let mut out = String::with_capacity(text.len());
    for (index, piece) in pieces.into_iter().enumerate() {
        match index % 2 {
            0 => out.push_str(&escaped(piece)),
            _ if piece.is_empty() => out.push_str("\\`\\`"),
            // A bar would end the cell, even in code.
            _ => out.push_str(&code(piece).replace('|', r"\|")),
        }
    }
    if let Some(odd) = odd {
        out.push_str("\\`");
        out.push_str(&escaped(odd));
    }
    out
}

/// `text` as code.
fn code(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // A space at each end keeps back-quotes of the text from those around it, and is not shown.
    let pad = if longest > 0 || (text.starts_with(' ') && text.ends_with(' ')) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// `text` with nothing in it that Markdown or a code host would obey.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '*' | '_' | '<' | '>' | '[' | ']' | '~' | '|' | '&' | '#' => out.extend(['\\', character]),
            // Or it would call somebody of that name.
            '@' => out.push_str("@&#8203;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_keeps_code_and_escapes_the_rest() {
        assert_eq!(prose("`a|b` is <b>*not*</b> | c"), r"`a\|b` is \<b\>\*not\*\</b\> \| c");
        assert_eq!(prose("one ` back-quote of `two`"), "one `  back-quote of  `two\\`");
        assert_eq!(prose("@team, `@team`"), "@&#8203;team, `@team`");
        assert_eq!(prose("``"), "\\`\\`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("`"), "`` ` ``");
    }
}
