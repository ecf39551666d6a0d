//! The files below the package directories.

use std::collections::HashSet;
use std::fs::FileType;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::boundary::real;
use super::forceignore::ForceIgnore;
use super::{Boundary, Entry, Interest, paths, sfdx_project};

/// Folders of tools: no metadata is deployed from there, and they can be very large.
const NEVER: [&str; 4] = ["node_modules", ".git", ".sf", ".sfdx"];

/// More files and folders than this are not looked at. The largest projects have a quarter of a million.
pub(super) const MOST_SEEN: usize = 4_000_000;

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
    /// Where links may lead.
    pub(super) boundary: &'a Boundary,
    /// How many files and folders are looked at.
    pub(super) most: usize,
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

/// A package directory.
struct Package {
    folder: PathBuf,
    /// Those nested in it are left to themselves: the deepest one owns a file.
    nested: Vec<PathBuf>,
    forceignore: Option<ForceIgnore>,
}

/// A file that the walk came by.
struct Seen {
    /// Index of its package directory.
    package: usize,
    disk: PathBuf,
    is_link: bool,
    /// A folder that it is in is hidden.
    hidden: bool,
}

/// A folder to walk: a package directory, or a link to a folder.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Start {
    folder: PathBuf,
    package: usize,
    /// It, or a folder that it is in, is hidden.
    hidden: bool,
}

/// Where a walk is.
#[derive(Default)]
struct Progress {
    seen: Vec<Seen>,
    /// Folders whose identity nobody has needed yet.
    folders: Vec<PathBuf>,
    /// Each folder that was walked. Links that fan out would otherwise lead to the same ones in more ways than there is
    /// time for.
    walked: HashSet<FolderId>,
    links: Vec<Start>,
    /// How many files and folders were looked at.
    count: usize,
    problems: Vec<(PathBuf, String)>,
}

impl Walk<'_> {
    /// Walks all package directories.
    pub(super) fn run(&self) -> Found {
        let mut walked = Progress::default();
        let packages = self.packages(&mut walked.problems);
        self.walk(&packages, &mut walked);
        let Progress { seen, mut problems, count, .. } = walked;
        if count >= self.most {
            let told = format!("more than {} files and folders; the rest was left out", self.most);
            problems.push((self.root.to_path_buf(), told));
        }
        let mut found =
            Found { projects: seen.iter().filter_map(|seen| self.project(&seen.disk)).collect(), ..Found::default() };
        // Half of the time goes into names and patterns, which need no order.
        found.entries.par_extend(seen.into_par_iter().filter_map(|seen| self.entry(&packages, seen)));
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

    fn packages(&self, problems: &mut Vec<(PathBuf, String)>) -> Vec<Package> {
        let folders: Vec<PathBuf> = self.packages.iter().map(|package| paths::join(self.root, package)).collect();
        let package = |folder: &PathBuf| Package {
            nested: folders.iter().filter(|other| *other != folder && other.starts_with(folder)).cloned().collect(),
            forceignore: if self.forceignore { ForceIgnore::find(folder, problems) } else { None },
            folder: folder.clone(),
        };
        folders.iter().map(package).collect()
    }

    /// Walks what lies in package directories, then, as the CLI does, what links to folders lead to: each folder once, by
    /// the path without a link if there is one, else by the first link in the order of paths.
    fn walk(&self, packages: &[Package], walked: &mut Progress) {
        let start = |(package, found): (usize, &Package)| {
            let hidden = found.forceignore.as_ref().is_some_and(|ignore| ignore.hides_folder_or_above(&found.folder));
            Start { folder: found.folder.clone(), package, hidden }
        };
        let (links, plain): (Vec<Start>, Vec<Start>) =
            packages.iter().enumerate().map(start).partition(|start| start.folder.is_symlink());
        for start in &plain {
            self.folder(packages, start, walked, false);
        }
        walked.links.extend(links);
        if walked.links.is_empty() {
            return;
        }
        for folder in std::mem::take(&mut walked.folders) {
            walked.walked.extend(folder_id(&folder));
        }
        while !walked.links.is_empty() {
            let mut links = std::mem::take(&mut walked.links);
            links.sort_unstable();
            for start in links {
                match folder_id(&start.folder) {
                    Some(id) if !walked.walked.insert(id) => {}
                    _ => self.folder(packages, &start, walked, true),
                }
            }
        }
    }

    /// Walks one folder, and notes down the links to folders in it. `once`: folders that were walked are passed by.
    fn folder(&self, packages: &[Package], start: &Start, walked: &mut Progress, once: bool) {
        let Some(Package { nested, forceignore, .. }) = packages.get(start.package) else { return };
        if start.folder.is_symlink() && !self.allows(&start.folder, walked) {
            return;
        }
        walked.folders.push(start.folder.clone());
        // Whether each folder on the way down to the current one is hidden. Hidden folders are walked too: a reference
        // to a file that is there but not deployed is worth its own words.
        let mut hidden = vec![start.hidden];
        let deepest = if self.shallow { 1 } else { usize::MAX };
        let mut walk = WalkDir::new(&start.folder).min_depth(1).max_depth(deepest).into_iter();
        while let Some(item) = walk.next() {
            if walked.count >= self.most {
                return;
            }
            walked.count += 1;
            let item = match item {
                Ok(item) => item,
                Err(error) => {
                    let at = error.path().unwrap_or(&start.folder).to_path_buf();
                    let message = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    walked.problems.push((at, message));
                    continue;
                }
            };
            let kind = item.file_type();
            let is_folder = kind.is_dir() || kind.is_symlink() && item.path().is_dir();
            let parent_hidden = hidden.get(item.depth() - 1).copied().unwrap_or(false);
            if !is_folder {
                // A link to nothing counts as a file, so that reading it says what is wrong.
                let is_link = kind.is_symlink();
                if kind.is_file() || is_link && is_file_or_nothing(item.path()) && self.allows_file(item.path(), walked)
                {
                    let package = start.package;
                    walked.seen.push(Seen { package, is_link, hidden: parent_hidden, disk: item.into_path() });
                }
                continue;
            }
            let is_hidden = parent_hidden || forceignore.as_ref().is_some_and(|ignore| ignore.hides(item.path(), true));
            if NEVER.iter().any(|name| item.file_name() == *name) || nested.iter().any(|other| other == item.path()) {
                walk_past(&mut walk, kind);
            } else if kind.is_symlink() {
                if !self.shallow {
                    walked.links.push(Start { folder: item.into_path(), package: start.package, hidden: is_hidden });
                }
            } else if once && folder_id(item.path()).is_some_and(|id| !walked.walked.insert(id)) {
                walk.skip_current_dir();
            } else {
                hidden.truncate(item.depth());
                hidden.push(is_hidden);
                if !once {
                    walked.folders.push(item.into_path());
                }
            }
        }
    }

    /// True if a link to a file of interest leads to where the project's files may lead.
    fn allows_file(&self, link: &Path, walked: &mut Progress) -> bool {
        let path = paths::relative(self.root, link).unwrap_or_default();
        let is_wanted = (self.interest)(&path) != Interest::Skip || self.manifest == Some(link);
        !is_wanted || self.allows(link, walked)
    }

    /// True if a link leads to where the project's files may lead; else that is noted down. Nothing is said of what is
    /// there.
    fn allows(&self, link: &Path, walked: &mut Progress) -> bool {
        let allows = self.boundary.holds(&real(link));
        if !allows {
            let told = format!("it leads out of {}, so it is not read", self.boundary.noun());
            walked.problems.push((link.to_path_buf(), told));
        }
        allows
    }

    /// The folder of a project below the root, if the file describes one.
    fn project(&self, disk: &Path) -> Option<String> {
        let folder = disk.parent().filter(|folder| *folder != self.root)?;
        let describes = disk.file_name().is_some_and(|name| name == sfdx_project::FILE_NAME);
        describes.then(|| paths::relative(self.root, folder)).flatten()
    }

    fn entry(&self, packages: &[Package], seen: Seen) -> Option<Entry> {
        let Seen { package: index, disk, is_link, hidden } = seen;
        let Package { folder, forceignore, .. } = packages.get(index)?;
        let below = paths::text(disk.strip_prefix(folder).unwrap_or(&disk));
        let package = &self.packages[index];
        let path = if package.is_empty() { below.into_owned() } else { format!("{package}/{below}") };
        let is_manifest = Some(disk.as_path()) == self.manifest;
        let interest = if is_manifest { Interest::Aside } else { (self.interest)(&path) };
        if interest == Interest::Skip {
            return None;
        }
        let ignored = hidden || forceignore.as_ref().is_some_and(|ignore| ignore.hides(&disk, false));
        Some(Entry { path, package: index as u32, ignored, interest, is_link, disk, shadow: None })
    }
}

/// Passes by a folder; a link to one is not entered anyway.
fn walk_past(walk: &mut walkdir::IntoIter, kind: FileType) {
    if kind.is_dir() {
        walk.skip_current_dir();
    }
}

/// True for a link to a file or to nothing, which reading tells of; false for what is neither, such as a pipe.
fn is_file_or_nothing(link: &Path) -> bool {
    std::fs::metadata(link).map_or(true, |target| target.is_file())
}

/// What tells a folder from every other, by whatever path: device and inode.
#[cfg(unix)]
type FolderId = (u64, u64);

#[cfg(unix)]
fn folder_id(folder: &Path) -> Option<FolderId> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(folder).ok().map(|found| (found.dev(), found.ino()))
}

/// What tells a folder from every other: its path without links.
#[cfg(not(unix))]
type FolderId = PathBuf;

#[cfg(not(unix))]
fn folder_id(folder: &Path) -> Option<FolderId> {
    folder.canonicalize().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(root: &Path, most: usize) -> Found {
        let boundary = Boundary::around(root, false);
        let interest = |_: &str| Interest::Read;
        let packages = [String::new()];
        let (manifest, forceignore, shallow, interest) = (None, false, false, &interest);
        Walk { root, packages: &packages, manifest, forceignore, shallow, boundary: &boundary, most, interest }.run()
    }

    #[test]
    fn a_walk_has_an_end() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..20 {
            std::fs::write(folder.path().join(format!("{number}.queue")), "").unwrap();
        }
        assert_eq!(found(folder.path(), 21).problems, []);
        let cut = found(folder.path(), 10);
        assert_eq!(cut.entries.len(), 10);
        let told = "more than 10 files and folders; the rest was left out";
        assert_eq!(cut.problems, [(".".to_owned(), told.to_owned())]);
    }
}
