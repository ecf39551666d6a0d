//! A project as it is in a commit, without a checkout.
//!
//! Git lists the commit; what describes the project is found there as it would be found on disk, and files that are the
//! same on disk are read from there. All others are read by one git.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::Failure;
use super::command::{CONTENT, Repository};
use super::objects::{Missing, Objects};
use super::range::Range;
use super::tree::Tree;
use crate::setup::{BaselineUse, Ready, Setup};
use crate::source::{self, FileStore, Snapshot};
use crate::text::list;

/// So many projects of a commit are named at most.
const MOST_NAMED: usize = 3;

/// A commit, and how it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Revision {
    /// As the caller wrote it; of a commit that was found by others, the start of its id.
    pub(in crate::cli) name: String,
    /// The id of the commit.
    pub(in crate::cli) commit: String,
}

/// The commits that a text names: one for `A`, two for `A..B`, and for `A...B` the one where `B` left `A`, and `B`. A side
/// that is left out is `HEAD`.
pub(super) fn revisions(repository: &Repository, text: &str) -> Result<(Revision, Option<Revision>), Failure> {
    let revision = |name: &str| Ok::<_, Failure>(Revision { name: name.to_owned(), commit: repository.resolve(name)? });
    match Range::parse(text) {
        Range::Since(name) => Ok((revision(name)?, None)),
        Range::Between(from, to) => Ok((revision(from)?, Some(revision(to)?))),
        Range::Symmetric(from, to) => {
            let (from, to) = (revision(from)?, revision(to)?);
            let commit = repository.merge_base(&from.commit, &to.commit, text)?;
            let name = commit.chars().take(10).collect();
            Ok((Revision { name, commit }, Some(to)))
        }
    }
}

/// A commit whose files are listed.
pub(in crate::cli) struct Listed<'r> {
    revision: &'r Revision,
    repository: Repository,
    tree: Tree,
}

impl<'r> Listed<'r> {
    /// Lists the files of a commit of the repository around `path`.
    pub(in crate::cli) fn read(path: &Path, revision: &'r Revision) -> Result<Self, Failure> {
        let repository = repository_around(path)?;
        let tree = Tree::read(&repository, &revision.commit, &[]);
        let tree = tree.map_err(|said| unreadable(&revision.name, &Missing::Told(said)))?;
        Ok(Self { revision, repository, tree })
    }

    /// The project around `path` as it is in the commit, how it is to be analysed, and all that the commit has. What
    /// `setup` names is on the disk, and so is what lies outside of the work tree. The lines of [`Ready::told`] say which
    /// commit they are about. `before` is another commit of this repository, of which the project was read already.
    pub(in crate::cli) fn project(
        self,
        path: &Path,
        setup: &Setup,
        baseline: BaselineUse,
        before: Option<Arc<Snapshot>>,
    ) -> Result<(Ready, Arc<Snapshot>), Failure> {
        let Self { revision: Revision { name, .. }, repository, tree } = self;
        let absolute = absolute(path)?;
        let (root, format) = (repository.root.clone(), tree.format);
        let objects = Arc::new(Objects::new(repository, format));
        let snapshot = Snapshot::new(root, &absolute, tree.into_items(), Arc::clone(&objects) as _);
        let snapshot = Arc::new(snapshot.after(before));
        let setup = Setup { store: FileStore::with(Arc::clone(&snapshot)), ..setup.clone() };
        let loaded = if setup.store.exists(&absolute) {
            setup.load(path, baseline).map_err(Failure::from)
        } else {
            Err(not_there(path, name, &snapshot))
        };
        if let Some(missing) = objects.failed() {
            return Err(unreadable(name, &missing));
        }
        let at = format!("in `{name}`: ");
        match loaded {
            Ok(ready) => {
                let told = ready.told.iter().map(|line| match line.split_once(": ") {
                    Some((word, rest)) => format!("{word}: {at}{rest}"),
                    None => format!("{at}{line}"),
                });
                Ok((Ready { told: told.collect(), ..ready }, snapshot))
            }
            Err(failure) => Err(Failure { message: format!("{at}{}", failure.message), ..failure }),
        }
    }
}

/// The repository around a path, which need not exist now.
pub(super) fn repository_around(path: &Path) -> Result<Repository, Failure> {
    // A link may lead to what is gone.
    let path = source::real_path(path);
    let there = path.ancestors().find(|above| above.is_dir()).unwrap_or(&path);
    Repository::around(there, CONTENT)
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    source::absolute(path).map_err(|error| Failure::new(format!("`{}`: {error}", source::display(path))))
}

fn not_there(path: &Path, name: &str, snapshot: &Snapshot) -> Failure {
    let failure = Failure::new(format!("`{}` does not exist there", source::display(path)));
    let folders = snapshot.folders_with("sfdx-project.json");
    let folders: Vec<&str> = folders.map(|folder| if folder.is_empty() { "." } else { folder }).collect();
    let help = format!("name a path that `{name}` has");
    if folders.is_empty() {
        return failure.with_help(help);
    }
    let (are, projects) = if folders.len() == 1 { ("is", "project") } else { ("are", "projects") };
    let folders = list(folders, MOST_NAMED);
    failure.with_help(format!("{help}; the {projects} there, from the root of the repository, {are} {folders}"))
}

fn unreadable(name: &str, missing: &Missing) -> Failure {
    match missing {
        Missing::Object(path) => {
            Failure::new(format!("git cannot read `{name}`: this clone does not have `{path}` of that commit"))
                .with_help(format!("a partial clone fetches what is missing with `git diff --stat {name}`"))
        }
        Missing::Told(said) => {
            let said = said.strip_prefix("fatal: ").unwrap_or(said);
            Failure::new(format!("git cannot read `{name}`: {said}"))
                .with_help("a partial or shallow clone may need to fetch more first; `git fsck` finds what is damaged")
        }
        Missing::TooMuch => {
            Failure::new(format!("git cannot read `{name}`: more than 1 GiB of its files differ from those on disk"))
                .with_help(
                    "check the commit out into a folder of its own with `git worktree add`, and name that folder",
                )
        }
    }
}
