//! Findings for people: the message, the lines it is about, what to do.

use std::io::{self, Write};

use owo_colors::OwoColorize;
use textwrap::{WordSeparator, WordSplitter};

use super::excerpt::{Excerpt, GUTTER};
use super::styles::Styles;
use super::{Positions, Report};
use crate::diagnostics::{Applicability, Diagnostic, Severity, Summary};
use crate::source::ApiVersionSource;
use crate::text::{count, printable_lines};

/// More excerpts than this do not help with one finding; the rest are counted.
const MAX_EXCERPTS: usize = 6;
const MIN_WIDTH: usize = 40;

/// How to write for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HumanOptions {
    /// Use ANSI colours.
    pub color: bool,
    /// Make each code a link to the page that explains it (OSC 8). Only with `color`.
    pub links: bool,
    /// Columns to wrap messages and cut long lines at; counts as 40 if less.
    pub width: usize,
}

/// Writes each finding, and a blank line after it.
///
/// # Errors
///
/// Those of `out`.
pub fn render(report: &Report<'_>, options: &HumanOptions, out: &mut dyn Write) -> io::Result<()> {
    let positions = Positions::new(report);
    let styles = Styles::new(options.color);
    let width = options.width.max(MIN_WIDTH);
    for diagnostic in report.diagnostics {
        writeln!(out, "{}", heading(diagnostic, &styles, options, width))?;
        let excerpts = Excerpt::of(report, &positions, diagnostic, width.saturating_sub(GUTTER));
        for excerpt in excerpts.iter().take(MAX_EXCERPTS) {
            out.write_all(excerpt.draw(&styles, diagnostic.severity)?.as_bytes())?;
        }
        match excerpts.iter().skip(MAX_EXCERPTS).map(Excerpt::places).sum() {
            0 => {}
            more => writeln!(out, "   … and {}", count(more, "more place"))?,
        }
        if let Some(help) = &diagnostic.help {
            writeln!(out, "{}", advice("help", help, &styles, width))?;
        }
        if let Some(fix) = &diagnostic.fix {
            let flag = match fix.applicability {
                Applicability::Safe => "--fix",
                Applicability::Unsafe => "--unsafe-fixes",
            };
            writeln!(out, "{}", advice("fix", &format!("{} ({flag})", fix.title), &styles, width))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The closing line: what was checked, and how many findings there are. Findings below `least` were not shown.
pub fn summary_line(report: &Report<'_>, least: Severity) -> String {
    let mut components: Vec<_> = report.components.iter().filter(|(_, number)| **number > 0).collect();
    components.sort_by_key(|&(name, number)| (std::cmp::Reverse(*number), *name));
    let mut checked = components.iter().map(|(name, number)| format!("{number} {name}")).collect::<Vec<_>>().join(", ");
    if !checked.is_empty() {
        checked.push_str("; ");
    }
    let version = if report.api_version_source == ApiVersionSource::Newest.as_str() {
        format!("API {}, the newest known", report.api_version)
    } else {
        format!("API {} from {}", report.api_version, report.api_version_source)
    };
    format!("checked {} ({checked}{version}): {}", count(report.files_checked, "file"), findings(report, least))
}

fn findings(report: &Report<'_>, least: Severity) -> String {
    let summary = report.summary;
    let (mut parts, hidden) = (counts(summary, |s| s >= least), counts(summary, |s| s < least));
    if parts.is_empty() {
        parts.push(match (hidden.is_empty(), least) {
            (true, _) | (_, Severity::Note) => "no findings".to_owned(),
            (_, Severity::Warning) => "no errors or warnings".to_owned(),
            (_, Severity::Error) => "no errors".to_owned(),
        });
    }
    if !hidden.is_empty() {
        let lowest = if summary.notes > 0 { Severity::Note } else { Severity::Warning };
        parts.push(format!("{} hidden (show with --min-severity {lowest})", hidden.join(" and ")));
    }
    if summary.suppressed > 0 {
        parts.push(format!("{} suppressed", summary.suppressed));
    }
    if summary.baselined > 0 {
        parts.push(format!("{} in the baseline", summary.baselined));
    }
    let fixes = report.diagnostics.iter().filter_map(|finding| finding.fix.as_ref());
    match fixes.filter(|fix| fix.applicability == Applicability::Safe).count() {
        0 => {}
        fixable => parts.push(format!("{fixable} fixable with --fix")),
    }
    parts.join(", ")
}

/// `2 errors`, `1 warning`: each severity that `which` wants and that there is one of, worst first.
pub(super) fn counts(summary: Summary, which: impl Fn(Severity) -> bool) -> Vec<String> {
    [(Severity::Error, summary.errors), (Severity::Warning, summary.warnings), (Severity::Note, summary.notes)]
        .into_iter()
        .filter(|&(severity, number)| number > 0 && which(severity))
        .map(|(severity, number)| count(number, severity.as_str()))
        .collect()
}

fn heading(diagnostic: &Diagnostic, styles: &Styles, options: &HumanOptions, width: usize) -> String {
    let kind = format!("{}[{}]", diagnostic.severity, diagnostic.code);
    let wrapped = wrap(&format!("{kind} {}: {}", diagnostic.name, diagnostic.message), "", "  ", width);
    let rest = wrapped.strip_prefix(&kind).unwrap_or_default();
    let mut kind = kind.style(styles.of(diagnostic.severity)).to_string();
    if let Some(url) = diagnostic.url().filter(|_| options.color && options.links) {
        kind = format!("\x1b]8;;{url}\x1b\\{kind}\x1b]8;;\x1b\\");
    }
    format!("{kind}{}", rest.style(styles.message))
}

fn advice(word: &str, text: &str, styles: &Styles, width: usize) -> String {
    let (first, rest) = (format!("  {word}: "), " ".repeat(word.len() + 4));
    let wrapped = wrap(text, &first, &rest, width);
    let rest = wrapped.strip_prefix(first.trim_end()).unwrap_or_default();
    format!("  {}{rest}", format!("{word}:").style(styles.help))
}

/// Wraps at spaces alone, so that names can be copied.
fn wrap(text: &str, first: &str, rest: &str, width: usize) -> String {
    let options = textwrap::Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::fill(&printable_lines(text), options)
}
