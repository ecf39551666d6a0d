//! Everything there is to say, for programs. The shape is a contract: fields may be added within a format version,
//! never changed or removed.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::{Positions, Report};
use crate::diagnostics::{self, Applicability, ComponentRef, Diagnostic, Severity, Summary};
use crate::source::{Location, Position};
use crate::text;

/// Of this format, and of those that are made of its parts.
pub(super) const FORMAT_VERSION: u32 = 1;

/// What `omnic check` found in one project.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "omnic diagnostics")]
struct Document<'a> {
    /// Version of this format. Fields may be added within a version; a change or removal makes a new one.
    #[schemars(extend("const" = FORMAT_VERSION))]
    format_version: u32,
    /// The program that wrote this.
    tool: Tool,
    /// The project that was checked.
    project: Project<'a>,
    /// What was read, so that nothing is left unchecked unnoticed.
    checked: Checked<'a>,
    /// The findings shown, sorted by file, offset and code.
    diagnostics: Vec<Finding<'a>>,
    /// How many findings there are of each severity. Counts everything found, shown in `diagnostics` or not.
    summary: Summary,
}

/// The program that wrote this.
#[derive(Serialize, JsonSchema)]
struct Tool {
    /// Its name, `omnic`.
    name: &'static str,
    /// Its version, such as `0.1.0`.
    version: &'static str,
}

/// The project that was checked.
#[derive(Serialize, JsonSchema)]
struct Project<'a> {
    /// The project root relative to the working directory, with forward slashes; `.` if the same.
    root: &'a str,
    /// How the files are laid out: `sfdx`, `mdapi` or `folder`.
    layout: &'a str,
    /// The Metadata API version that the files were checked against, such as `66.0`.
    api_version: &'a str,
    /// Where that version was found, such as `sfdx-project.json`; `newest known` if nowhere.
    api_version_source: &'a str,
}

/// What was read.
#[derive(Serialize, JsonSchema)]
struct Checked<'a> {
    /// How many files were read.
    files: usize,
    /// How many components there are of each metadata type.
    components: &'a BTreeMap<&'static str, usize>,
}

/// One finding.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Diagnostic")]
pub(super) struct Finding<'a> {
    /// Stable code of the check, such as `OC305`. Never reused.
    code: &'a str,
    /// Name of the check, such as `acw-incomplete`.
    name: &'a str,
    /// How bad it is.
    severity: Severity,
    /// What is wrong and why.
    message: &'a str,
    /// The component that the finding is about; null if the file holds none.
    component: Option<&'a ComponentRef>,
    /// The element's path below the root, such as `serviceChannelFieldPriorities/value`; null if about none.
    element: Option<&'a str>,
    /// The file to edit: its path relative to the project root, with forward slashes.
    file: &'a str,
    /// The place in that file.
    range: Range,
    /// Places where the reason lies, in this file or others.
    related: Vec<Related<'a>>,
    /// What to do; null if there is nothing to say beyond the message.
    help: Option<&'a str>,
    /// What can be done about it without a person; null if nothing.
    fix: Option<Fix<'a>>,
    /// The same tomorrow, whatever line the finding stands on: 32 hexadecimal digits, unique in a report.
    fingerprint: &'a str,
    /// The page that explains the check.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// A place where the reason for a finding lies.
#[derive(Serialize, JsonSchema)]
struct Related<'a> {
    /// Its path relative to the project root, with forward slashes.
    file: &'a str,
    /// The place in that file.
    range: Range,
    /// A few words on what is there.
    message: &'a str,
}

/// What can be done about a finding without a person. Its edits belong together, and do not overlap.
#[derive(Serialize, JsonSchema)]
struct Fix<'a> {
    /// What it does, in the imperative.
    title: &'a str,
    /// Whether it may be made unasked.
    applicability: Applicability,
    /// What it changes. Ranges are those of the files as they are.
    edits: Vec<Edit<'a>>,
}

/// A piece of text in place of another.
#[derive(Serialize, JsonSchema)]
struct Edit<'a> {
    /// The file: its path relative to the project root, with forward slashes.
    file: &'a str,
    /// What goes; empty if something is only added.
    range: Range,
    /// What comes; empty if something is only taken away.
    replacement: String,
}

impl<'a> Fix<'a> {
    fn new(report: &'a Report<'_>, positions: &Positions<'_>, fix: &'a diagnostics::Fix) -> Self {
        let edits = fix.edits.iter().flat_map(|edit| positions.replacements(edit));
        let edits = edits.map(|(location, replacement)| Edit {
            file: report.path(location.file),
            range: Range::new(positions, location),
            replacement,
        });
        Self { title: &fix.title, applicability: fix.applicability, edits: edits.collect() }
    }
}

/// Part of a file's text. Empty if both ends are the same.
#[derive(Serialize, JsonSchema)]
struct Range {
    /// Where it starts.
    start: Position,
    /// Where it ends: the first place after it.
    end: Position,
}

impl Range {
    fn new(positions: &Positions<'_>, location: Location) -> Self {
        Self { start: positions.start(location), end: positions.end(location) }
    }
}

impl<'a> Finding<'a> {
    pub(super) fn new(
        report: &'a Report<'_>,
        positions: &Positions<'_>,
        (diagnostic, fingerprint): (&'a Diagnostic, &'a str),
    ) -> Self {
        let related = diagnostic.related.iter().map(|label| Related {
            file: report.path(label.location.file),
            range: Range::new(positions, label.location),
            message: &label.message,
        });
        Self {
            code: diagnostic.code,
            name: diagnostic.name,
            severity: diagnostic.severity,
            message: &diagnostic.message,
            component: diagnostic.component.as_ref(),
            element: diagnostic.element.as_deref(),
            file: report.path(diagnostic.primary.location.file),
            range: Range::new(positions, diagnostic.primary.location),
            related: related.collect(),
            help: diagnostic.help.as_deref(),
            fix: diagnostic.fix.as_ref().map(|fix| Fix::new(report, positions, fix)),
            fingerprint,
            url: diagnostic.url(),
        }
    }
}

/// Writes the report as one JSON document.
///
/// # Errors
///
/// Those of `out`.
pub fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let positions = Positions::new(report);
    let document = Document {
        format_version: FORMAT_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        project: Project {
            root: report.root,
            layout: report.layout,
            api_version: &report.api_version,
            api_version_source: report.api_version_source,
        },
        checked: Checked { files: report.files_checked, components: &report.components },
        diagnostics: report.findings().map(|finding| Finding::new(report, &positions, finding)).collect(),
        summary: report.summary,
    };
    pretty(&document, out)
}

/// Writes `value` as indented JSON, with a line end.
pub(super) fn pretty(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    text::json::write_pretty(value, &mut *out)?;
    out.write_all(b"\n")
}

/// The JSON Schema of what [`render`] writes.
pub fn schema() -> String {
    schema_of::<Document<'_>>()
}

pub(super) fn schema_of<T: JsonSchema>() -> String {
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    format!("{:#}\n", schema.as_value())
}
