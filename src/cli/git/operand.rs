//! What an argument names: a path, a plan, a commit, or two commits.

use std::path::{Path, PathBuf};

use super::super::Failure;
use super::super::run::is_plan;
use super::command::{CONTENT, Repository};
use super::revision::{Revision, repository_around, revisions};
use crate::source;

/// What an argument names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Operand {
    /// A project on disk, or a part of it.
    Project(PathBuf),
    /// A file with a routing plan, or a pipe.
    Plan(PathBuf),
    /// A commit.
    Revision(Revision),
    /// Two commits, the earlier one first as the caller sees it.
    Range(Revision, Revision),
}

/// What `argument` names. What is on disk wins; a note for the user then says so if there is a commit of that name, too.
/// Commits are those of the repository around `project`, a path that need not exist.
pub(in crate::cli) fn operand(argument: &Path, project: &Path) -> Result<(Operand, Option<String>), Failure> {
    let name = argument.to_str().filter(|name| may_be_revision(name));
    if argument.symlink_metadata().is_ok() {
        let note = name.and_then(|name| also_revision(name, project));
        let path = argument.to_path_buf();
        return Ok((if is_plan(argument) { Operand::Plan(path) } else { Operand::Project(path) }, note));
    }
    let shown = source::display(argument);
    let Some(name) = name else {
        return Err(Failure::new(format!("`{shown}` does not exist")).with_help("name a project, a plan, or a commit"));
    };
    let repository = repository_around(project).map_err(|failure| Failure {
        message: format!("`{shown}` does not exist; and {}", failure.message),
        ..failure
    })?;
    if !name.contains("..") && repository.find(name)?.is_none() {
        let message = format!("`{shown}` is neither a file or folder nor a commit or branch");
        let help = "name a project, a plan, or a commit that exists; a shallow clone may need to fetch it first";
        return Err(Failure::new(message).with_help(help));
    }
    let operand = match revisions(&repository, name)? {
        (revision, None) => Operand::Revision(revision),
        (from, Some(to)) => Operand::Range(from, to),
    };
    Ok((operand, None))
}

/// True if a commit or branch can be called so: git gives no name that starts as a path does.
fn may_be_revision(name: &str) -> bool {
    let is_range = name.starts_with("..") && !name.starts_with("../") && name != "..";
    let is_path = name.starts_with('.') && !is_range || Path::new(name).has_root() || name.contains('\\');
    !name.is_empty() && !is_path
}

/// What to say if a commit is called as a path is.
fn also_revision(name: &str, project: &Path) -> Option<String> {
    let there = source::absolute(project).ok()?;
    let there = there.ancestors().find(|above| above.is_dir())?;
    // Whether git can be asked at all matters to nobody who names a path.
    source::work_tree(there)?;
    let repository = Repository::around(there, CONTENT).ok()?;
    repository.find(name).ok()??;
    let full = repository.line(&["rev-parse", "--symbolic-full-name", name]).unwrap_or_default();
    let full = if full.starts_with("refs/") && full != name { full } else { format!("{name}^0") };
    let message = format!("note: `{name}` is read as the file or folder, not as the commit or branch of that name");
    Some(format!("{message}; write `{full}` for that, or `./{name}` to say that the path is meant"))
}
