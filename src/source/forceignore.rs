//! `.forceignore`, as the Salesforce CLI reads it.
//!
//! Source: `forcedotcom/source-deploy-retrieve`, `src/resolve/forceIgnore.ts` (2026): the file is searched upward from
//! the folder that is deployed, and only the nearest one counts; patterns follow the gitignore grammar of the npm
//! package `ignore`, relative to the file's folder, letter case aside; built-in patterns come before those of the file,
//! and hold only where there is a file. A backslash escapes the next character, as in git: the CLI warns of it, because
//! people write it between folders. A line that is not a pattern hides nothing, and the other lines count. Negated classes
//! (`[!a]`) follow git; the package reads them as plain ones.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::walk::Notices;
use super::{Boundary, FileStore, NamedBy, ReadProblem};
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
    /// Finds the `.forceignore` at or above `start`, an absolute path, and reads it.
    pub(super) fn find(start: &Path, boundary: &Boundary, notices: &mut Notices) -> Option<Self> {
        Self::read(&Self::locate(start, boundary.store())?, boundary, notices)
    }

    /// The `.forceignore` at or above `start`.
    pub(super) fn locate(start: &Path, store: &FileStore) -> Option<PathBuf> {
        start.ancestors().map(|folder| folder.join(".forceignore")).find(|file| store.is_file(file))
    }

    /// Reads the file at `file`. Nobody named it, so above the boundary it may not be a link out of its folder.
    pub(super) fn read(file: &Path, boundary: &Boundary, notices: &mut Notices) -> Option<Self> {
        let (folder, file) = (file.parent()?, file.to_path_buf());
        let boundary = boundary.of_found(&file, "its folder");
        let text = if boundary.refuses(&file, NamedBy::Project) {
            Err(ReadProblem::Outside(boundary.noun()))
        } else {
            let mut bytes = Vec::new();
            boundary
                .store()
                .read_into(&file, MAX_BYTES, &mut bytes)
                .map(|()| String::from_utf8_lossy(&bytes).into_owned())
        };
        let text = text.map_err(|problem| notices.problems.push((file.clone(), problem.to_string()))).ok()?;
        let patterns = patterns(folder, &file, &text, notices)?;
        Some(Self { folder: folder.to_path_buf(), patterns })
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

/// The patterns of the text of `file`, which lies in `folder`.
fn patterns(folder: &Path, file: &Path, text: &str, notices: &mut Notices) -> Option<Gitignore> {
    let mut builder = GitignoreBuilder::new(folder);
    // Neither of these two fails as called here.
    let _ = builder.case_insensitive(true);
    for pattern in BUILT_IN {
        let _ = builder.add_line(None, pattern);
    }
    let Notices { problems, warnings } = notices;
    let mut problem = |message: String| problems.push((file.to_path_buf(), message));
    let mut warning = |at: usize, message: &str| {
        warnings.push((file.to_path_buf(), format!("line {}: {message}", at + 1)));
    };
    let mut budget = PatternBudget::default();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.starts_with('#') {
            continue;
        }
        if is_too_complex(line) {
            problem(format!("line {}: the pattern is longer, or has more wildcards, than any path needs", at + 1));
        } else if !budget.affords(line) {
            problem(format!("line {}: too many wildcards, so this line and the rest are left out", at + 1));
            break;
        } else if ends_in_escape(line) {
            warning(at, "the pattern ends in `\\`, so it hides nothing; write `/` between folders");
        } else if let Err(error) = builder.add_line(None, &whole_folder(&plain_braces(line))) {
            warning(at, &format!("the line hides nothing: {}", words(&error)));
        } else if separates_by_backslash(line) {
            warning(
                at,
                "`\\` escapes the next character, so the pattern may not hide what it should; write `/` between folders",
            );
        }
    }
    builder.build().map_err(|error| problem(words(&error))).ok()
}

/// True if a line ends in a backslash that escapes nothing. Git and the CLI skip it.
fn ends_in_escape(line: &str) -> bool {
    let backslashes = line.chars().rev().take_while(|character| *character == '\\').count();
    backslashes % 2 == 1
}

/// True if a line escapes a character that needs no escape, as paths of Windows do.
fn separates_by_backslash(line: &str) -> bool {
    let mut escaped = false;
    let mut is_odd = false;
    for character in line.chars() {
        is_odd |= escaped && (character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | '*'));
        escaped = character == '\\' && !escaped;
    }
    is_odd
}

/// What is wrong with a pattern, without the pattern.
fn words(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        other => other.to_string(),
    }
}

/// To the CLI `a/**/` is the folder `a`; to git it is each folder below it, which would leave out the files in `a` itself.
fn whole_folder(line: &str) -> Cow<'_, str> {
    let (sign, pattern) = line.strip_prefix('!').map_or(("", line), |rest| ("!", rest));
    match pattern.trim_end().strip_suffix("/**/") {
        Some(folder) if !folder.is_empty() => {
            let anchor = if folder.starts_with('/') || folder.starts_with("**/") { "" } else { "/" };
            Cow::Owned(format!("{sign}{anchor}{folder}/"))
        }
        _ => Cow::Borrowed(line),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What the package `ignore` 5.3.2, which the CLI uses, hides of each path: `#` is hidden.
    #[test]
    fn patterns_hide_what_they_hide_for_the_cli() {
        const PATHS: [&str; 6] = [
            "force-app/main/queues/Support.queue-meta.xml",
            "force-app/main/queues/sub/Support.queue-meta.xml",
            "force-app/main/queues/Other.queue-meta.xml",
            "force-app/main/skills/German.skill-meta.xml",
            "force-app/queues/A.queue-meta.xml",
            "queues/Support.queue-meta.xml",
        ];
        let cases = [
            ("**\\objects\\Thing\\", "......"),
            ("force-app\\main\\queues", "......"),
            ("force-app/main/queues/", "###..."),
            ("queues", "###.##"),
            ("queues/", "###.##"),
            ("queues/*", ".....#"),
            ("**/queues/**", "###.##"),
            ("/queues", ".....#"),
            ("Sup*", "##...#"),
            ("queues/Sup[po]ort*", ".....#"),
            ("queues/[z-a]*", "......"),
            ("queues/[Sup", "......"),
            ("force-app/*/queues", "###..."),
            ("*", "######"),
            ("**", "######"),
            ("/", "......"),
            ("./force-app", "......"),
            ("\\#queues", "......"),
            ("queues ", "###.##"),
            (" queues", "......"),
            ("{queues,skills}", "......"),
            ("que?es", "###.##"),
            ("queues|skills", "......"),
            ("/*", "######"),
            ("**/", "######"),
            ("main/queues", "......"),
            ("SKILLS", "...#.."),
            ("***", "######"),
            ("force-app/main/**/", "####.."),
            ("queues/**/", ".....#"),
            ("*upport*", "##...#"),
            ("**/queues/**\n!**/queues/Support*", ".##.#."),
            ("queues/*\n!Support.queue-meta.xml", "......"),
            ("**/queues/*.xml\n!**/queues/O*", "#...##"),
            ("queues\r\nskills\r\n", "######"),
            ("force-app/**\n!force-app/main/queues/Support.queue-meta.xml", "#####."),
        ];
        let root = Path::new("/project");
        for (text, expected) in cases {
            let patterns = patterns(root, &root.join(".forceignore"), text, &mut Notices::default()).unwrap();
            let ignore = ForceIgnore { folder: root.to_path_buf(), patterns };
            let hides = |path: &&str| {
                let path = root.join(path);
                ignore.hides_folder_or_above(path.parent().unwrap()) || ignore.hides(&path, false)
            };
            let hidden: String = PATHS.iter().map(|path| if hides(path) { '#' } else { '.' }).collect();
            assert_eq!(hidden, expected, "{text:?}");
        }
    }
}
