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
    let root = PathBuf::from(text(git(folder, &["rev-parse", "--show-toplevel"])?).trim_end_matches(['\r', '\n']));
    // Without a common ancestor, as in a shallow clone, the commit itself is compared with.
    let base = git(&root, &["merge-base", reference, "HEAD"]).map(text);
    let base = base.map_or_else(|_| reference.to_owned(), |base| base.trim().to_owned());
    let mut names = git(&root, &["diff", "--name-only", "--no-renames", "-z", &base, "--"])?;
    names.extend(git(&root, &["ls-files", "--others", "--exclude-standard", "-z"])?);
    let names = text(names);
    Ok(names.split('\0').filter(|name| !name.is_empty()).map(|name| root.join(name)).collect())
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let run = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    let output = run.map_err(|error| {
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
