//! The files below the package directories.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::forceignore::ForceIgnore;
use super::{Entry, Interest, paths, sfdx_project};

/// Folders of tools: no metadata is deployed from there, and they can be very large.
pub(super) const NEVER: [&str; 4] = ["node_modules", ".git", ".sf", ".sfdx"];

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
    /// Whether only the files in the folders themselves are looked at, and none below.
    pub(super) shallow: bool,
    /// What the caller wants done with a path relative to the root.
    pub(super) interest: &'a (dyn Fn(&str) -> Interest + Sync),
}

/// What a walk found, sorted: entries by path, problems as paths relative to the root with the reason, and the folders of
/// projects below the root.
#[derive(Default)]
pub(super) struct Found {
    pub(super) entries: Vec<Entry>,
    pub(super) problems: Vec<(String, String)>,
    pub(super) projects: Vec<String>,
}

/// A file that the walk came by.
struct Seen {
    disk: PathBuf,
    is_link: bool,
    /// A folder that it is in is hidden.
    hidden: bool,
}

impl Walk<'_> {
    /// Walks all package directories.
    pub(super) fn run(&self) -> Found {
        let folders: Vec<PathBuf> = self.packages.iter().map(|package| paths::join(self.root, package)).collect();
        let mut found = Found::default();
        let mut problems = Vec::new();
        for (index, folder) in folders.iter().enumerate() {
            // Those nested in it are left to themselves: the deepest one owns a file.
            let nested: Vec<&Path> = folders
                .iter()
                .map(PathBuf::as_path)
                .filter(|other| *other != folder && other.starts_with(folder))
                .collect();
            let forceignore = if self.forceignore { ForceIgnore::find(folder, &mut problems) } else { None };
            let seen = self.files(folder, &nested, forceignore.as_ref(), &mut problems);
            found.projects.extend(seen.iter().filter_map(|seen| self.project(&seen.disk)));
            // Half of the time goes into names and patterns, which need no order.
            let entry = |seen| self.entry(index, folder, forceignore.as_ref(), seen);
            found.entries.par_extend(seen.into_par_iter().filter_map(entry));
        }
        found.entries.par_sort_unstable_by(|a, b| a.path.cmp(&b.path).then_with(|| a.disk.cmp(&b.disk)));
        let told = |(path, message): (PathBuf, String)| {
            (paths::relative(self.root, &path).unwrap_or_else(|| paths::text(&path).into_owned()), message)
        };
        found.problems = problems.into_iter().map(told).collect();
        found.problems.sort_unstable();
        // Two packages below one faulty `.forceignore` say the same of it.
        found.problems.dedup();
        found.projects.sort_unstable();
        found
    }

    /// The files of one package directory. As the CLI does, links to folders are followed; to ask of every file whether it
    /// is one takes as long as all the rest, so that is done only where there is a link to a folder.
    fn files(
        &self,
        folder: &Path,
        nested: &[&Path],
        forceignore: Option<&ForceIgnore>,
        problems: &mut Vec<(PathBuf, String)>,
    ) -> Vec<Seen> {
        let before = problems.len();
        self.walk(folder, nested, forceignore, problems, false).unwrap_or_else(|| {
            problems.truncate(before);
            self.walk(folder, nested, forceignore, problems, true).unwrap_or_default()
        })
    }

    /// None if there is a link to a folder, and links are not followed.
    fn walk(
        &self,
        folder: &Path,
        nested: &[&Path],
        forceignore: Option<&ForceIgnore>,
        problems: &mut Vec<(PathBuf, String)>,
        follow: bool,
    ) -> Option<Vec<Seen>> {
        // Whether each folder on the way down to the current one is hidden. Hidden folders are walked too: a reference
        // to a file that is there but not deployed is worth its own words.
        let mut hidden = vec![forceignore.is_some_and(|ignore| ignore.hides_folder_or_above(folder))];
        let mut seen = Vec::new();
        let most = if self.shallow { 1 } else { usize::MAX };
        let mut walk = WalkDir::new(folder).min_depth(1).max_depth(most).follow_links(follow).into_iter();
        while let Some(item) = walk.next() {
            let item = match item {
                Ok(item) => item,
                // A link that leads back up is passed by.
                Err(error) if error.loop_ancestor().is_some() => continue,
                Err(error) if error.path().is_some_and(Path::is_symlink) => {
                    // A link to nothing counts as a file, so that reading it says what is wrong.
                    let hidden = hidden.get(error.depth().saturating_sub(1)).copied().unwrap_or(false);
                    seen.extend(error.path().map(|path| Seen { disk: path.to_path_buf(), is_link: true, hidden }));
                    continue;
                }
                Err(error) => {
                    let at = error.path().unwrap_or(folder).to_path_buf();
                    let message = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    problems.push((at, message));
                    continue;
                }
            };
            let kind = item.file_type();
            let is_link = item.path_is_symlink();
            if is_link && !follow && item.path().is_dir() {
                return None;
            }
            let parent_hidden = hidden.get(item.depth() - 1).copied().unwrap_or(false);
            if kind.is_dir() {
                if NEVER.iter().any(|name| item.file_name() == *name) || nested.contains(&item.path()) {
                    walk.skip_current_dir();
                } else {
                    hidden.truncate(item.depth());
                    hidden.push(parent_hidden || forceignore.is_some_and(|ignore| ignore.hides(item.path(), true)));
                }
            } else if kind.is_file() || is_link && is_file_or_nothing(item.path()) {
                seen.push(Seen { is_link, hidden: parent_hidden, disk: item.into_path() });
            }
        }
        Some(seen)
    }

    /// The folder of a project below the root, if the file describes one.
    fn project(&self, disk: &Path) -> Option<String> {
        let folder = disk.parent().filter(|folder| *folder != self.root)?;
        let describes = disk.file_name().is_some_and(|name| name == sfdx_project::FILE_NAME);
        describes.then(|| paths::relative(self.root, folder)).flatten()
    }

    fn entry(&self, index: usize, folder: &Path, forceignore: Option<&ForceIgnore>, seen: Seen) -> Option<Entry> {
        let Seen { disk, is_link, hidden } = seen;
        let below = paths::text(disk.strip_prefix(folder).unwrap_or(&disk));
        let package = &self.packages[index];
        let path = if package.is_empty() { below.into_owned() } else { format!("{package}/{below}") };
        let is_manifest = Some(disk.as_path()) == self.manifest;
        let interest = if is_manifest { Interest::Aside } else { (self.interest)(&path) };
        if interest == Interest::Skip {
            return None;
        }
        let ignored = hidden || forceignore.is_some_and(|ignore| ignore.hides(&disk, false));
        Some(Entry { path, package: index as u32, ignored, interest, is_link, disk, shadow: None })
    }
}

/// True for a link to a file or to nothing, which reading tells of; false for what is neither, such as a pipe.
fn is_file_or_nothing(link: &Path) -> bool {
    std::fs::metadata(link).map_or(true, |target| target.is_file())
}
