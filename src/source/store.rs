//! Where files are read from: the disk, or the disk with a snapshot in the place of one folder.
//!
//! What describes a project is found and read through this, so that a project can be read as it was at another time,
//! with what lies around it as it is now.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::read::{self, Links};
use super::snapshot::{Child, Followed, Snapshot, SnapshotItem};
use super::{MAX_FILE_BYTES, ReadProblem, boundary};

/// Where files are read from.
#[derive(Clone, Debug, Default)]
pub struct FileStore {
    snapshot: Option<Arc<Snapshot>>,
}

/// Two are equal if they are the same.
impl PartialEq for FileStore {
    fn eq(&self, other: &Self) -> bool {
        match (&self.snapshot, &other.snapshot) {
            (None, None) => true,
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Eq for FileStore {}

/// What is found at the end of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    Folder,
    File,
    /// Such as a pipe.
    Other,
}

/// Where a path leads.
enum Place<'s> {
    Disk(PathBuf),
    Snapshot(&'s Snapshot, String),
}

impl FileStore {
    /// The disk, with `snapshot` in the place of its folder.
    pub fn with(snapshot: Arc<Snapshot>) -> Self {
        Self { snapshot: Some(snapshot) }
    }

    /// True if another repository fills the folder at `path`, so that its files are not known.
    pub(super) fn is_submodule(&self, path: &Path) -> bool {
        matches!(self.place(path), Place::Snapshot(snapshot, path) if snapshot.item(&path) == Some(&SnapshotItem::Submodule))
    }

    pub(super) fn snapshot(&self) -> Option<&Snapshot> {
        self.snapshot.as_deref()
    }

    fn place(&self, path: &Path) -> Place<'_> {
        let Some(snapshot) = &self.snapshot else { return Place::Disk(path.to_path_buf()) };
        match snapshot.inside(path).map(|inside| snapshot.follow(&inside)) {
            Some(Followed::Inside(path)) => Place::Snapshot(snapshot, path),
            Some(Followed::Outside(path)) => Place::Disk(path),
            None => Place::Disk(path.to_path_buf()),
        }
    }

    /// What is at `path`, an absolute path; links are followed.
    pub(super) fn kind(&self, path: &Path) -> io::Result<FileKind> {
        match self.place(path) {
            Place::Disk(path) => {
                let found = std::fs::metadata(path)?;
                Ok(match (found.is_dir(), found.is_file()) {
                    (true, _) => FileKind::Folder,
                    (_, true) => FileKind::File,
                    _ => FileKind::Other,
                })
            }
            Place::Snapshot(snapshot, path) => match snapshot.item(&path) {
                Some(SnapshotItem::File(_)) => Ok(FileKind::File),
                _ if snapshot.has_folder(&path) => Ok(FileKind::Folder),
                _ => Err(nothing_there()),
            },
        }
    }

    /// True if there is a file at `path`, an absolute path.
    pub fn is_file(&self, path: &Path) -> bool {
        self.kind(path).is_ok_and(|kind| kind == FileKind::File)
    }

    /// True if there is a folder at `path`, an absolute path.
    pub fn is_folder(&self, path: &Path) -> bool {
        self.kind(path).is_ok_and(|kind| kind == FileKind::Folder)
    }

    /// True if anything is at `path`, an absolute path.
    pub fn exists(&self, path: &Path) -> bool {
        self.kind(path).is_ok()
    }

    /// What `path`, absolute, really is: with every link followed, though there may be nothing at the end.
    pub fn real(&self, path: &Path) -> PathBuf {
        match self.place(path) {
            Place::Disk(path) => boundary::real(&path),
            Place::Snapshot(snapshot, path) => super::join(snapshot.root(), &path),
        }
    }

    /// The git work tree that holds `folder`, as a real path.
    pub(super) fn work_tree(&self, folder: &Path) -> Option<PathBuf> {
        let real = self.real(folder);
        match &self.snapshot {
            Some(snapshot) if real.starts_with(snapshot.root()) => Some(snapshot.root().to_path_buf()),
            _ => boundary::work_tree(&real),
        }
    }

    /// True if `path` lies in a git work tree, and a link in it leads out of that.
    pub(super) fn leads_out_of_its_work_tree(&self, path: &Path) -> bool {
        match &self.snapshot {
            Some(snapshot) if snapshot.inside(path).is_some() => {
                let is_left = snapshot.alias().is_some_and(boundary::leads_out_of_its_work_tree);
                is_left || !self.real(path).starts_with(snapshot.root())
            }
            _ => boundary::leads_out_of_its_work_tree(path),
        }
    }

    /// The text of the file at `path`, an absolute path, byte-order mark included.
    ///
    /// # Errors
    ///
    /// If it cannot be read, is not a regular file, is larger than [`MAX_FILE_BYTES`], or is not UTF-8.
    pub fn read_file(&self, path: &Path) -> Result<String, ReadProblem> {
        self.text(path, MAX_FILE_BYTES)
    }

    /// The text of the file at `path`, of `most` bytes or fewer.
    pub(super) fn text(&self, path: &Path, most: u64) -> Result<String, ReadProblem> {
        let mut buffer = Vec::new();
        self.read_into(path, most, &mut buffer)?;
        read::decode(&buffer).map(str::to_owned)
    }

    /// Reads the file at `path`, of `most` bytes or fewer, in the place of what is in `buffer`.
    pub(super) fn read_into(&self, path: &Path, most: u64, buffer: &mut Vec<u8>) -> Result<(), ReadProblem> {
        match self.place(path) {
            Place::Disk(path) => read::read_into(&path, Links::Followed, most, buffer),
            Place::Snapshot(snapshot, path) => {
                buffer.clear();
                match snapshot.item(&path) {
                    Some(SnapshotItem::File(id)) => {
                        let mut found = snapshot.contents().get(&[(&path, id)], most);
                        let content = found.pop().unwrap_or_else(|| Err(missing()))?;
                        buffer.extend_from_slice(&content);
                        Ok(())
                    }
                    _ if snapshot.has_folder(&path) => Err(ReadProblem::Io("not a regular file".to_owned())),
                    _ => Err(missing()),
                }
            }
        }
    }

    /// The paths of what lies in the folder at `path`, an absolute path, in no order.
    ///
    /// # Errors
    ///
    /// If there is no such folder, or the operating system does not let us list it.
    pub fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        match self.place(path) {
            Place::Disk(real) => std::fs::read_dir(real)?.map(|entry| Ok(path.join(entry?.file_name()))).collect(),
            Place::Snapshot(snapshot, folder) if snapshot.has_folder(&folder) => {
                Ok(snapshot.children(&folder).into_iter().map(|(name, _)| path.join(name)).collect())
            }
            Place::Snapshot(..) => Err(nothing_there()),
        }
    }

    /// Walks what lies below `folder`, an absolute path, `most` folders deep. Links are not followed, but for `folder`
    /// itself. `sorted` is for those to whom the order matters.
    pub(super) fn walk(&self, folder: &Path, most: usize, sorted: bool) -> Items<'_> {
        match self.place(folder) {
            Place::Disk(real) => {
                let walk = WalkDir::new(&real).min_depth(1).max_depth(most);
                let walk = if sorted { walk.sort_by_file_name() } else { walk };
                let renamed = (real != folder).then(|| (real, folder.to_path_buf()));
                Items::Disk { walk: walk.into_iter(), renamed }
            }
            Place::Snapshot(snapshot, path) => {
                let next = Some((folder.to_path_buf(), path));
                Items::Snapshot(SnapshotWalk { snapshot, most, levels: Vec::new(), next })
            }
        }
    }
}

fn nothing_there() -> io::Error {
    // Unix and Windows have the same number for it, and words that people know.
    io::Error::from_raw_os_error(2)
}

/// What reading says where nothing is.
pub(super) fn missing() -> ReadProblem {
    ReadProblem::Io(nothing_there().to_string())
}

/// What a walk comes by.
pub(super) struct Item {
    pub(super) path: PathBuf,
    /// 1 for what lies in the folder itself.
    pub(super) depth: usize,
    pub(super) kind: ItemKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    Folder,
    File,
    Link,
    /// A folder whose files are another repository's, and are not known.
    Submodule,
    Other,
}

/// The items below a folder.
pub(super) enum Items<'s> {
    Disk {
        walk: walkdir::IntoIter,
        /// What is walked, and how it is called.
        renamed: Option<(PathBuf, PathBuf)>,
    },
    Snapshot(SnapshotWalk<'s>),
}

/// What a walk could not read, and why.
pub(super) type WalkError = (Option<PathBuf>, String);

impl Items<'_> {
    /// Leaves out the rest of the folder that the last item is, or lies in.
    pub(super) fn skip_current_dir(&mut self) {
        match self {
            Self::Disk { walk, .. } => walk.skip_current_dir(),
            Self::Snapshot(items) => items.skip_current_dir(),
        }
    }
}

impl Iterator for Items<'_> {
    type Item = Result<Item, WalkError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (walk, renamed) = match self {
            Self::Snapshot(items) => return items.next().map(Ok),
            Self::Disk { walk, renamed } => (walk, &*renamed),
        };
        let called = |path: &Path| match renamed {
            Some((real, called)) => {
                path.strip_prefix(real).map_or_else(|_| path.to_path_buf(), |below| called.join(below))
            }
            None => path.to_path_buf(),
        };
        Some(match walk.next()? {
            Ok(entry) => {
                let kind = entry.file_type();
                let kind = match (kind.is_dir(), kind.is_file(), kind.is_symlink()) {
                    (true, ..) => ItemKind::Folder,
                    (_, true, _) => ItemKind::File,
                    (.., true) => ItemKind::Link,
                    _ => ItemKind::Other,
                };
                let depth = entry.depth();
                let path = if renamed.is_some() { called(entry.path()) } else { entry.into_path() };
                Ok(Item { path, depth, kind })
            }
            Err(error) => {
                let message = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                Err((error.path().map(called), message))
            }
        })
    }
}

/// A folder of a snapshot that a walk is in.
struct Level {
    /// What is left of it.
    children: std::vec::IntoIter<(String, Child)>,
    called: PathBuf,
    /// Its path in the snapshot.
    folder: String,
}

/// The items below a folder of a snapshot.
pub(super) struct SnapshotWalk<'s> {
    snapshot: &'s Snapshot,
    most: usize,
    /// The folders that the walk is in.
    levels: Vec<Level>,
    /// The folder to go into next, by its name and its path.
    next: Option<(PathBuf, String)>,
}

impl SnapshotWalk<'_> {
    fn skip_current_dir(&mut self) {
        if self.next.take().is_none() {
            self.levels.pop();
        }
    }

    fn next(&mut self) -> Option<Item> {
        if let Some((called, folder)) = self.next.take()
            && self.levels.len() < self.most
        {
            let children = self.snapshot.children(&folder).into_iter();
            self.levels.push(Level { children, called, folder });
        }
        loop {
            let depth = self.levels.len();
            let Level { children, called, folder } = self.levels.last_mut()?;
            let Some((name, child)) = children.next() else {
                self.levels.pop();
                continue;
            };
            let path = called.join(&name);
            let kind = match child {
                Child::Folder => {
                    let folder = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                    self.next = Some((path.clone(), folder));
                    ItemKind::Folder
                }
                Child::File => ItemKind::File,
                Child::Link => ItemKind::Link,
                Child::Submodule => ItemKind::Submodule,
            };
            return Some(Item { path, depth, kind });
        }
    }
}
