//! What the projects are at one moment: what requests are answered from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::report::Reports;
use crate::analyse::{self, Analysis};
use crate::config;
use crate::schema::Kind;
use crate::setup::SetupError;
use crate::source::{self, FileId, Placeholders, Project};

/// What the projects are.
#[derive(Clone, Debug, Default)]
pub(in crate::lsp) struct State {
    /// The number of the last event that it takes into account.
    pub(in crate::lsp) revision: u64,
    /// The projects, by their roots.
    pub(in crate::lsp) projects: Vec<Arc<ProjectState>>,
    /// Why other projects cannot be analysed, by their roots.
    pub(in crate::lsp) problems: BTreeMap<PathBuf, SetupError>,
    /// What there is to tell about the files.
    pub(in crate::lsp) reports: Arc<Reports>,
}

/// What one project is.
#[derive(Clone, Debug)]
pub(in crate::lsp) struct ProjectState {
    pub(in crate::lsp) project: Arc<Project>,
    pub(in crate::lsp) settings: Arc<config::Settings>,
    pub(in crate::lsp) options: Arc<analyse::Options>,
    pub(in crate::lsp) analysis: Arc<Analysis>,
    /// The files, by their paths on disk.
    pub(in crate::lsp) files: Arc<FxHashMap<PathBuf, FileId>>,
    /// The buffers that stand for files in this analysis: the client's numbers of their texts, and the texts.
    pub(in crate::lsp) buffers: BTreeMap<PathBuf, (i32, Arc<str>)>,
    /// True if it was found for the sake of open buffers: of other files nothing is told.
    pub(in crate::lsp) is_transient: bool,
    /// What could not be used of it.
    pub(in crate::lsp) told: Arc<[String]>,
}

impl State {
    /// The files and folders that settings name, and that therefore are to be watched too.
    pub(in crate::lsp) fn named_by_settings(&self) -> BTreeSet<PathBuf> {
        let of = |project: &Arc<ProjectState>| {
            let settings = &project.settings;
            let root = &project.project.root;
            let files = settings.files.iter().map(|file| source::join(root, &file.path));
            let org = settings.records.value.iter().chain(&settings.inventory.value).cloned();
            files.chain(org).chain([settings.baseline.value.clone()]).collect::<Vec<_>>()
        };
        self.projects.iter().flat_map(of).filter(|path| path.is_absolute()).collect()
    }

    /// The project that the file at `path` belongs to: of several, the innermost.
    pub(in crate::lsp) fn project_of(&self, path: &Path) -> Option<(&Arc<ProjectState>, FileId)> {
        let found = self.projects.iter().filter_map(|project| Some((project, *project.files.get(path)?)));
        found.max_by_key(|(project, _)| project.project.root.components().count())
    }

    /// The project around `path`, whether it knows the file or not.
    pub(in crate::lsp) fn project_around(&self, path: &Path) -> Option<&Arc<ProjectState>> {
        let around = self.projects.iter().filter(|project| path.starts_with(&project.project.root));
        around.max_by_key(|project| project.project.root.components().count())
    }
}

impl ProjectState {
    /// Where a file is on disk: one of the project, or one of its configuration and records.
    pub(in crate::lsp) fn disk(&self, file: FileId) -> Option<PathBuf> {
        if let Some(entry) = self.project.entries.get(file.0 as usize) {
            return Some(entry.disk.clone());
        }
        let source = self.analysis.sources.get(file.0 as usize)?;
        Some(source::join(&self.project.root, &source.path))
    }

    /// What is filled in at deploy time in a file with this text.
    pub(in crate::lsp) fn placeholders(&self, file: FileId, text: &str) -> Placeholders {
        let entry = self.project.entries.get(file.0 as usize);
        entry.map_or_else(Placeholders::default, |entry| self.project.replacements.in_text(&entry.path, text))
    }

    /// The file that is named after a component, whether it could be read or not.
    pub(in crate::lsp) fn file_of(&self, kind: Kind, name: &str) -> Option<FileId> {
        let graph = &self.analysis.graph;
        let mut files = graph.files.iter();
        files.find(|file| file.kind == Some(kind) && file.name.eq_ignore_ascii_case(name)).map(|file| file.id)
    }

    /// The text that a file had when it was analysed, or what is on disk by now.
    pub(in crate::lsp) fn text(&self, file: FileId) -> Option<Arc<str>> {
        let source = self.analysis.sources.get(file.0 as usize)?;
        if !source.text.is_empty() {
            return Some(Arc::from(&*source.text));
        }
        let disk = self.disk(file)?;
        if let Some((_, text)) = self.buffers.get(&disk) {
            return Some(Arc::clone(text));
        }
        match self.project.entries.get(file.0 as usize) {
            // It may have become a link, which is not followed.
            Some(entry) => source::read(entry, &mut Vec::new()).ok().map(Arc::from),
            None => source::read_file(&disk).ok().map(Arc::from),
        }
    }
}
