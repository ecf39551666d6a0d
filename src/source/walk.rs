//! The files below the package directories.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::forceignore::ForceIgnore;
use super::{Entry, Interest, paths};

/// Folders of tools: no metadata is deployed from there, and they can be very large.
const NEVER: [&str; 4] = ["node_modules", ".git", ".sf", ".sfdx"];

/// What to walk.
pub(super) struct Walk<'a> {
    /// The project's root, absolute.
    pub(super) root: &'a Path,
    /// Package directories, relative to the root.
    pub(super) packages: &'a [String],
    /// The one file that is [`Interest::Aside`] whatever the caller says.
    pub(super) manifest: Option<&'a Path>,
    /// Whether `.forceignore` counts.
    pub(super) forceignore: bool,
    /// What the caller wants done with a path relative to the root.
    pub(super) interest: &'a (dyn Fn(&str) -> Interest + Sync),
}

/// What a walk found, sorted: entries by path, and problems as paths relative to the root with the reason.
#[derive(Default)]
pub(super) struct Found {
    pub(super) entries: Vec<Entry>,
    pub(super) problems: Vec<(String, String)>,
}

impl Walk<'_> {
    /// Walks all package directories.
    pub(super) fn run(&self) -> Found {
        let folders: Vec<PathBuf> = self.packages.iter().map(|package| paths::join(self.root, package)).collect();
        let mut entries = Vec::new();
        let mut problems = Vec::new();
        for (index, folder) in folders.iter().enumerate() {
            let nested: Vec<&Path> = folders
                .iter()
                .map(PathBuf::as_path)
                .filter(|other| *other != folder && other.starts_with(folder))
                .collect();
            self.package(index, folder, &nested, &mut entries, &mut problems);
        }
        entries.par_sort_unstable_by(|a, b| a.path.cmp(&b.path).then_with(|| a.disk.cmp(&b.disk)));
        let mut problems: Vec<(String, String)> = problems
            .into_iter()
            .map(|(path, message)| {
                (paths::relative(self.root, &path).unwrap_or_else(|| paths::text(&path).into_owned()), message)
            })
            .collect();
        problems.sort_unstable();
        // Two packages below one faulty `.forceignore` say the same of it.
        problems.dedup();
        Found { entries, problems }
    }

    /// Walks one package directory, leaving those nested in it to themselves: the deepest one owns a file.
    fn package(
        &self,
        index: usize,
        folder: &Path,
        nested: &[&Path],
        entries: &mut Vec<Entry>,
        problems: &mut Vec<(PathBuf, String)>,
    ) {
        let forceignore = if self.forceignore { ForceIgnore::find(folder, problems) } else { None };
        let hides =
            |path: &Path, is_folder: bool| forceignore.as_ref().is_some_and(|ignore| ignore.hides(path, is_folder));
        // Whether each folder on the way down to the current one is hidden. Hidden folders are walked too: a reference
        // to a file that is there but not deployed is worth its own words.
        let mut hidden = vec![forceignore.as_ref().is_some_and(|ignore| ignore.hides_folder_or_above(folder))];
        let mut found: Vec<(PathBuf, bool, bool)> = Vec::new();
        // As the CLI does, links to folders are followed; one that leads back up is passed by.
        let mut walk = WalkDir::new(folder).min_depth(1).follow_links(true).into_iter();
        while let Some(item) = walk.next() {
            let item = match item {
                Ok(item) => item,
                Err(error) if error.loop_ancestor().is_some() => continue,
                Err(error) if error.path().is_some_and(Path::is_symlink) => {
                    // A link to nothing counts as a file, so that reading it says what is wrong.
                    let hidden = hidden.get(error.depth().saturating_sub(1)).copied().unwrap_or(false);
                    found.extend(error.path().map(|path| (path.to_path_buf(), true, hidden)));
                    continue;
                }
                Err(error) => {
                    let at = error.path().unwrap_or(folder).to_path_buf();
                    let message = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    problems.push((at, message));
                    continue;
                }
            };
            let disk = item.path();
            let parent_hidden = hidden.get(item.depth() - 1).copied().unwrap_or(false);
            if item.file_type().is_dir() {
                if NEVER.iter().any(|name| item.file_name() == *name) || nested.contains(&disk) {
                    walk.skip_current_dir();
                } else {
                    hidden.truncate(item.depth());
                    hidden.push(parent_hidden || hides(disk, true));
                }
                continue;
            }
            if item.file_type().is_file() {
                let is_link = item.path_is_symlink();
                found.push((item.into_path(), is_link, parent_hidden));
            }
        }
        // Half of the time goes into names and patterns, which need no order.
        let entry = |(disk, is_link, parent_hidden): (PathBuf, bool, bool)| {
            let below = paths::text(disk.strip_prefix(folder).unwrap_or(&disk));
            let package = &self.packages[index];
            let path = if package.is_empty() { below.into_owned() } else { format!("{package}/{below}") };
            let is_manifest = Some(disk.as_path()) == self.manifest;
            let interest = if is_manifest { Interest::Aside } else { (self.interest)(&path) };
            if interest == Interest::Skip {
                return None;
            }
            let ignored = parent_hidden || hides(&disk, false);
            Some(Entry { path, package: index as u32, ignored, interest, is_link, disk, shadow: None })
        };
        entries.par_extend(found.into_par_iter().filter_map(entry));
    }
}
