//! The files below the package directories.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::iter::Either;
use rayon::prelude::*;

use super::forceignore::ForceIgnore;
use super::store::{FileKind, ItemKind};
use super::{Boundary, Entry, FileStore, Interest, ReadProblem, paths, sfdx_project};

/// Folders of tools: no metadata is deployed from there, and they can be very large.
pub(super) const NEVER: [&str; 4] = ["node_modules", ".git", ".sf", ".sfdx"];

/// How many files and folders are looked at. Projects have a few hundred thousand at most.
pub(super) const MAX_ENTRIES: usize = 4_000_000;

/// How deep folders may lie in one another. Projects have a dozen.
const MAX_DEPTH: usize = 128;

/// What is said of a submodule where only a commit is known.
const SUBMODULE: &str = "it is a submodule, and its files are in another repository";

/// What to walk.
pub(super) struct Walk<'a> {
    /// The project's root, absolute.
    pub(super) root: &'a Path,
    /// How far links may lead.
    pub(super) boundary: &'a Boundary,
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
    /// At most this many files and folders are looked at: [`MAX_ENTRIES`].
    pub(super) most: usize,
}

/// What a walk found, sorted: entries by path, problems and warnings as paths relative to the root with the reason, and the
/// folders of projects below the root.
#[derive(Default)]
pub(super) struct Found {
    pub(super) entries: Vec<Entry>,
    pub(super) problems: Vec<(String, String)>,
    pub(super) warnings: Vec<(String, String)>,
    pub(super) projects: Vec<String>,
}

/// What a walk has to say of files that it read: the path, and the message.
#[derive(Default)]
pub(super) struct Notices {
    /// What could not be read or used, so that the project is not known in full.
    pub(super) problems: Vec<(PathBuf, String)>,
    /// What the CLI passes over as well.
    pub(super) warnings: Vec<(PathBuf, String)>,
}

/// A package directory.
struct Package {
    folder: PathBuf,
    forceignore: Option<Arc<ForceIgnore>>,
    /// Those nested in it. They are left to themselves: the deepest one owns a file.
    nested: Vec<PathBuf>,
}

impl Package {
    fn hides(&self, path: &Path, is_folder: bool) -> bool {
        self.forceignore.as_ref().is_some_and(|ignore| ignore.hides(path, is_folder))
    }
}

/// What is walked at once: a package directory, or a folder that a link leads to.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Branch {
    /// As the package, or the link in it, is called.
    folder: PathBuf,
    package: usize,
    /// It, or a folder that it is in, is hidden.
    hidden: bool,
}

/// A file that the walk came by.
struct Seen {
    disk: PathBuf,
    package: usize,
    is_link: bool,
    /// A folder that it is in is hidden.
    hidden: bool,
}

/// What has been walked so far.
#[derive(Default)]
struct Trip {
    seen: Vec<Seen>,
    /// Links to folders, for later.
    links: Vec<Branch>,
    notices: Notices,
    /// The real paths of all branches so far.
    walked: BTreeSet<PathBuf>,
    /// How many files and folders were looked at.
    count: usize,
}

impl Trip {
    /// True if the folder at `real` has been walked: it is in a branch, and not in a tool's folder there.
    fn knows(&self, real: &Path) -> bool {
        let is_walked = |above: &Path| {
            let below = real.strip_prefix(above).unwrap_or(real);
            self.walked.contains(above)
                && !below.components().any(|part| NEVER.iter().any(|name| part.as_os_str() == *name))
        };
        real.ancestors().any(is_walked)
    }
}

impl Walk<'_> {
    /// Walks all package directories. As the CLI does, links to folders are followed, but each real folder is walked once:
    /// first by its own path, else by the first of the links to it, in the order of their paths.
    pub(super) fn run(&self) -> Found {
        let mut trip = Trip::default();
        let packages = self.packages(&mut trip.notices);
        let branches = packages.iter().enumerate().map(|(package, Package { folder, forceignore, .. })| {
            let hidden = forceignore.as_ref().is_some_and(|ignore| ignore.hides_folder_or_above(folder));
            Branch { folder: folder.clone(), package, hidden }
        });
        let root = self.store().real(self.root);
        let (mut branches, links): (Vec<_>, Vec<_>) = branches.partition(|branch| {
            self.store().real(&branch.folder) == paths::join(&root, &self.packages[branch.package])
        });
        trip.links = links;
        let mut is_linked = false;
        loop {
            for branch in branches {
                self.branch(&branch, is_linked, &packages[branch.package], &mut trip);
            }
            is_linked = true;
            if trip.links.is_empty() || trip.count > self.most {
                break;
            }
            branches = std::mem::take(&mut trip.links);
            branches.sort_unstable();
        }
        if trip.count > self.most {
            // Which of them came first, only the disk knows.
            trip.seen.clear();
            let message =
                format!("more than {} files and folders lie in it: name smaller package directories", self.most);
            trip.notices.problems = vec![(self.root.to_path_buf(), message)];
        }
        self.found(&packages, trip)
    }

    fn packages(&self, notices: &mut Notices) -> Vec<Package> {
        let folders: Vec<PathBuf> = self.packages.iter().map(|package| paths::join(self.root, package)).collect();
        let nested = |folder: &PathBuf| {
            let others = folders.iter().filter(|other| *other != folder && other.starts_with(folder));
            others.cloned().collect()
        };
        // Most package directories have one above all of them.
        let mut known: HashMap<PathBuf, Option<Arc<ForceIgnore>>> = HashMap::new();
        let mut forceignore = |folder: &Path| {
            let file = ForceIgnore::locate(folder, self.store()).filter(|_| self.forceignore)?;
            let read = || ForceIgnore::read(&file, self.boundary, notices).map(Arc::new);
            known.entry(file.clone()).or_insert_with(read).clone()
        };
        let mut package = |folder: &PathBuf| Package {
            folder: folder.clone(),
            forceignore: forceignore(folder),
            nested: nested(folder),
        };
        folders.iter().map(&mut package).collect()
    }

    /// Walks a branch, unless it is out of bounds, or behind a link and has been walked.
    fn branch(&self, branch: &Branch, is_linked: bool, package: &Package, trip: &mut Trip) {
        let real = self.store().real(&branch.folder);
        if !self.boundary.holds(&real) {
            // What is not deployed anyway is not missed.
            if !branch.hidden {
                trip.notices.problems.push((branch.folder.clone(), self.refusal()));
            }
        } else if !is_linked || !trip.knows(&real) {
            self.walk(branch, &real, package, trip);
            trip.walked.insert(real);
        }
    }

    fn walk(&self, branch: &Branch, real: &Path, package: &Package, trip: &mut Trip) {
        // Whether each folder on the way down to the current one is hidden. Hidden folders are walked too: a reference
        // to a file that is there but not deployed is worth its own words.
        let mut hidden = vec![branch.hidden];
        let most = if self.shallow { 1 } else { MAX_DEPTH };
        if self.store().is_submodule(&branch.folder) && !branch.hidden {
            trip.notices.problems.push((branch.folder.clone(), SUBMODULE.to_owned()));
        }
        let mut walk = self.store().walk(&branch.folder, most, false);
        while let Some(item) = walk.next() {
            trip.count += 1;
            if trip.count > self.most {
                return;
            }
            let item = match item {
                Ok(item) => item,
                Err((at, message)) => {
                    trip.notices.problems.push((at.unwrap_or_else(|| branch.folder.clone()), message));
                    continue;
                }
            };
            let parent_hidden = hidden.get(item.depth - 1).copied().unwrap_or(false);
            let is_package = || package.nested.contains(&item.path);
            let is_never = || item.path.file_name().is_some_and(|name| NEVER.iter().any(|never| name == *never));
            if item.kind == ItemKind::Folder {
                // Below a link to a folder, there may be one that has been walked.
                let is_known = || {
                    let below = item.path.strip_prefix(&branch.folder).unwrap_or(&item.path);
                    real != branch.folder && trip.walked.contains(&real.join(below))
                };
                if is_never() || is_package() || is_known() {
                    walk.skip_current_dir();
                    continue;
                }
                hidden.truncate(item.depth);
                hidden.push(parent_hidden || package.hides(&item.path, true));
                if item.depth == MAX_DEPTH {
                    let message = format!("more than {MAX_DEPTH} folders lie in one another here");
                    trip.notices.problems.push((item.path, message));
                }
            } else if item.kind == ItemKind::Link {
                match self.store().kind(&item.path) {
                    Ok(FileKind::Folder) => {
                        if !self.shallow && !is_never() && !is_package() {
                            let hidden = parent_hidden || package.hides(&item.path, true);
                            trip.links.push(Branch { folder: item.path, package: branch.package, hidden });
                        }
                    }
                    // What is neither, such as a pipe.
                    Ok(FileKind::Other) => {}
                    // A link to nothing counts as a file, so that reading it says what is wrong.
                    _ => trip.seen.push(Seen::new(item.path, branch.package, true, parent_hidden)),
                }
            } else if item.kind == ItemKind::File {
                trip.seen.push(Seen::new(item.path, branch.package, false, parent_hidden));
            } else if item.kind == ItemKind::Submodule {
                let hidden = parent_hidden || package.hides(&item.path, true);
                if !self.shallow && !hidden && !is_never() && !is_package() {
                    trip.notices.problems.push((item.path, SUBMODULE.to_owned()));
                }
            }
        }
    }

    fn found(&self, packages: &[Package], trip: Trip) -> Found {
        let Trip { seen, notices: Notices { mut problems, warnings }, .. } = trip;
        let mut projects: Vec<String> = seen.iter().filter_map(|seen| self.project(&seen.disk)).collect();
        // Half of the time goes into names and patterns, which need no order.
        let entries = seen.into_par_iter().filter_map(|seen| self.entry(&packages[seen.package], seen));
        let (mut entries, refused): (Vec<Entry>, Vec<(PathBuf, String)>) = entries.partition_map(|entry| entry);
        entries.par_sort_unstable_by(|a, b| a.path.cmp(&b.path).then_with(|| a.disk.cmp(&b.disk)));
        problems.extend(refused);
        projects.sort_unstable();
        Found { entries, problems: self.sorted(problems), warnings: self.sorted(warnings), projects }
    }

    /// Messages with their paths relative to the root.
    fn sorted(&self, messages: Vec<(PathBuf, String)>) -> Vec<(String, String)> {
        let relative = |path: &Path| paths::relative(self.root, path).unwrap_or_else(|| paths::text(path).into_owned());
        let mut sorted: Vec<_> = messages.into_iter().map(|(path, message)| (relative(&path), message)).collect();
        sorted.sort_unstable();
        // Two packages below one faulty `.forceignore` say the same of it.
        sorted.dedup();
        sorted
    }

    /// The folder of a project below the root, if the file describes one.
    fn project(&self, disk: &Path) -> Option<String> {
        let folder = disk.parent().filter(|folder| *folder != self.root)?;
        let describes = disk.file_name().is_some_and(|name| name == sfdx_project::FILE_NAME);
        describes.then(|| paths::relative(self.root, folder)).flatten()
    }

    /// The entry of a file, if it is of interest, or why there is none.
    fn entry(&self, package: &Package, seen: Seen) -> Option<Either<Entry, (PathBuf, String)>> {
        let Seen { disk, package: index, is_link, hidden } = seen;
        let below = paths::text(disk.strip_prefix(&package.folder).unwrap_or(&disk));
        let name = &self.packages[index];
        let path = if name.is_empty() { below.into_owned() } else { format!("{name}/{below}") };
        let is_manifest = Some(disk.as_path()) == self.manifest;
        let interest = if is_manifest { Interest::Aside } else { (self.interest)(&path) };
        if interest == Interest::Skip {
            return None;
        }
        let ignored = hidden || package.hides(&disk, false);
        let real = is_link.then(|| self.store().real(&disk).into_boxed_path());
        if real.as_ref().is_some_and(|real| !self.boundary.holds(real)) {
            // What is not deployed anyway is not missed.
            return (!ignored).then(|| Either::Right((disk, self.refusal())));
        }
        Some(Either::Left(Entry {
            path,
            package: index as u32,
            ignored,
            interest,
            real,
            disk,
            shadow: None,
            problem: None,
        }))
    }

    fn store(&self) -> &FileStore {
        self.boundary.store()
    }

    /// What is said of a link that leads out.
    fn refusal(&self) -> String {
        let problem = ReadProblem::Outside(self.boundary.noun());
        format!("{problem}, and is not read; `--allow-outside` allows it")
    }
}

impl Seen {
    const fn new(disk: PathBuf, package: usize, is_link: bool, hidden: bool) -> Self {
        Self { disk, package, is_link, hidden }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_files_than_any_project_has_are_told() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..6 {
            std::fs::write(folder.path().join(format!("{number}.queue")), "").unwrap();
        }
        let boundary = Boundary::around(folder.path(), false);
        let packages = [String::new()];
        let walk = |most| Walk {
            root: folder.path(),
            boundary: &boundary,
            packages: &packages,
            manifest: None,
            forceignore: true,
            shallow: false,
            interest: &|_| Interest::Read,
            most,
        };
        let found = walk(6).run();
        assert_eq!((found.entries.len(), found.problems.len()), (6, 0));
        let found = walk(5).run();
        let words = "more than 5 files and folders lie in it: name smaller package directories";
        assert_eq!((found.entries.len(), found.problems), (0, vec![(".".to_owned(), words.to_owned())]));
    }
}
