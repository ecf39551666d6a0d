//! SARIF 2.1.0, for GitHub code scanning and other services that keep track of findings.
//!
//! Columns are UTF-16 code units, as GitHub's own tools write them. `primaryLocationLineHash`, the one fingerprint that
//! GitHub uses, is left to its upload action: that makes it from the files, and warns of every other value.

mod log;

use std::collections::BTreeMap;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use self::log::{
    ArtifactChange, ArtifactLocation, BaseId, Configuration, Driver, Fix, FixProperties, Help, Location, Log,
    LogicalLocation, Message, PhysicalLocation, Region, Replacement, ReportingDescriptor, Run, SarifResult, Tags, Text,
    Tool,
};
use super::json::pretty;
use super::{Positions, Report};
use crate::diagnostics::{self, ComponentRef, Diagnostic, Rule};
use crate::source::{self, FileId};
use crate::text::one_line;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
const ROOT: &str = "%SRCROOT%";
const FINGERPRINT: &str = "omnicIdentity/v1";
/// What a path keeps in a URI: no colon, which would make a scheme of what is before it.
const PATH: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Writes one SARIF log with one run.
///
/// # Errors
///
/// Those of `out`.
pub fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let writer = Sarif { report, positions: Positions::new(report) };
    let version = env!("CARGO_PKG_VERSION");
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        version,
        semantic_version: version,
        information_uri: diagnostics::docs_base(),
        rules: report.rules.iter().map(descriptor).collect(),
    };
    let root =
        BaseId { description: Text { text: "The folder that omnic ran in; in CI, the root of the repository." } };
    let run = Run {
        tool: Tool { driver },
        original_uri_base_ids: BTreeMap::from([(ROOT, root)]),
        column_kind: "utf16CodeUnits",
        results: report.findings().map(|(diagnostic, fingerprint)| writer.result(diagnostic, fingerprint)).collect(),
    };
    pretty(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)
}

fn descriptor(rule: &Rule) -> ReportingDescriptor<'_> {
    ReportingDescriptor {
        id: rule.code,
        name: rule.name,
        short_description: Text { text: rule.summary },
        full_description: Text { text: &rule.description },
        help: Help { text: rule.remedy, markdown: &rule.page },
        help_uri: rule.url(),
        default_configuration: Configuration { level: rule.severity.as_str() },
        properties: Tags { tags: &rule.tags },
    }
}

struct Sarif<'a> {
    report: &'a Report<'a>,
    positions: Positions<'a>,
}

impl<'a> Sarif<'a> {
    fn result(&self, diagnostic: &'a Diagnostic, fingerprint: &'a str) -> SarifResult<'a> {
        let related = diagnostic.related.iter().enumerate().map(|(index, label)| Location {
            id: Some(index + 1),
            message: (!label.message.is_empty()).then(|| Message { text: label.message.clone() }),
            ..self.location(label.location)
        });
        let location = Location {
            logical_locations: diagnostic.component.iter().map(logical).collect(),
            ..self.location(diagnostic.primary.location)
        };
        SarifResult {
            rule_id: diagnostic.code,
            rule_index: self.report.rules.iter().position(|rule| rule.code == diagnostic.code),
            level: diagnostic.severity.as_str(),
            message: Message { text: message(diagnostic) },
            locations: [location],
            related_locations: related.collect(),
            partial_fingerprints: BTreeMap::from([(FINGERPRINT, fingerprint)]),
            fixes: diagnostic.fix.iter().filter_map(|fix| self.fix(fix)).collect(),
        }
    }

    fn location(&self, location: source::Location) -> Location {
        let physical_location =
            PhysicalLocation { artifact_location: self.artifact(location.file), region: self.region(location) };
        Location { id: None, physical_location, logical_locations: Vec::new(), message: None }
    }

    fn artifact(&self, file: FileId) -> ArtifactLocation {
        let path = self.report.path_from_here(file);
        let uri = utf8_percent_encode(&path, &PATH).to_string();
        // A root that shares nothing with the working directory is shown with its whole path.
        match path.as_bytes() {
            [b'/', ..] => ArtifactLocation { uri: format!("file://{uri}"), uri_base_id: None },
            [_, b':', b'/', ..] => ArtifactLocation { uri: format!("file:///{uri}"), uri_base_id: None },
            _ => ArtifactLocation { uri, uri_base_id: Some(ROOT) },
        }
    }

    /// None for a file without a text: the finding is about the file as a whole.
    fn region(&self, location: source::Location) -> Option<Region> {
        let (start, end) = self.positions.utf16(location)?;
        Some(Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column })
    }

    /// None if no file that it changes has a text.
    fn fix(&self, fix: &'a diagnostics::Fix) -> Option<Fix<'a>> {
        let mut files: BTreeMap<FileId, Vec<Replacement>> = BTreeMap::new();
        for (location, text) in fix.edits.iter().flat_map(|edit| self.positions.replacements(edit)) {
            let Some(deleted_region) = self.region(location) else { continue };
            let inserted_content = (!text.is_empty()).then_some(Message { text });
            files.entry(location.file).or_default().push(Replacement { deleted_region, inserted_content });
        }
        let change = |(file, replacements)| ArtifactChange { artifact_location: self.artifact(file), replacements };
        (!files.is_empty()).then(|| Fix {
            description: Text { text: &fix.title },
            artifact_changes: files.into_iter().map(change).collect(),
            properties: FixProperties { applicability: fix.applicability },
        })
    }
}

fn logical(component: &ComponentRef) -> LogicalLocation {
    LogicalLocation {
        name: component.name.clone(),
        fully_qualified_name: format!("{}.{}", component.kind, component.name),
        kind: "resource",
    }
}

/// The message, what to do, and a link to each related place: GitHub shows those that the message links to.
fn message(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        text.push_str("\nHelp: ");
        text.push_str(help);
    }
    // Nothing that the user wrote is a link.
    text = text.replace("](", "] (");
    let link = |(index, label): (usize, &diagnostics::Label)| {
        let words = if label.message.is_empty() { "here" } else { &label.message };
        format!("[{}]({})", link_text(words), index + 1)
    };
    let links: Vec<_> = diagnostic.related.iter().enumerate().map(link).collect();
    if !links.is_empty() {
        text.push_str("\nSee: ");
        text.push_str(&links.join(", "));
    }
    text
}

/// `words` as the text of a link: brackets would end it.
fn link_text(words: &str) -> String {
    one_line(words).replace('\\', r"\\").replace('[', r"\[").replace(']', r"\]")
}
