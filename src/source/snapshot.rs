//! The files of a folder as they were at another time, without a checkout: what is known of them before they are read.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::boundary::real;
use super::{ReadProblem, paths};

/// Links that lead to links are followed as often as systems do.
const MOST_LINKS: u32 = 40;

/// No system takes a longer path.
const MOST_TARGET_BYTES: u64 = 4096;

/// What a snapshot has at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SnapshotItem {
    /// A file, with the id of its content.
    File(String),
    /// A symbolic link, with the id of what it leads to.
    Link(String),
    /// A folder that another repository fills: that it is there is all that is known.
    Submodule,
}

/// Gives the contents that a snapshot names by their ids.
pub trait Contents: Send + Sync {
    /// The contents of files, each named by its path and its id, in that order. What has more than `most` bytes is too
    /// large.
    fn get(&self, wanted: &[(&str, &str)], most: u64) -> Vec<Result<Arc<[u8]>, ReadProblem>>;

    /// True if the file at `disk`, an absolute path, has the content with this id, so that it can be read instead.
    fn is_on_disk(&self, disk: &Path, id: &str) -> bool;
}

/// The files of a folder as they were at another time.
pub struct Snapshot {
    /// The real path of the folder.
    root: PathBuf,
    /// Another name of a folder in it, and that folder's path from the root: somebody may call it by a link.
    alias: Option<(PathBuf, String)>,
    /// By paths from the root, with forward slashes.
    items: BTreeMap<String, SnapshotItem>,
    /// What links lead to, once it was asked; none if that cannot be known.
    links: BTreeMap<String, OnceLock<Option<String>>>,
    contents: Arc<dyn Contents>,
    /// By paths from the root, whether the disk has the same, as far as it was asked.
    same_on_disk: OnceLock<FxHashMap<String, bool>>,
    /// Another one of this folder, whose files were looked for on disk already.
    before: Option<Arc<Self>>,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").field("root", &self.root).field("items", &self.items.len()).finish_non_exhaustive()
    }
}

/// Where a path leads once its links are followed.
pub(super) enum Followed {
    /// Into the snapshot, if there is anything: the path from the root.
    Inside(String),
    /// Out of it: an absolute path.
    Outside(PathBuf),
}

/// What a folder of a snapshot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Child {
    Folder,
    File,
    Link,
    Submodule,
}

impl Snapshot {
    /// The snapshot of the folder at `root`, a real path. `items` are named by their paths from it, with forward slashes;
    /// those that no system would write are left out. `named` is an absolute path by which somebody names a file or a
    /// folder in it, perhaps through a link.
    pub fn new(
        root: PathBuf,
        named: &Path,
        items: impl IntoIterator<Item = (String, SnapshotItem)>,
        contents: Arc<dyn Contents>,
    ) -> Self {
        let items: BTreeMap<_, _> = items.into_iter().filter(|(path, _)| is_writable(path)).collect();
        let links = items.iter().filter(|(_, item)| matches!(item, SnapshotItem::Link(_)));
        let links = links.map(|(path, _)| (path.clone(), OnceLock::new())).collect();
        // From the top: what lies below the first is named by it.
        let ancestors: Vec<&Path> = named.ancestors().collect();
        let alias = ancestors.into_iter().rev().find_map(|above| {
            let below = below(&root, &real(above))?;
            Some((above.to_path_buf(), below))
        });
        let alias = alias.filter(|(above, _)| *above != root);
        Self { root, alias, items, links, contents, same_on_disk: OnceLock::new(), before: None }
    }

    /// With another snapshot of the same folder: what that found on disk is not looked for once more.
    #[must_use]
    pub fn after(mut self, before: Option<Arc<Self>>) -> Self {
        self.before = before.filter(|before| before.root == self.root);
        self
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The name of the folder by which a link leads into the snapshot, if somebody uses it.
    pub(super) fn alias(&self) -> Option<&Path> {
        self.alias.as_ref().map(|(above, _)| above.as_path())
    }

    /// The path from the root of what `path`, absolute, names; none if it is outside. No link is followed.
    pub(super) fn inside(&self, path: &Path) -> Option<String> {
        if let Some(below) = below(&self.root, path) {
            return Some(below);
        }
        let (above, place) = self.alias.as_ref()?;
        let below = below(above, path)?;
        Some(joined(place, &below))
    }

    /// Where a path from the root leads.
    pub(super) fn follow(&self, path: &str) -> Followed {
        if self.links.is_empty() {
            return Followed::Inside(path.to_owned());
        }
        let mut left = MOST_LINKS;
        let mut done = String::new();
        let mut rest: Vec<String> = parts(path);
        while let Some(part) = rest.pop() {
            if part == ".." {
                if done.is_empty() {
                    let above = self.root.parent().unwrap_or(&self.root);
                    let outside = rest.iter().rev().fold(above.to_path_buf(), |at, part| paths::join(&at, part));
                    match self.inside(&outside).filter(|_| left > 0) {
                        Some(inside) => rest = parts(&inside),
                        None => return Followed::Outside(outside),
                    }
                    left -= 1;
                    continue;
                }
                done.truncate(done.rfind('/').unwrap_or(0));
                continue;
            }
            let here = joined(&done, &part);
            let target = if left == 0 { None } else { self.target(&here) };
            let Some(target) = target else {
                done = here;
                continue;
            };
            left -= 1;
            if Path::new(target).is_absolute() || target.starts_with('/') {
                let outside = rest.iter().rev().fold(PathBuf::from(target), |at, part| paths::join(&at, part));
                let outside = paths::absolute(&outside).unwrap_or(outside);
                let Some(inside) = self.inside(&outside) else { return Followed::Outside(outside) };
                done.clear();
                rest = parts(&inside);
            } else {
                rest.extend(parts(target));
            }
        }
        Followed::Inside(done)
    }

    /// What the link at a path from the root leads to; none if there is none, or it cannot be read.
    fn target(&self, path: &str) -> Option<&str> {
        let read = || {
            let Some(SnapshotItem::Link(id)) = self.items.get(path) else { return None };
            let target = self.contents.get(&[(path, id)], MOST_TARGET_BYTES).pop()?.ok()?;
            String::from_utf8(target.to_vec()).ok().filter(|target| !target.is_empty())
        };
        self.links.get(path)?.get_or_init(read).as_deref()
    }

    /// What is at a path from the root, which no link is part of.
    pub(super) fn item(&self, path: &str) -> Option<&SnapshotItem> {
        self.items.get(path)
    }

    /// True if there is a folder at a path from the root, which no link is part of.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        path.is_empty() || self.items.get(path) == Some(&SnapshotItem::Submodule) || self.next_in(path, "").is_some()
    }

    /// What lies in the folder at a path from the root, sorted by name.
    pub(super) fn children(&self, folder: &str) -> Vec<(String, Child)> {
        let mut children = Vec::new();
        let mut after = String::new();
        while let Some((below, item)) = self.next_in(folder, &after) {
            let (name, child) = match (below.split_once('/'), item) {
                (Some((name, _)), _) => (name, Child::Folder),
                (None, SnapshotItem::File(_)) => (below, Child::File),
                (None, SnapshotItem::Link(_)) => (below, Child::Link),
                (None, SnapshotItem::Submodule) => (below, Child::Submodule),
            };
            // `0` is the character after `/`: behind all that lies in a folder of this name.
            after = if child == Child::Folder { format!("{name}0") } else { format!("{name}\0") };
            children.push((name.to_owned(), child));
        }
        children.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        children
    }

    /// The first item in a folder whose path from there is not less than `least`.
    fn next_in(&self, folder: &str, least: &str) -> Option<(&str, &SnapshotItem)> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let from = format!("{start}{least}");
        let (path, item) = self.items.range::<str, _>((Bound::Included(&*from), Bound::Unbounded)).next()?;
        Some((path.strip_prefix(&start)?, item))
    }

    /// The contents of files, each by its path and its id.
    pub(super) fn contents(&self) -> &dyn Contents {
        &*self.contents
    }

    /// True if the disk has, at `disk`, the file with the content `id` that lies at a path from the root.
    pub(super) fn is_on_disk(&self, path: &str, disk: &Path, id: &str) -> bool {
        let has_same =
            |before: &&Arc<Self>| matches!(before.item(path), Some(SnapshotItem::File(known)) if known == id);
        let known = self.before.as_ref().filter(has_same).and_then(|before| before.same_on_disk.get()?.get(path));
        known.copied().unwrap_or_else(|| self.contents.is_on_disk(disk, id))
    }

    /// Remembers for which files the disk has the same.
    pub(super) fn remember_on_disk(&self, asked: FxHashMap<String, bool>) {
        // Asked again, the first answers are as good.
        let _ = self.same_on_disk.set(asked);
    }

    /// The folders that hold a file of this name, as paths from the root; sorted.
    pub fn folders_with<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.items.keys().filter_map(move |path| {
            let folder = path.strip_suffix(name)?;
            if folder.is_empty() { Some("") } else { folder.strip_suffix('/') }
        })
    }
}

/// `path` from `folder`, both absolute, with forward slashes; empty if they are the same, none if it is not below.
fn below(folder: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(folder).ok()?;
    Some(paths::text(below).into_owned())
}

fn joined(folder: &str, below: &str) -> String {
    match (folder, below) {
        ("", path) | (path, "") => path.to_owned(),
        (folder, below) => format!("{folder}/{below}"),
    }
}

/// The parts of a path, the last first.
fn parts(path: &str) -> Vec<String> {
    path.rsplit('/').filter(|part| !matches!(*part, "" | ".")).map(str::to_owned).collect()
}

/// True if a checkout would write a file at this path: a repository can name others, to write where it should not.
fn is_writable(path: &str) -> bool {
    let is_name = |part: &str| !matches!(part, "" | "." | "..") && !part.eq_ignore_ascii_case(".git");
    let is_foreign = |c: char| c == '\0' || cfg!(windows) && matches!(c, '\\' | ':');
    path.split('/').all(is_name) && !path.contains(is_foreign)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The id of each content is the content.
    struct Plain;

    impl Contents for Plain {
        fn get(&self, wanted: &[(&str, &str)], most: u64) -> Vec<Result<Arc<[u8]>, ReadProblem>> {
            let one = |id: &str| {
                if id.len() as u64 > most { Err(ReadProblem::TooLarge(1)) } else { Ok(id.as_bytes().into()) }
            };
            wanted.iter().map(|(_, id)| one(id)).collect()
        }

        fn is_on_disk(&self, _: &Path, _: &str) -> bool {
            false
        }
    }

    fn snapshot(items: &[(&str, &str)]) -> Snapshot {
        let item = |(path, what): &(&str, &str)| {
            let item = match what.split_once(' ') {
                Some(("->", target)) => SnapshotItem::Link(target.to_owned()),
                _ if *what == "submodule" => SnapshotItem::Submodule,
                _ => SnapshotItem::File((*what).to_owned()),
            };
            ((*path).to_owned(), item)
        };
        Snapshot::new("/no/root".into(), Path::new("/no/root/p"), items.iter().map(item), Arc::new(Plain))
    }

    #[test]
    fn folders_are_listed_by_the_paths_of_their_files() {
        let snapshot = snapshot(&[
            ("a/b/c", "1"),
            ("a/b-d/e", "2"),
            ("a/b.x", "3"),
            ("a/l", "-> b"),
            ("a/s", "submodule"),
            ("a0", "4"),
            ("a/../evil", "5"),
            ("a/.GIT/config", "6"),
            ("/root", "7"),
        ]);
        let children = |folder: &str| {
            let children = snapshot.children(folder).into_iter();
            children.map(|(name, child)| format!("{name} {child:?}")).collect::<Vec<_>>()
        };
        assert_eq!(children(""), ["a Folder", "a0 File"]);
        assert_eq!(children("a"), ["b Folder", "b-d Folder", "b.x File", "l Link", "s Submodule"]);
        assert_eq!(children("a/b"), ["c File"]);
        assert_eq!(children("a/b/c"), [""; 0]);
        assert_eq!(children("none"), [""; 0]);
        let folders = ["", "a", "a/b", "a/s"];
        assert!(folders.iter().all(|folder| snapshot.has_folder(folder)));
        let others = ["a/b/c", "a/b.x", "a/", "b", "a/.GIT", "a/b/", "a/l"];
        for other in others {
            assert!(!snapshot.has_folder(other), "{other}");
        }
        assert_eq!(snapshot.folders_with("c").collect::<Vec<_>>(), ["a/b"]);
        assert_eq!(snapshot.folders_with("a0").collect::<Vec<_>>(), [""]);
    }

    #[test]
    fn links_are_followed_in_the_snapshot() {
        let snapshot = snapshot(&[
            ("a/file", "1"),
            ("a/up", "-> ../b"),
            ("a/out", "-> ../../x"),
            ("a/back", "-> ../../root/a/file"),
            ("a/loop", "-> loop"),
            ("a/empty", "-> "),
            ("b/far", "-> /elsewhere/y"),
            ("b/near", "-> /no/root/a/../a"),
            ("b/gone", "-> nothing"),
            ("b/many", "-> many/./many"),
        ]);
        let lead = |path: &str| match snapshot.follow(path) {
            Followed::Inside(path) => path,
            Followed::Outside(path) => paths::text(&path).into_owned(),
        };
        for (path, expected) in [
            ("", ""),
            ("a/file", "a/file"),
            ("a/up", "b"),
            ("a/up/near/file", "a/file"),
            ("a/up/near/up/gone/z", "b/nothing/z"),
            ("a/out", "/no/x"),
            ("a/out/z", "/no/x/z"),
            ("a/back", "a/file"),
            ("a/loop", "a/loop"),
            ("a/empty", "a/empty"),
            ("a/up/far", "/elsewhere/y"),
            ("a/up/far/z", "/elsewhere/y/z"),
            ("a/up/nothing", "b/nothing"),
        ] {
            assert_eq!(lead(path), expected, "{path}");
        }
        // It ends.
        lead("b/many");
    }
}
