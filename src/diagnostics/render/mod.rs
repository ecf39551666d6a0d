//! Renderers: one file per output format.
//!
//! In: a [`Report`]. Out: text. A renderer never filters, sorts or counts: the report comes filtered, sorted, counted.

use std::collections::BTreeMap;

use super::{Diagnostic, Summary};
use crate::source::SourceFile;

/// All that a renderer may say.
#[derive(Clone, Debug)]
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
    /// How many there are, shown or not.
    pub summary: Summary,
    /// The project's files, indexed by `FileId`.
    pub files: &'a [SourceFile],
}
