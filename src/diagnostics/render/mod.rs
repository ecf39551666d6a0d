//! Renderers: one file per output format.
//!
//! In: a [`Report`]. Out: text. A renderer never filters, sorts or counts: the report comes filtered, sorted, counted.
//! `statistics` alone counts, because that is all it does.

pub mod checkstyle;
pub mod concise;
mod excerpt;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod json_lines;
pub mod junit;
pub mod markdown;
pub mod sarif;
pub mod statistics;
mod styles;
mod xml;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use super::{Diagnostic, Edit, Rule, Summary};
use crate::source::{FileId, LineIndex, Location, Position, SourceFile};
use crate::text::one_line;
use crate::xml::{Document, parse};

/// All that a renderer may say.
#[derive(Clone, Debug, Default)]
pub struct Report<'a> {
    /// Project root as people are told it; `.` for the working directory.
    pub root: &'a str,
    /// `sfdx`, `mdapi` or `folder`.
    pub layout: &'a str,
    /// Such as `66.0`.
    pub api_version: String,
    /// Such as `sfdx-project.json`.
    pub api_version_source: &'a str,
    /// How many files were read.
    pub files_checked: usize,
    /// How many components there are of each type.
    pub components: BTreeMap<&'static str, usize>,
    /// The findings to show, sorted by path, offset and code.
    pub diagnostics: &'a [Diagnostic],
    /// The fingerprint of each of them, taken among all findings: what is not shown must not change them.
    pub fingerprints: Vec<String>,
    /// How many there are, shown or not.
    pub summary: Summary,
    /// The project's files, indexed by `FileId`.
    pub files: &'a [SourceFile],
    /// Every check there is, sorted by code.
    pub rules: Vec<Rule>,
}

impl Report<'_> {
    /// The findings to show, each with its fingerprint.
    fn findings(&self) -> impl Iterator<Item = (&Diagnostic, &str)> {
        let fingerprints = self.fingerprints.iter().map(String::as_str).chain(std::iter::repeat(""));
        self.diagnostics.iter().zip(fingerprints)
    }

    fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    fn text(&self, id: FileId) -> &str {
        self.file(id).map_or("", |file| &file.text)
    }

    /// The file's path relative to the project root.
    fn path(&self, id: FileId) -> &str {
        self.file(id).map_or("", |file| &file.path)
    }

    /// The file's path from the working directory, on one line, so that a terminal can open it.
    fn shown_path(&self, id: FileId) -> String {
        one_line(&self.path_from_here(id))
    }

    /// The file's path from the working directory, as it is.
    fn path_from_here(&self, id: FileId) -> String {
        let path = self.path(id);
        match self.root.trim_end_matches('/') {
            "" if self.root.starts_with('/') => format!("/{path}"),
            "" | "." => path.to_owned(),
            root => format!("{root}/{path}"),
        }
    }
}

/// Lines and columns of a report's files, and what fixes replace in them; each file is indexed and parsed once, when it
/// is first asked for.
struct Positions<'a> {
    report: &'a Report<'a>,
    indexes: Vec<OnceCell<LineIndex<'a>>>,
    documents: Vec<OnceCell<Document<'a>>>,
}

impl<'a> Positions<'a> {
    fn new(report: &'a Report<'a>) -> Self {
        let files = report.files.len();
        Self { report, indexes: vec![OnceCell::new(); files], documents: vec![OnceCell::new(); files] }
    }

    fn at(&self, file: FileId, offset: u32) -> Position {
        self.indexes.get(file.0 as usize).map_or(Position { line: 1, column: 1, offset: 0 }, |index| {
            index.get_or_init(|| LineIndex::new(self.report.text(file))).position(offset)
        })
    }

    /// The bytes of those of the lines that there are, by number.
    fn lines(&self, file: FileId, numbers: RangeInclusive<u32>) -> BTreeMap<u32, Range<usize>> {
        let Some(index) = self.indexes.get(file.0 as usize) else { return BTreeMap::new() };
        let index = index.get_or_init(|| LineIndex::new(self.report.text(file)));
        numbers.filter_map(|number| Some((number, index.line(number)?))).collect()
    }

    fn start(&self, location: Location) -> Position {
        self.at(location.file, location.span.start)
    }

    fn end(&self, location: Location) -> Position {
        self.at(location.file, location.span.end.max(location.span.start))
    }

    /// Where a location starts and ends, columns in UTF-16 code units; none if the file has no text, so that the finding
    /// is about the file as a whole.
    fn utf16(&self, location: Location) -> Option<(Position, Position)> {
        let index = self.indexes.get(location.file.0 as usize)?;
        let text = self.report.text(location.file);
        if text.is_empty() {
            return None;
        }
        let index = index.get_or_init(|| LineIndex::new(text));
        let utf16 = |position: Position| Position { column: index.utf16_column(position.offset), ..position };
        Some((utf16(self.start(location)), utf16(self.end(location))))
    }

    /// Where a location starts and ends; none if the file has no text.
    fn range(&self, location: Location) -> Option<(Position, Position)> {
        (!self.report.text(location.file).is_empty()).then(|| (self.start(location), self.end(location)))
    }

    /// What stands in the places that `edit` changes, and what comes instead.
    fn replacements(&self, edit: &Edit) -> Vec<(Location, String)> {
        let Some(document) = self.documents.get(edit.file.0 as usize) else { return Vec::new() };
        let document = document.get_or_init(|| parse(self.report.text(edit.file)));
        let replacements = edit.change.replacements(document).into_iter();
        replacements.map(|new| (Location::new(edit.file, new.span), new.text)).collect()
    }
}

/// The message and what to do, on one line.
fn message_and_help(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => one_line(&format!("{}. Help: {help}", diagnostic.message)),
        None => one_line(&diagnostic.message),
    }
}
