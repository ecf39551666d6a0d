//! Reports on the files of a project: made of its findings, and of what keeps it from being analysed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use lsp_types::{
    Code, CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, Message, Uri,
};
use rustc_hash::FxHashMap;
use serde_json::json;

use super::report::{Report, Reports};
use super::state::ProjectState;
use crate::checks::{self, Flag};
use crate::diagnostics::{Diagnostic, Severity};
use crate::lsp::text::position::{Encoding, Lines};
use crate::lsp::text::uri;
use crate::setup::SetupError;
use crate::source::{self, FileId, Span};
use crate::text::printable_lines;

/// Makes the reports on a project. Those of `before` that still hold are kept as they are: the same value in the same
/// place. `changed` says after which event a file has changed last.
pub(in crate::lsp) fn of_project(
    project: &ProjectState,
    encoding: Encoding,
    before: &Reports,
    now: u64,
    changed: &dyn Fn(&Path) -> u64,
    reports: &mut Reports,
) {
    let mut by_file: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    let least = project.settings.min_severity.value;
    for found in project.analysis.diagnostics.iter().filter(|found| found.severity >= least) {
        by_file.entry(found.primary.location.file).or_default().push(found);
    }
    let mut texts = FxHashMap::default();
    for (file, found) in by_file {
        let Some(path) = project.disk(file) else { continue };
        let version = project.buffers.get(&path).map(|(version, _)| *version);
        if project.is_transient && version.is_none() {
            continue;
        }
        let files = found.iter().flat_map(|found| std::iter::once(&found.primary).chain(&found.related));
        let mut files: Vec<FileId> = files.map(|label| label.location.file).collect();
        files.sort_unstable();
        files.dedup();
        let changed = files.iter().filter_map(|&file| project.disk(file)).map(|path| changed(&path)).max().unwrap_or(0);
        if let Some(report) = before.get(&path)
            && report.version == version
            && changed <= report.made
            && report.found.iter().eq(found.iter().copied())
        {
            reports.insert(path, Arc::clone(report));
            continue;
        }
        for &file in &files {
            texts.entry(file).or_insert_with(|| project.text(file).unwrap_or_default());
        }
        let lines = files.iter().filter_map(|file| Some((*file, Lines::new(texts.get(file)?, encoding))));
        let lines: FxHashMap<FileId, Lines<'_>> = lines.collect();
        let items = found.iter().map(|found| diagnostic(found, project, &lines)).collect();
        let found = found.into_iter().cloned().collect();
        reports.insert(path, Arc::new(Report { version, items, found, made: now }));
    }
}

/// Adds what keeps a project from being analysed.
pub(in crate::lsp) fn of_problem(problem: &SetupError, now: u64, before: &Reports, reports: &mut Reports) {
    let Some((file, line, column)) = &problem.place else { return };
    let Ok(path) = source::absolute(Path::new(file)) else { return };
    let at = lsp_types::Position { line: line.saturating_sub(1), character: column.saturating_sub(1) };
    let to = lsp_types::Position { line: at.line, character: at.character + 1 };
    // The place is said twice otherwise.
    let words =
        problem.message.rsplit_once(&format!("{line}:{column}: ")).map_or(&*problem.message, |(_, words)| words);
    let item = lsp_types::Diagnostic {
        range: lsp_types::Range { start: at, end: to },
        severity: Some(DiagnosticSeverity::Error),
        source: Some("omnic".to_owned()),
        message: Message::String(with_help(words, problem.help.as_deref())),
        ..Default::default()
    };
    let report = Report { version: None, items: vec![item], found: Vec::new(), made: now };
    let kept = before.get(&path).filter(|kept| kept.items == report.items);
    reports.insert(path, kept.map_or_else(|| Arc::new(report), Arc::clone));
}

pub(in crate::lsp) fn with_help(message: &str, help: Option<&str>) -> String {
    match help {
        Some(help) => format!("{}\nhelp: {}", printable_lines(message), printable_lines(help)),
        None => printable_lines(message),
    }
}

fn diagnostic(
    found: &Diagnostic,
    project: &ProjectState,
    lines: &FxHashMap<FileId, Lines<'_>>,
) -> lsp_types::Diagnostic {
    let range = |file: FileId, span: Span| lines.get(&file).map(|lines| lines.range(span)).unwrap_or_default();
    let related = found.related.iter().filter_map(|label| {
        let uri = uri::of_path(&project.disk(label.location.file)?)?;
        let location = Location { uri, range: range(label.location.file, label.location.span) };
        Some(DiagnosticRelatedInformation { location, message: printable_lines(&label.message) })
    });
    let related: Vec<_> = related.collect();
    let is_about_unused = checks::find(found.code).is_some_and(|check| check.is(Flag::AboutUnused));
    lsp_types::Diagnostic {
        range: range(found.primary.location.file, found.primary.location.span),
        severity: Some(match found.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
            Severity::Note => DiagnosticSeverity::Information,
        }),
        code: Some(Code::String(found.code.to_owned())),
        code_description: found.url().map(|url| CodeDescription { href: Uri(url) }),
        source: Some("omnic".to_owned()),
        message: Message::String(with_help(&found.message, found.help.as_deref())),
        tags: is_about_unused.then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: (!related.is_empty()).then_some(related),
        data: Some(json!({ "name": found.name, "fixable": found.fix.is_some() })),
    }
}
