//! The projects that there are, kept analysed.
//!
//! In: what happens to folders, buffers, files and settings. Out: a [`State`], which is what the projects are after all
//! of that. It runs on a thread of its own, and knows nothing of messages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::report::Reports;
use super::reporting;
use super::settings::EditorSettings;
use super::state::{ProjectState, State};
use crate::analyse::{self, Live};
use crate::config;
use crate::lsp::text::position::Encoding;
use crate::schema::{self, FileClass, recognise};
use crate::setup::{BaselineUse, DESCRIPTIONS, Ready, Setup, SetupError};
use crate::source::{self, FileId, Interest, Layout, NamedBy, Project};

/// Something that happened.
#[derive(Clone, Debug)]
pub(in crate::lsp) enum Event {
    /// These are the folders that are open in the client.
    Folders(Vec<PathBuf>),
    /// The text of the buffer at a path, and the client's number of it.
    Buffer(PathBuf, i32, Arc<str>),
    /// The buffer at a path was closed: the file counts again.
    Closed(PathBuf),
    /// What is on disk at these paths may have changed, come or gone.
    Disk(Vec<PathBuf>),
    /// Anything on disk may have changed.
    Everything,
    /// The editor's settings.
    Settings(Box<EditorSettings>),
}

/// One project, and what has happened to it since it was last analysed.
struct Open {
    live: Live,
    project: Arc<Project>,
    settings: Arc<config::Settings>,
    options: Arc<analyse::Options>,
    files: Arc<FxHashMap<PathBuf, FileId>>,
    /// The folders that files of the project are in or below.
    folders: FxHashSet<PathBuf>,
    told: Arc<[String]>,
    is_transient: bool,
    /// Files may have come or gone.
    is_stale: bool,
}

/// The projects, and what happens to them.
#[derive(Default)]
pub(in crate::lsp) struct World {
    /// For the test of what comes of a panic.
    #[cfg(test)]
    pub(in crate::lsp) is_trap: bool,
    folders: Vec<PathBuf>,
    settings: EditorSettings,
    buffers: BTreeMap<PathBuf, (i32, Arc<str>)>,
    projects: BTreeMap<PathBuf, Open>,
    problems: BTreeMap<PathBuf, SetupError>,
    /// The folders are to be searched for projects.
    is_searched_for: bool,
    encoding: Encoding,
    /// What comes with a project may lead out of its boundary.
    allow_outside: bool,
    reports: Arc<Reports>,
    /// The number of the last event.
    now: u64,
    /// For each file that has changed, the number of the event that said so last.
    changed: FxHashMap<PathBuf, u64>,
    /// The number of the last event by which anything may have changed.
    all_changed: u64,
}

impl World {
    pub(in crate::lsp) fn new(encoding: Encoding, allow_outside: bool) -> Self {
        Self { encoding, allow_outside, ..Self::default() }
    }

    /// Takes in event number `number`.
    pub(in crate::lsp) fn apply(&mut self, number: u64, event: Event) {
        self.now = number;
        #[cfg(test)]
        assert!(!self.is_trap, "a trap");
        match event {
            Event::Folders(folders) => {
                self.folders = folders;
                self.is_searched_for = true;
            }
            Event::Buffer(path, version, text) => {
                self.changed.insert(path.clone(), number);
                let is_new = self.buffers.insert(path.clone(), (version, text.clone())).is_none();
                let mut is_known = false;
                for open in self.projects.values_mut() {
                    if let Some(&file) = open.files.get(&path) {
                        open.live.shadow(file, Some(text.clone()));
                        is_known = true;
                    }
                }
                // A search that is due finds homes for all buffers, and better ones.
                if is_new && !is_known && !self.is_searched_for && is_ours_alone(&path) {
                    self.find_home(&path);
                }
            }
            Event::Closed(path) => {
                self.changed.insert(path.clone(), number);
                self.buffers.remove(&path);
                for open in self.projects.values_mut() {
                    if let Some(&file) = open.files.get(&path) {
                        open.live.shadow(file, None);
                        open.live.touch(file);
                        // It may never have been on disk.
                        open.is_stale |= !path.is_file();
                    }
                }
                self.forget_transient();
            }
            Event::Disk(paths) => paths.iter().for_each(|path| self.touch(path)),
            Event::Everything => {
                self.all_changed = number;
                self.is_searched_for = true;
                self.projects.values_mut().for_each(Open::touch_all);
            }
            Event::Settings(settings) => {
                self.is_searched_for |= !settings.sets_up_as(&self.settings);
                self.settings = *settings;
            }
        }
    }

    /// What is on disk at `path` may have changed, come or gone.
    fn touch(&mut self, path: &Path) {
        self.changed.insert(path.to_path_buf(), self.now);
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        let rests = || self.projects.values().any(|open| open.rests_on(path));
        // What was wrong may be mended by it.
        let mends = || self.problems.keys().any(|root| path.starts_with(root) || root.starts_with(path));
        if DESCRIPTIONS.contains(&name) || rests() || mends() {
            self.is_searched_for = true;
        }
        for (root, open) in &mut self.projects {
            if let Some(&file) = open.files.get(path) {
                open.live.touch(file);
                // A link may have taken its place, or that of a folder it is in.
                let is_moved = || path.is_symlink() || open.project.boundary.refuses(path, NamedBy::Project);
                open.is_stale |= !path.is_file() || is_moved();
            } else if path.starts_with(root) {
                // A file that came, or a folder that came or went.
                open.is_stale |= is_ours(path) || open.folders.contains(path) || path.is_dir();
            }
        }
    }

    /// Finds the project of a buffer whose file none of the projects knows.
    fn find_home(&mut self, path: &Path) {
        let around = self.projects.iter_mut().filter(|(root, open)| path.starts_with(root) && !open.is_transient);
        if let Some((_, open)) = around.max_by_key(|(root, _)| root.components().count()) {
            open.is_stale = true;
            return;
        }
        let setup = self.setup(path);
        let ready = if path.is_file() { setup.load(path, BaselineUse::Read) } else { setup.lone(path) };
        match ready {
            Ok(ready) => self.insert(ready, true),
            Err(error) => drop(self.problems.insert(path.to_path_buf(), error)),
        }
    }

    fn forget_transient(&mut self) {
        let buffers = &self.buffers;
        let has_buffer = |open: &Open| buffers.keys().any(|path| open.files.contains_key(path));
        self.projects.retain(|_, open| !open.is_transient || has_buffer(open));
        self.problems.retain(|path, _| buffers.contains_key(path) || !is_ours(path));
    }

    fn insert(&mut self, ready: Ready, is_transient: bool) {
        let Ready { mut project, settings, options, told } = ready;
        for (path, (_, text)) in &self.buffers {
            project.shadow(path, text, &analyse::interest);
        }
        let root = project.root.clone();
        let files = project.entries.iter().enumerate();
        let files = files.map(|(at, entry)| (entry.disk.clone(), FileId(at as u32))).collect();
        let mut folders = FxHashSet::default();
        for entry in &project.entries {
            let above = entry.disk.ancestors().skip(1).take_while(|folder| folder.starts_with(&root));
            for folder in above {
                // Those above one that is known are known too.
                if !folders.insert(folder.to_path_buf()) {
                    break;
                }
            }
        }
        let (shared, told) = (Arc::new(project.clone()), Arc::from(told));
        let (settings, options) = (Arc::new(settings), Arc::new(options));
        if let Some(open) = self.projects.get_mut(&root) {
            open.live.replace(project);
            open.live.set_options((*options).clone());
            let is_transient = open.is_transient && is_transient;
            (open.project, open.settings, open.options) = (shared, settings, options);
            (open.files, open.told, open.is_transient, open.is_stale) = (Arc::new(files), told, is_transient, false);
            open.folders = folders;
            return;
        }
        let live = Live::new(project, (*options).clone());
        let files = Arc::new(files);
        let open =
            Open { live, project: shared, settings, options, files, folders, told, is_transient, is_stale: false };
        self.projects.insert(root, open);
    }

    /// Searches the folders for projects, and reads each project's settings anew.
    fn search(&mut self) {
        self.problems.clear();
        let mut found = BTreeSet::new();
        for folder in self.folders.clone() {
            self.search_in(&folder, &mut found);
        }
        let gone =
            |(root, open): (&PathBuf, &Open)| (!open.is_transient && !found.contains(root)).then(|| root.clone());
        for root in self.projects.iter().filter_map(gone).collect::<Vec<_>>() {
            self.projects.remove(&root);
        }
        for root in self.projects.keys().filter(|root| !found.contains(*root)).cloned().collect::<Vec<_>>() {
            self.reload(&root);
        }
        // What was found by a buffer alone is not needed where a project has the buffer.
        let has_project =
            |path: &&PathBuf| self.projects.values().any(|open| !open.is_transient && open.files.contains_key(*path));
        let lone: BTreeSet<PathBuf> = self.buffers.keys().filter(|path| !has_project(path)).cloned().collect();
        self.projects.retain(|_, open| !open.is_transient || lone.iter().any(|path| open.files.contains_key(path)));
        let homeless =
            |path: &&PathBuf| is_ours_alone(path) && !self.projects.values().any(|p| p.files.contains_key(*path));
        for path in self.buffers.keys().filter(homeless).cloned().collect::<Vec<_>>() {
            self.find_home(&path);
        }
    }

    /// A folder is in a project, or is one, or has some below it. One that has no metadata at all is none.
    fn search_in(&mut self, folder: &Path, found: &mut BTreeSet<PathBuf>) {
        // It may have been removed.
        if !folder.exists() {
            return;
        }
        match self.setup(folder).load(folder, BaselineUse::Read) {
            Ok(ready) if ready.project.inner_projects.is_empty() => {
                let has_any = ready.project.entries.iter().any(|entry| entry.interest == Interest::Read);
                if (has_any || ready.project.layout != Layout::Folder) && found.insert(ready.project.root.clone()) {
                    self.insert(ready, false);
                }
            }
            Ok(ready) => {
                let root = ready.project.root;
                for inner in &ready.project.inner_projects {
                    self.search_in(&source::join(&root, inner), found);
                }
            }
            Err(error) => self.keep(folder, error, found),
        }
    }

    /// What the project at `path` is set up with.
    fn setup(&self, path: &Path) -> Setup {
        let around = self.folders.iter().find(|folder| path.starts_with(folder)).or_else(|| self.folders.first());
        Setup { allow_outside: self.allow_outside, ..self.settings.setup(around.map(PathBuf::as_path)) }
    }

    /// A project whose description or settings are broken stays as it was before that; one that was not there before goes
    /// without its settings.
    fn keep(&mut self, root: &Path, error: SetupError, found: &mut BTreeSet<PathBuf>) {
        let there = self.projects.keys().filter(|known| known.starts_with(root) || root.starts_with(known));
        let there: Vec<PathBuf> = there.filter(|known| known.exists()).cloned().collect();
        if there.is_empty()
            && let Ok(ready) =
                (Setup { isolated: true, config: None, ..self.setup(root) }).load(root, BaselineUse::Ignored)
        {
            // Names and places need no settings.
            found.insert(ready.project.root.clone());
            self.insert(ready, false);
        }
        found.extend(there);
        self.problems.insert(root.to_path_buf(), error);
    }

    fn reload(&mut self, root: &Path) {
        let Some(open) = self.projects.get(root) else { return };
        let is_transient = open.is_transient;
        // A project that was found by a file is found by it again: the file says how far the project goes.
        let by = self.buffers.keys().find(|path| open.files.contains_key(*path)).filter(|_| is_transient);
        let by = by.map_or(root, PathBuf::as_path).to_path_buf();
        if !by.exists() {
            if !is_transient {
                self.projects.remove(root);
            }
            return;
        }
        match self.setup(&by).load(&by, BaselineUse::Read) {
            Ok(ready) => self.insert(ready, is_transient),
            Err(error) => drop(self.problems.insert(by, error)),
        }
    }

    /// Does what the events since the last time ask for.
    pub(in crate::lsp) fn update(&mut self) -> State {
        if std::mem::take(&mut self.is_searched_for) {
            self.search();
        }
        let stale: Vec<PathBuf> =
            self.projects.iter().filter(|(_, open)| open.is_stale).map(|(root, _)| root.clone()).collect();
        for root in stale {
            self.reload(&root);
            if let Some(open) = self.projects.get_mut(&root) {
                open.is_stale = false;
            }
        }
        let buffers = &self.buffers;
        let projects: Vec<_> = self.projects.values_mut().map(|open| Arc::new(open.state(buffers))).collect();
        let mut reports = Reports::new();
        let changed = |path: &Path| self.changed.get(path).copied().unwrap_or(0).max(self.all_changed);
        for project in &projects {
            reporting::of_project(project, self.encoding, &self.reports, self.now, &changed, &mut reports);
        }
        for problem in self.problems.values() {
            reporting::of_problem(problem, self.now, &self.reports, &mut reports);
        }
        // A report that is kept has taken in every change so far.
        self.changed.clear();
        self.reports = Arc::new(reports);
        let reports = Arc::clone(&self.reports);
        State { revision: self.now, projects, problems: self.problems.clone(), reports }
    }
}

impl Open {
    fn touch_all(&mut self) {
        for file in 0..self.project.entries.len() {
            self.live.touch(FileId(file as u32));
        }
        self.is_stale = true;
    }

    /// True if the project's settings, the baseline, or what is known of the org stands in the file at `path`.
    fn rests_on(&self, path: &Path) -> bool {
        let root = &self.project.root;
        let is_config = || self.settings.files.iter().any(|file| source::join(root, &file.path) == path);
        let is_records = || self.options.records.iter().any(|file| source::join(root, &file.path) == path);
        let is_below = |folder: &PathBuf| path.starts_with(folder);
        is_config()
            || is_records()
            || self.settings.baseline.value == path
            || self.settings.records.value.as_ref().is_some_and(is_below)
            || self.settings.inventory.value.iter().any(is_below)
    }

    fn state(&mut self, buffers: &BTreeMap<PathBuf, (i32, Arc<str>)>) -> ProjectState {
        let own = buffers.iter().filter(|(path, _)| self.files.contains_key(*path));
        ProjectState {
            project: self.project.clone(),
            settings: self.settings.clone(),
            options: self.options.clone(),
            analysis: self.live.analyse(),
            files: self.files.clone(),
            buffers: own.map(|(path, buffer)| (path.clone(), buffer.clone())).collect(),
            is_transient: self.is_transient,
            told: self.told.clone(),
        }
    }
}

/// True if the file at `path`, which is in no project that is known, is one of ours all the same: `x.flow` may be
/// anything, unless it lies in a folder `flows`.
fn is_ours_alone(path: &Path) -> bool {
    let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or("");
    let is_source = path.to_string_lossy().ends_with("-meta.xml");
    is_ours(path) && (is_source || schema::type_folders().any(|known| known == folder))
}

/// True if a project reads files with this path.
pub(in crate::lsp) fn is_ours(path: &Path) -> bool {
    let path = path.to_string_lossy().replace('\\', "/");
    recognise(&path) != FileClass::Other
}
