//! What git says has changed.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Failure;

/// The files below the repository around `folder` that differ from where the current branch left `reference`, and those
/// that git does not know yet. Absolute.
pub(super) fn changed(folder: &Path, reference: &str) -> Result<Vec<PathBuf>, Failure> {
    if reference.starts_with('-') {
        return Err(Failure::new(format!("`{reference}` is no commit or branch")));
    }
    let line = |bytes| text(bytes).trim_end_matches(['\r', '\n']).to_owned();
    let root = PathBuf::from(line(git(folder, &["rev-parse", "--show-toplevel"])?));
    // Where git sees the folder in it. The folder may be named by symbolic links, of which git knows nothing.
    let prefix = line(git(folder, &["rev-parse", "--show-prefix"])?);
    let place = |name: &str| name.strip_prefix(&prefix).map_or_else(|| root.join(name), |below| folder.join(below));
    // Without a common ancestor, as in a shallow clone, the commit itself is compared with.
    let base = git(&root, &["merge-base", reference, "HEAD"]).map(text);
    let base = base.map_or_else(|_| reference.to_owned(), |base| base.trim().to_owned());
    let mut names = git(&root, &["diff", "--name-only", "--no-renames", "-z", &base, "--"])?;
    names.extend(git(&root, &["ls-files", "--others", "--exclude-standard", "-z"])?);
    let names = text(names);
    Ok(names.split('\0').filter(|name| !name.is_empty()).map(place).collect())
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    if std::env::var_os("GIT_WORK_TREE").is_none() {
        // As git sets it for the hooks of a linked worktree. Alone, it makes git take `folder` for the root.
        command.env_remove("GIT_DIR");
    }
    let output = command.output().map_err(|error| {
        Failure::new(format!("git cannot be run: {error}"))
            .with_help("install git, or name the changed files with `--only`")
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given");
    Err(Failure::new(format!("git cannot tell what changed: {said}"))
        .with_help("name a commit or branch that is there; a shallow clone may have to fetch it first"))
}
