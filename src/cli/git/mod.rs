//! What has changed since a commit, and a project as it is in one.
//!
//! In: a project and a reference, or a path and a commit. Out: the paths that differ, or the project. Git is asked for commits and trees alone, by `command`; what
//! lies in the work tree is compared with them here, so that no filter, hook or monitor of the repository has a part in
//! it.

mod command;
mod disk;
mod ignored;
mod objects;
mod operand;
mod range;
mod revision;
#[cfg(test)]
mod tests;
mod tree;

pub(super) use operand::{Operand, operand};
pub(super) use revision::{Listed, Revision};

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::setup::DESCRIPTIONS;
use crate::source::{self, Project};
use command::{CHANGES, Repository};
use disk::Disk;
use ignored::Ignored;
use range::Range;
use tree::{Item, Tree};

/// More paths than this are not named to git: a command line has a limit.
const MOST_ARGUMENTS: usize = 200;

/// The files of `project`, and those that describe it, that differ by `reference`: a commit or branch, then also what is
/// not committed counts, or a range of two. Absolute; some of them may be gone.
pub(super) fn changed(project: &Project, reference: &str) -> Result<Vec<PathBuf>, Failure> {
    let repository = Repository::around(&project.root, CHANGES)?;
    match Range::parse(reference) {
        Range::Since(commit) => {
            let commit = repository.resolve(commit)?;
            // Without a common ancestor, as in a shallow clone, the commit itself is compared with.
            let base = repository.line(&["merge-base", &commit, "HEAD"]).unwrap_or(commit);
            since(project, &repository, &base)
        }
        Range::Between(from, to) => between(project, &repository, &repository.resolve(from)?, &repository.resolve(to)?),
        Range::Symmetric(from, to) => {
            let (from, to) = (repository.resolve(from)?, repository.resolve(to)?);
            let base = repository.merge_base(&from, &to, reference)?;
            between(project, &repository, &base, &to)
        }
    }
}

/// What differs between two commits.
fn between(project: &Project, repository: &Repository, from: &str, to: &str) -> Result<Vec<PathBuf>, Failure> {
    let flags = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-relative", "--no-ext-diff"];
    let names = repository.run(&[&flags[..], &["--no-textconv", from, to]].concat());
    let names = names.map_err(|said| CHANGES.failure(said))?;
    let place = TreeLocation::of(project, repository);
    Ok(tree::names(&names).map(|name| place.shown(&name)).collect())
}

/// What differs between a commit and the work tree.
fn since(project: &Project, repository: &Repository, base: &str) -> Result<Vec<PathBuf>, Failure> {
    let mut place = TreeLocation::of(project, repository);
    let descriptions = place.descriptions(project).into_iter().filter(|file| file.symlink_metadata().is_ok());
    let there = project.entries.iter().map(|entry| entry.disk.clone()).chain(descriptions);
    // What lies outside of the work tree is in no commit.
    let there: BTreeMap<String, PathBuf> = there.filter_map(|file| Some((place.in_tree(&file)?, file))).collect();
    let base = Tree::read(repository, base, &place.listed(project, there.keys()));
    let base = base.map_err(|said| CHANGES.failure(said))?;
    let disk = Disk { root: &repository.root, format: base.format };
    let mut changed = Vec::new();
    let mut unknown = Vec::new();
    let mut submodules = BTreeSet::new();
    for (path, file) in &there {
        match base.find(path) {
            Item::Blob(id) if disk.is_same(path, id) => {}
            Item::Blob(_) => changed.push(file.clone()),
            // All that is known of a submodule is which commit it stands at.
            Item::Within(submodule, commit) => {
                if submodules.insert(submodule) && head(repository, submodule).is_some_and(|head| head != commit) {
                    changed.push(place.shown(submodule));
                }
            }
            Item::Nothing => unknown.push((path.as_str(), file)),
        }
    }
    let is_gone = |path: &str| !there.contains_key(path) && repository.root.join(path).symlink_metadata().is_err();
    changed.extend(base.blobs().filter(|path| is_gone(path)).map(|path| place.shown(path)));
    changed.extend(added(repository, &unknown));
    Ok(changed)
}

/// Of files that a commit does not have, those that belong to the project's history now or may do so: not those that git
/// is told to ignore, unless they are committed all the same.
fn added(repository: &Repository, unknown: &[(&str, &PathBuf)]) -> Vec<PathBuf> {
    if unknown.is_empty() {
        return Vec::new();
    }
    let mut ignored = Ignored::new(repository);
    let head = Tree::read(repository, "HEAD", &[]).unwrap_or_default();
    let belongs = |path: &str| matches!(head.find(path), Item::Blob(_));
    let added = unknown.iter().filter(|(path, _)| belongs(path) || !ignored.contains(path));
    added.map(|&(_, file)| file.clone()).collect()
}

/// The commit that a submodule stands at.
fn head(repository: &Repository, submodule: &str) -> Option<String> {
    repository.submodule(Path::new(submodule))?.line(&["rev-parse", "--verify", "HEAD^{commit}"]).ok()
}

/// Where a project is in its work tree.
struct TreeLocation<'p> {
    /// As the project has it: symbolic links in it are kept.
    root: &'p Path,
    /// The same without symbolic links.
    real: PathBuf,
    tree: &'p Path,
    /// Folders on disk, and where they really are in the work tree; none if outside.
    folders: BTreeMap<PathBuf, Option<String>>,
}

impl<'p> TreeLocation<'p> {
    fn of(project: &'p Project, repository: &'p Repository) -> Self {
        let real = project.root.canonicalize().unwrap_or_else(|_| project.root.clone());
        Self { root: &project.root, real, tree: &repository.root, folders: BTreeMap::new() }
    }

    /// The path in the work tree of a file on disk, with forward slashes; none if it is outside. Links to folders are in
    /// no commit, but what they lead to is.
    fn in_tree(&mut self, file: &Path) -> Option<String> {
        let (folder, name) = (file.parent()?, file.file_name()?.to_string_lossy());
        if !self.folders.contains_key(folder) {
            let real = folder.canonicalize().ok().or_else(|| self.without_links(folder));
            let below = real.and_then(|real| relative(self.tree, &real));
            self.folders.insert(folder.to_path_buf(), below);
        }
        let folder = self.folders.get(folder)?.as_ref()?;
        Some(if folder.is_empty() { name.into_owned() } else { format!("{folder}/{name}") })
    }

    /// Where a folder that is gone would be.
    fn without_links(&self, folder: &Path) -> Option<PathBuf> {
        folder.strip_prefix(self.root).map(|below| self.real.join(below)).ok()
    }

    /// The file at `path` in the work tree, named as the project's files are.
    fn shown(&self, path: &str) -> PathBuf {
        self.named(&source::join(self.tree, path))
    }

    fn named(&self, file: &Path) -> PathBuf {
        file.strip_prefix(&self.real).map_or_else(|_| file.to_path_buf(), |below| self.root.join(below))
    }

    /// The files that may say what the project is: in its package directories and in the folders above them.
    fn descriptions(&self, project: &Project) -> Vec<PathBuf> {
        let packages = project.packages.iter().map(String::as_str).chain([""]);
        let packages: Vec<PathBuf> = packages.map(|package| source::join(&self.real, package)).collect();
        let above = packages.iter().flat_map(|folder| folder.ancestors());
        let folders: BTreeSet<&Path> = above.filter(|folder| folder.starts_with(self.tree)).collect();
        folders.into_iter().flat_map(|folder| DESCRIPTIONS.map(|name| self.named(&folder.join(name)))).collect()
    }

    /// What to list of a commit to find `files`, and what of the project is gone. Everything if empty.
    fn listed<'f>(&mut self, project: &Project, mut files: impl Iterator<Item = &'f String>) -> Vec<String> {
        let packages = project.packages.iter().chain(&project.missing_packages);
        let packages = packages.map(|package| source::join(&self.real, package));
        let mut listed: BTreeSet<String> = packages.filter_map(|folder| relative(self.tree, &folder)).collect();
        listed.extend(self.descriptions(project).iter().filter_map(|file| self.in_tree(file)));
        let has =
            |path: &str| listed.contains(path) || path.match_indices('/').any(|(end, _)| listed.contains(&path[..end]));
        // Links to folders lead out of the package directories.
        let all = listed.contains("") || listed.len() > MOST_ARGUMENTS || !files.all(|file| has(file));
        if all { Vec::new() } else { listed.into_iter().collect() }
    }
}

/// `path` below `folder`, with forward slashes; empty if they are the same, none if it is not below.
fn relative(folder: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(folder).ok()?.components().map(|part| part.as_os_str().to_string_lossy());
    Some(parts.collect::<Vec<_>>().join("/"))
}
