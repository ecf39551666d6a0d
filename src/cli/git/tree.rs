//! The files of a commit.

use std::collections::BTreeMap;

use super::command::Repository;
use super::disk::ObjectFormat;
use crate::source::SnapshotItem;

/// The mode by which git stores a symbolic link.
const LINK: &str = "120000";

/// The files of a commit, by their paths from its root.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) format: ObjectFormat,
    blobs: BTreeMap<String, Blob>,
    submodules: BTreeMap<String, String>,
}

/// A file or a symbolic link of a commit.
#[derive(Debug)]
struct Blob {
    id: String,
    is_link: bool,
}

/// What a commit has at a path.
pub(super) enum Item<'t> {
    /// A file or a symbolic link, with the id of its content.
    Blob(&'t str),
    /// Something in a submodule: its path, and the id of its commit.
    Within(&'t str, &'t str),
    Nothing,
}

impl Tree {
    /// The files of a commit at and below `paths`; all if there are none.
    pub(super) fn read(repository: &Repository, commit: &str, paths: &[String]) -> Result<Self, String> {
        let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", commit, "--"];
        arguments.extend(paths.iter().map(String::as_str));
        let listed = repository.run(&arguments)?;
        let mut tree = Self::default();
        for line in names(&listed) {
            // `100644 blob 0123abcd…`, a tab, the path.
            let Some((about, path)) = line.split_once('\t') else { continue };
            let mut about = about.split(' ');
            let (Some(mode), Some(kind), Some(id)) = (about.next(), about.next(), about.next()) else { continue };
            tree.format = ObjectFormat::of(id);
            let (path, id) = (path.to_owned(), id.to_owned());
            if kind == "commit" {
                tree.submodules.insert(path, id);
            } else {
                tree.blobs.insert(path, Blob { id, is_link: mode == LINK });
            }
        }
        Ok(tree)
    }

    pub(super) fn find(&self, path: &str) -> Item<'_> {
        if let Some(Blob { id, .. }) = self.blobs.get(path) {
            return Item::Blob(id);
        }
        let mut above = path.match_indices('/').map(|(end, _)| &path[..end]);
        let submodule = above.find_map(|folder| self.submodules.get_key_value(folder));
        submodule.map_or(Item::Nothing, |(path, commit)| Item::Within(path, commit))
    }

    /// All that the commit has, as a snapshot names it.
    pub(super) fn into_items(self) -> impl Iterator<Item = (String, SnapshotItem)> {
        let blobs = self.blobs.into_iter().map(|(path, Blob { id, is_link })| {
            (path, if is_link { SnapshotItem::Link(id) } else { SnapshotItem::File(id) })
        });
        blobs.chain(self.submodules.into_keys().map(|path| (path, SnapshotItem::Submodule)))
    }

    /// The paths of its files.
    pub(super) fn blobs(&self) -> impl Iterator<Item = &str> {
        self.blobs.keys().map(String::as_str)
    }
}

/// What git ends by zero bytes.
pub(super) fn names(listed: &[u8]) -> impl Iterator<Item = String> {
    listed
        .split(|&byte| byte == 0)
        .filter(|name| !name.is_empty())
        .map(|name| String::from_utf8_lossy(name).into_owned())
}
