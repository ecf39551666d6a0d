//! The files of a commit.

use std::collections::BTreeMap;

use super::command::Repository;
use super::disk::ObjectFormat;

/// The files of a commit, by their paths from its root.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) format: ObjectFormat,
    blobs: BTreeMap<String, String>,
    submodules: BTreeMap<String, String>,
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
            let mut about = about.split(' ').skip(1);
            let (Some(kind), Some(id)) = (about.next(), about.next()) else { continue };
            tree.format = ObjectFormat::of(id);
            let items = if kind == "commit" { &mut tree.submodules } else { &mut tree.blobs };
            items.insert(path.to_owned(), id.to_owned());
        }
        Ok(tree)
    }

    pub(super) fn find(&self, path: &str) -> Item<'_> {
        if let Some(id) = self.blobs.get(path) {
            return Item::Blob(id);
        }
        let mut above = path.match_indices('/').map(|(end, _)| &path[..end]);
        let submodule = above.find_map(|folder| self.submodules.get_key_value(folder));
        submodule.map_or(Item::Nothing, |(path, commit)| Item::Within(path, commit))
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
