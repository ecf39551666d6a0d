//! Which findings are reported.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::analyse::Analysis;
use crate::checks;
use crate::diagnostics::render::Report;
use crate::diagnostics::{Diagnostic, Severity, Summary, fingerprints};
use crate::graph::{Graph, NodeId};
use crate::schema::{FileClass, Kind, recognise};
use crate::setup::DESCRIPTIONS;
use crate::source::{self, Entry, FileId, Interest, Project, Selection, SourceFile};

/// A part of the project, besides the path that the user named.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// Only what concerns these files and folders; all if none.
    only: Option<BTreeSet<String>>,
    /// Components whose files are gone.
    gone: Vec<(Kind, String)>,
}

impl Scope {
    /// Only what concerns `paths`, absolute or relative to the working directory; some of them may be gone.
    pub(super) fn only(project: &Project, paths: &[PathBuf]) -> Self {
        let mut scope = Self { only: Some(BTreeSet::new()), gone: Vec::new() };
        for path in paths {
            // Who changes one of these changes everything.
            let describes = path.file_name().is_some_and(|name| DESCRIPTIONS.iter().any(|known| name == *known));
            let Some(below) = below(project, path) else { continue };
            // The root itself, or a folder above it.
            if describes || below.split('/').all(|part| matches!(part, "." | "..")) {
                return Self::default();
            }
            if !path.exists()
                && let FileClass::Component { kind, name, .. } = recognise(&below)
            {
                scope.gone.push((kind, name.into_owned()));
            }
            scope.only.get_or_insert_default().insert(below);
        }
        scope
    }

    /// Adds the files that name a component whose file is gone: that is where the reader learns of it.
    pub(super) fn widen(&mut self, graph: &Graph) {
        let Some(only) = &mut self.only else { return };
        let gone: Vec<NodeId> = self.gone.iter().filter_map(|(kind, name)| graph.find(*kind, name)).collect();
        for (.., edge) in graph.edges_to(|node, _| gone.contains(&node)) {
            only.extend(graph.file_of(edge.location).map(|file| file.path.clone()));
        }
    }

    /// How many files of the project are in it.
    pub(super) fn files(&self, project: &Project) -> usize {
        project.entries.iter().filter(|entry| self.contains(&entry.path)).count()
    }

    /// True if the file at `path`, relative to the project root, is in it.
    pub(super) fn contains(&self, path: &str) -> bool {
        let folder = |only: &BTreeSet<String>| path.match_indices('/').any(|(end, _)| only.contains(&path[..end]));
        self.only.as_ref().is_none_or(|only| only.contains(path) || folder(only))
    }

    /// True if a finding is to be reported. It belongs to a change also if its reason lies there: who adds a second
    /// channel for an object should learn of it, whichever of the two files the finding points at. What is not in the
    /// project's own files, such as the configuration, concerns the whole project, and a part of it only if it is an
    /// error.
    pub(super) fn selects(&self, found: &Diagnostic, project: &Project, sources: &[SourceFile]) -> bool {
        let path = |file: FileId| sources.get(file.0 as usize).map_or("", |file| &file.path);
        let primary = found.primary.location.file;
        if primary.0 as usize >= project.entries.len() {
            let whole = self.only.is_none() && project.selection == Selection::All;
            return whole || found.severity == Severity::Error;
        }
        let mut places = std::iter::once(primary).chain(found.related.iter().map(|label| label.location.file));
        project.selection.contains(path(primary)) && places.any(|file| self.contains(path(file)))
    }
}

/// Where `path` is in the project.
pub(super) fn below(project: &Project, path: &Path) -> Option<String> {
    let path = source::absolute(path).ok()?;
    source::relative_through_links(&project.root, &path)
}

/// Findings, and the fingerprint of each.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) diagnostics: Vec<Diagnostic>,
    fingerprints: Vec<String>,
}

impl<'d> FromIterator<(&'d Diagnostic, String)> for Shown {
    fn from_iter<I: IntoIterator<Item = (&'d Diagnostic, String)>>(findings: I) -> Self {
        let (diagnostics, fingerprints) =
            findings.into_iter().map(|(diagnostic, fingerprint)| (diagnostic.clone(), fingerprint)).unzip();
        Self { diagnostics, fingerprints }
    }
}

/// What was found in the part of a project that is to be reported.
pub(super) struct Findings {
    all: Shown,
    pub(super) summary: Summary,
    files: usize,
    machine: bool,
}

impl Findings {
    /// Selects what is to be reported. A path without a file of ours is a failure: it is most often a slip, and must not
    /// look like success. `machine` if the findings are for a program, which asks for more.
    pub(super) fn of(project: &Project, analysis: &Analysis, scope: &Scope, machine: bool) -> Result<Self, Failure> {
        let is_ours = |entry: &Entry| !entry.ignored && entry.interest != Interest::Aside;
        if !project.entries.iter().any(|entry| is_ours(entry) && project.selection.contains(&entry.path)) {
            let root = &project.display_root;
            let message = format!("nothing to check: no Omni-Channel metadata here (the project's root is `{root}`)");
            return Err(Failure::new(message)
                .with_help("give the folder of a Salesforce project, or a file such as `Support.queue-meta.xml`"));
        }
        // Taken among all findings: what is not shown must not change them.
        let fingerprints = if machine { fingerprints(&analysis.diagnostics, &analysis.sources) } else { Vec::new() };
        let found = analysis.diagnostics.iter().zip(fingerprints.into_iter().chain(std::iter::repeat(String::new())));
        let all: Shown = found.filter(|(found, _)| scope.selects(found, project, &analysis.sources)).collect();
        let mut summary = Summary::of(&all.diagnostics);
        summary.suppressed = analysis.suppressed;
        summary.baselined = analysis.baselined.len();
        let read = project.entries.iter().filter(|entry| entry.interest == Interest::Read && !entry.ignored);
        Ok(Self { all, summary, files: read.count(), machine })
    }

    /// Those from `least` on.
    pub(super) fn shown(&self, least: Severity) -> Shown {
        let all = self.all.diagnostics.iter().zip(self.all.fingerprints.iter().cloned());
        all.filter(|(found, _)| found.severity >= least).collect()
    }

    /// What a renderer needs to show them.
    pub(super) fn report<'a>(&self, project: &'a Project, analysis: &'a Analysis, shown: &'a Shown) -> Report<'a> {
        let mut components = BTreeMap::new();
        for component in analysis.graph.components() {
            *components.entry(component.kind.as_str()).or_default() += 1;
        }
        Report {
            root: &project.display_root,
            layout: project.layout.as_str(),
            api_version: project.api_version.to_string(),
            api_version_source: project.api_version_source.as_str(),
            files_checked: self.files,
            components,
            diagnostics: &shown.diagnostics,
            fingerprints: shown.fingerprints.clone(),
            summary: self.summary,
            files: &analysis.sources,
            rules: if self.machine { checks::rules() } else { Vec::new() },
        }
    }
}
