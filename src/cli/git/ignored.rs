//! What git is told to ignore.

use std::collections::BTreeMap;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::command::Repository;
use crate::source;
use crate::text::PatternBudget;

/// The patterns of a work tree: those of its `.gitignore` files, then the repository's own, then the user's.
pub(super) struct Ignored<'r> {
    repository: &'r Repository,
    folders: BTreeMap<String, Gitignore>,
    general: [Gitignore; 2],
}

impl<'r> Ignored<'r> {
    pub(super) fn new(repository: &'r Repository) -> Self {
        let exclude = repository.line(&["rev-parse", "--git-path", "info/exclude"]).unwrap_or_default();
        let general = [patterns(repository, "", &exclude), Gitignore::global().0];
        Self { repository, folders: BTreeMap::new(), general }
    }

    /// True if a pattern hides the file at `path` in the work tree, or a folder that it is in.
    pub(super) fn contains(&mut self, path: &str) -> bool {
        let ends: Vec<usize> = path.match_indices('/').map(|(at, _)| at).chain([path.len()]).collect();
        ends.iter().any(|&end| self.hides(&path[..end], end < path.len()))
    }

    /// True if a pattern hides `path` by itself. The nearest file that says anything counts.
    fn hides(&mut self, path: &str, is_folder: bool) -> bool {
        let mut folder = path;
        while !folder.is_empty() {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            let repository = self.repository;
            let file = if folder.is_empty() { ".gitignore".to_owned() } else { format!("{folder}/.gitignore") };
            let read = || patterns(repository, folder, &file);
            let patterns = self.folders.entry(folder.to_owned()).or_insert_with(read);
            match patterns.matched(repository.root.join(path), is_folder) {
                Match::None => {}
                found => return found.is_ignore(),
            }
        }
        let general = self.general.iter().map(|patterns| patterns.matched(self.repository.root.join(path), is_folder));
        general.into_iter().find(|found| !found.is_none()).is_some_and(|found| found.is_ignore())
    }
}

/// The patterns of a file, for what lies below `folder`. What cannot be read or understood hides nothing.
fn patterns(repository: &Repository, folder: &str, file: &str) -> Gitignore {
    let mut builder = GitignoreBuilder::new(source::join(&repository.root, folder));
    // Git does not follow a link here either.
    let text = source::read_bytes(&repository.root.join(file)).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let mut budget = PatternBudget::default();
    for line in text.lines().filter(|line| budget.affords(line)) {
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}
