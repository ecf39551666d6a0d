//! `.forceignore`, as the Salesforce CLI reads it.
//!
//! Source: `forcedotcom/source-deploy-retrieve`, `src/resolve/forceIgnore.ts` (2026): the file is searched upward from
//! the folder that is deployed, and only the nearest one counts; patterns follow the gitignore grammar of the npm
//! package `ignore`, relative to the file's folder, letter case aside; built-in patterns come before those of the file,
//! and hold only where there is a file.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::read::read_at_most;

/// The CLI has seven more, exceptions for `.sf/orgs`, which a walk never enters.
const BUILT_IN: [&str; 4] = ["**/*.dup", "**/.*", "**/package2-descriptor.json", "**/package2-manifest.json"];

/// No real file is near these sizes. Patterns are compiled together, which takes much time and memory for many.
const MOST_BYTES: u64 = 128 * 1024;
const MOST_PATTERNS: usize = 4000;
const MOST_BYTES_OF_LINE: usize = 1000;

/// The patterns of one `.forceignore`.
pub(super) struct ForceIgnore {
    folder: PathBuf,
    patterns: Gitignore,
}

impl ForceIgnore {
    /// Finds the `.forceignore` at or above `start`, an absolute path. What it says that cannot be used goes to
    /// `problems`, with the path of the file.
    pub(super) fn find(start: &Path, problems: &mut Vec<(PathBuf, String)>) -> Option<Self> {
        let (folder, file) =
            start.ancestors().map(|folder| (folder, folder.join(".forceignore"))).find(|(_, file)| file.is_file())?;
        let bytes = read_at_most(&file, MOST_BYTES);
        let bytes = bytes.map_err(|problem| problems.push((file.clone(), problem.to_string()))).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let mut builder = GitignoreBuilder::new(folder);
        let mut unusable = Vec::new();
        // Neither of these two fails as called here.
        let _ = builder.case_insensitive(true);
        for pattern in BUILT_IN {
            let _ = builder.add_line(None, pattern);
        }
        for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if at >= MOST_PATTERNS {
                unusable.push((file.clone(), format!("more than {MOST_PATTERNS} lines; the rest was left out")));
                break;
            }
            if line.len() > MOST_BYTES_OF_LINE {
                let told = format!("line {}: longer than {MOST_BYTES_OF_LINE} bytes, so it was left out", at + 1);
                unusable.push((file.clone(), told));
                continue;
            }
            if let Err(error) = builder.add_line(None, &plain_braces(line)) {
                unusable.push((file.clone(), format!("line {}: {error}", at + 1)));
            }
        }
        let patterns = builder.build().map_err(|error| unusable.push((file.clone(), error.to_string()))).ok();
        problems.append(&mut unusable);
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
