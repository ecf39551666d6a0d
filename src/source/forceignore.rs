//! `.forceignore`, as the Salesforce CLI reads it.
//!
//! Source: `forcedotcom/source-deploy-retrieve`, `src/resolve/forceIgnore.ts` (2026): the file is searched upward from
//! the folder that is deployed, and only the nearest one counts; patterns follow the gitignore grammar of the npm
//! package `ignore`, relative to the file's folder, letter case aside; built-in patterns come before those of the file,
//! and hold only where there is a file.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::read::{Links, read_into};
use super::{Boundary, NamedBy, ReadProblem};
use crate::text::{PatternBudget, is_too_complex};

/// The CLI has seven more, exceptions for `.sf/orgs`, which a walk never enters.
const BUILT_IN: [&str; 4] = ["**/*.dup", "**/.*", "**/package2-descriptor.json", "**/package2-manifest.json"];

/// No such file that people wrote, or that a tool made of a list of files, is near this size.
const MAX_BYTES: u64 = 1024 * 1024;

/// The patterns of one `.forceignore`.
pub(super) struct ForceIgnore {
    folder: PathBuf,
    patterns: Gitignore,
}

impl ForceIgnore {
    /// Finds the `.forceignore` at or above `start`, an absolute path. What it says that cannot be used goes to
    /// `problems`, with the path of the file.
    pub(super) fn find(start: &Path, boundary: &Boundary, problems: &mut Vec<(PathBuf, String)>) -> Option<Self> {
        Self::read(&Self::locate(start)?, boundary, problems)
    }

    /// The `.forceignore` at or above `start`.
    pub(super) fn locate(start: &Path) -> Option<PathBuf> {
        start.ancestors().map(|folder| folder.join(".forceignore")).find(|file| file.is_file())
    }

    /// Reads the file at `file`. Nobody named it, so above the boundary it may not be a link out of its folder.
    pub(super) fn read(file: &Path, boundary: &Boundary, problems: &mut Vec<(PathBuf, String)>) -> Option<Self> {
        let (folder, file) = (file.parent()?, file.to_path_buf());
        let boundary = boundary.of_found(&file, "its folder");
        let text = if boundary.refuses(&file, NamedBy::Project) {
            Err(ReadProblem::Outside(boundary.noun()))
        } else {
            let mut bytes = Vec::new();
            read_into(&file, Links::Followed, MAX_BYTES, &mut bytes)
                .map(|()| String::from_utf8_lossy(&bytes).into_owned())
        };
        let text = text.map_err(|problem| problems.push((file.clone(), problem.to_string()))).ok()?;
        let (patterns, unusable) = patterns(folder, &text);
        problems.extend(unusable.into_iter().map(|message| (file.clone(), message)));
        Some(Self { folder: folder.to_path_buf(), patterns: patterns? })
    }

    /// True if a pattern hides `path` (absolute, below the file's folder) by itself. A folder hides all below it,
    /// whatever the patterns say of that, so ask from the top down.
    pub(super) fn hides(&self, path: &Path, is_folder: bool) -> bool {
        self.patterns.matched(path, is_folder).is_ignore()
    }

    /// True if a pattern hides `folder` (absolute, at or below the file's folder) or a folder that it is in.
    pub(super) fn hides_folder_or_above(&self, folder: &Path) -> bool {
        folder.ancestors().take_while(|folder| *folder != self.folder).any(|folder| self.hides(folder, true))
    }
}

/// The patterns of a text in `folder`, and what of it cannot be used.
fn patterns(folder: &Path, text: &str) -> (Option<Gitignore>, Vec<String>) {
    let mut unusable = Vec::new();
    let mut builder = GitignoreBuilder::new(folder);
    // Neither of these two fails as called here.
    let _ = builder.case_insensitive(true);
    for pattern in BUILT_IN {
        let _ = builder.add_line(None, pattern);
    }
    let mut budget = PatternBudget::default();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if is_too_complex(line) {
            unusable.push(format!("line {}: the pattern is longer than any path that it could fit", at + 1));
        } else if !budget.affords(line) {
            unusable.push(format!("line {}: too many wildcards, so this line and the rest are left out", at + 1));
            break;
        } else if let Err(error) = builder.add_line(None, &plain_braces(line)) {
            unusable.push(format!("line {}: {}", at + 1, words(&error)));
        }
    }
    let patterns = builder.build().map_err(|error| unusable.push(words(&error))).ok();
    (patterns, unusable)
}

/// What is wrong with a pattern, without the pattern.
fn words(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        other => other.to_string(),
    }
}

/// Braces are plain characters to git and to the CLI, but alternatives to the glob library.
fn plain_braces(line: &str) -> Cow<'_, str> {
    if !line.contains(['{', '}']) {
        return Cow::Borrowed(line);
    }
    let mut plain = String::with_capacity(line.len() + 4);
    let mut escaped = false;
    for character in line.chars() {
        if matches!(character, '{' | '}') && !escaped {
            plain.push('\\');
        }
        escaped = character == '\\' && !escaped;
        plain.push(character);
    }
    Cow::Owned(plain)
}
