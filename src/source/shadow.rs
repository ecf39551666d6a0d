//! Texts that stand for files on disk: of an editor, or from standard input.

use std::path::Path;
use std::sync::Arc;

use super::forceignore::ForceIgnore;
use super::walk::Notices;
use super::{ApiVersion, ApiVersionSource, Boundary, Entry, Interest, Layout, Project, Selection, paths};

impl Project {
    /// Puts `text` in the place of the file at `disk`, an absolute path, which need not exist. `interest` is what
    /// discovery was asked with. False if the file is none of the project's, or of no interest.
    pub fn shadow(&mut self, disk: &Path, text: &str, interest: &dyn Fn(&str) -> Interest) -> bool {
        let text = Some(Arc::from(text));
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.disk == disk) {
            (entry.shadow, entry.problem) = (text, None);
            return true;
        }
        let Some(mut entry) = self.new_entry(disk, interest) else { return false };
        entry.shadow = text;
        let at = self.entries.partition_point(|other| other.path < entry.path);
        self.entries.insert(at, entry);
        true
    }

    /// A project of one file that need not exist, at an absolute path.
    pub fn lone(disk: &Path, interest: &dyn Fn(&str) -> Interest) -> Self {
        let root = disk.parent().unwrap_or(disk).to_path_buf();
        let mut project = Self {
            display_root: paths::display(&root),
            boundary: Boundary::around(&root, false),
            root,
            layout: Layout::Folder,
            api_version: ApiVersion::NEWEST,
            api_version_source: ApiVersionSource::Newest,
            packages: vec![String::new()],
            missing_packages: Vec::new(),
            surroundings: super::Surroundings::default(),
            replacements: Arc::default(),
            manifest: None,
            entries: Vec::new(),
            selection: Selection::All,
            inner_projects: Vec::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
        };
        project.shadow(disk, "", interest);
        project
    }

    /// What discovery would make of a file at `disk`.
    fn new_entry(&self, disk: &Path, interest: &dyn Fn(&str) -> Interest) -> Option<Entry> {
        let packages = self.packages.iter().enumerate();
        let around = packages.filter(|(_, package)| disk.starts_with(paths::join(&self.root, package)));
        let (index, package) = around.max_by_key(|(_, package)| package.len())?;
        let path = paths::relative(&self.root, disk)?;
        let interest = interest(&path);
        if interest == Interest::Skip {
            return None;
        }
        let folder = paths::join(&self.root, package);
        // What is wrong with the file of patterns, discovery has told.
        let forceignore = (self.layout != Layout::Mdapi)
            .then(|| ForceIgnore::find(&folder, &self.boundary, &mut Notices::default()))
            .flatten();
        let ignored = forceignore.is_some_and(|ignore| {
            ignore.hides(disk, false) || disk.parent().is_some_and(|parent| ignore.hides_folder_or_above(parent))
        });
        Some(Entry {
            disk: disk.to_path_buf(),
            real: None,
            path,
            package: index as u32,
            ignored,
            interest,
            shadow: None,
            problem: None,
        })
    }
}
