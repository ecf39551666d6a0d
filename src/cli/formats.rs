//! Output formats, and where each goes.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::write::{Outputs, is_stdout};
use super::{Failure, output};
use crate::diagnostics::Severity;
use crate::diagnostics::render::{
    Report, checkstyle, concise, github, gitlab, human, json, json_lines, junit, markdown, sarif, statistics,
};
use crate::text::{Content, Guard, printable};

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the lines they are about
    Human,
    /// One line each
    Concise,
    /// One document for programs; schemas/diagnostics.schema.json describes it
    Json,
    /// One JSON object a line
    JsonLines,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// GitLab Code Quality
    Gitlab,
    /// JUnit XML, for test reports
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// Markdown, for comments and job summaries
    Markdown,
}

impl Format {
    /// True for formats that people read as they come, and that end with a line on the whole.
    pub(super) const fn is_for_people(self) -> bool {
        matches!(self, Self::Human | Self::Concise)
    }

    const fn content(self, color: bool) -> Content {
        match self {
            Self::Human if color => Content::Styled,
            Self::Human | Self::Concise | Self::Markdown => Content::Text,
            Self::Github => Content::Annotations,
            // They escape it themselves.
            Self::Json | Self::JsonLines | Self::Sarif | Self::Gitlab | Self::Junit | Self::Checkstyle => Content::Data,
        }
    }

    /// True if it is one whole JSON or XML document.
    const fn is_document(self) -> bool {
        matches!(self, Self::Json | Self::Sarif | Self::Gitlab | Self::Junit | Self::Checkstyle)
    }

    /// True if how many findings there are of each check can be written so.
    pub(super) const fn has_statistics(self) -> bool {
        self.is_for_people() || matches!(self, Self::Json)
    }
}

/// A format, and where it goes.
#[derive(Clone, Debug)]
pub(super) struct Output {
    pub(super) format: Format,
    /// None for standard output.
    pub(super) file: Option<PathBuf>,
}

impl Output {
    /// Reads `FORMAT` or `FORMAT=FILE`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (format, file) = text.split_once('=').map_or((text, None), |(format, file)| (format, Some(file)));
        let format = Format::from_str(format, true).map_err(|_| {
            let known: Vec<_> = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
            let known: Vec<_> = known.iter().map(clap::builder::PossibleValue::get_name).collect();
            let format = printable(format);
            format!("`{format}` is no format; the formats are {}", known.join(", "))
        })?;
        match file {
            Some("") => Err("a file name is missing behind `=`".to_owned()),
            file => Ok(Self { format, file: file.map(PathBuf::from).filter(|file| !is_stdout(file)) }),
        }
    }
}

/// Refuses formats that would get in each other's way: two in one file, or a whole document with something beside it.
pub(super) fn validate(outputs: &[Output]) -> Result<(), Failure> {
    let mut files = Outputs::default();
    for file in outputs.iter().filter_map(|output| output.file.as_deref()) {
        files.add("--output", file);
    }
    if let Some((_, file)) = files.clash() {
        let message = format!("two formats are to be written to `{}`", file.display());
        return Err(Failure::new(message).with_help("name a file for each"));
    }
    let on_stdout: Vec<Format> =
        outputs.iter().filter(|output| output.file.is_none()).map(|output| output.format).collect();
    if on_stdout.len() > 1 && on_stdout.iter().any(|format| format.is_document()) {
        return Err(Failure::new("a JSON or XML document cannot share standard output with another format")
            .with_help("write one of them to a file: `--output FORMAT=FILE`"));
    }
    Ok(())
}

/// How a report is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// Use colours and links.
    pub(super) color: bool,
    /// How many findings there are of each check, in the place of the findings.
    pub(super) statistics: bool,
    /// Findings below this severity are not shown.
    pub(super) least: Severity,
}

/// Writes `report` in one format, and nothing that a terminal or a runner would obey but what the format makes itself.
pub(super) fn render(format: Format, style: Style, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut guard = Guard::new(out, format.content(style.color));
    let out = &mut guard;
    match format {
        Format::Json if style.statistics => statistics::render_json(report, out),
        _ if style.statistics => statistics::render(report, out),
        Format::Human => {
            let options = human::HumanOptions { color: style.color, links: style.color, width: output::width() };
            human::render(report, &options, out)
        }
        Format::Concise => concise::render(report, out),
        Format::Json => json::render(report, out),
        Format::JsonLines => json_lines::render(report, out),
        Format::Sarif => sarif::render(report, out),
        Format::Github => github::render(report, out),
        Format::Gitlab => gitlab::render(report, out),
        Format::Junit => junit::render(report, out),
        Format::Checkstyle => checkstyle::render(report, out),
        Format::Markdown => markdown::render(report, out),
    }?;
    if format.is_for_people() {
        writeln!(out, "{}", human::summary_line(report, style.least))?;
    }
    guard.finish()
}
