//! The boundary of a project: how far its files may lead the program.
//!
//! A project may be a stranger's. Whatever its files say, and wherever its symbolic links lead, the program reads,
//! lists and writes nothing beyond the git work tree around the project, or beyond the project's root where there is no
//! work tree, unless the caller allows it. What the caller names is read wherever it lies, unless a link in the project
//! leads there. Real paths are compared: those that are left when each symbolic link has been followed.

use std::path::{Component, Path, PathBuf, Prefix};

use super::{FileStore, paths};

/// The name of git's own folder, or of the file that says where it is.
const GIT: &str = ".git";

/// Links that lead to links are followed as often as systems do.
const MOST_LINKS: u32 = 40;

/// How far a project's files may lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// Its real path.
    folder: PathBuf,
    /// What it is, for messages.
    noun: &'static str,
    is_open: bool,
    /// By which links lead, and what lies inside is read.
    store: FileStore,
}

/// Who says that a path is to be read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedBy {
    /// A file or a link that came with the project.
    Project,
    /// A flag, an environment variable, or a configuration file that one of these names and that lies outside.
    Caller,
}

/// The git work tree that holds `folder`: the real path of the nearest folder at or above it that has a `.git` file or
/// folder. Git itself is not asked.
pub fn work_tree(folder: &Path) -> Option<PathBuf> {
    real(folder).ancestors().find(|above| above.join(GIT).exists()).map(Path::to_path_buf)
}

/// True if `path` lies in a git work tree, and a link in it leads out of that, or into what git keeps there: such a link may
/// have come with the repository.
pub fn leads_out_of_its_work_tree(path: &Path) -> bool {
    let Ok(path) = paths::absolute(path) else { return false };
    let real_path = real(&path);
    let mut trees = path.ancestors().skip(1).filter(|above| above.join(GIT).exists());
    trees.any(|tree| match (path.strip_prefix(tree), real_path.strip_prefix(real(tree))) {
        (Ok(named), Ok(real)) => names_git(real) && !names_git(named),
        _ => true,
    })
}

impl Boundary {
    /// The boundary of the project at `root`, an absolute path. With `allow_outside`, the project's files may lead
    /// anywhere.
    pub fn around(root: &Path, allow_outside: bool) -> Self {
        Self::in_store(&FileStore::default(), root, allow_outside)
    }

    /// The same for a project that is read from `store`.
    pub(super) fn in_store(store: &FileStore, root: &Path, allow_outside: bool) -> Self {
        let (folder, noun) = match store.work_tree(root) {
            Some(tree) => (tree, "the git work tree"),
            None => (store.real(root), "the project's root"),
        };
        Self { folder, noun, is_open: allow_outside, store: store.clone() }
    }

    /// Where the project is read from.
    pub fn store(&self) -> &FileStore {
        &self.store
    }

    /// The same boundary for what is read from the disk, wherever the project is read from.
    #[must_use]
    pub fn on_disk(&self) -> Self {
        Self { store: FileStore::default(), ..self.clone() }
    }

    /// The boundary for a file that was found at or above the project's root, and that nobody named: this one, or if the
    /// file lies above it the file's own folder, which is `noun`. A stranger may have put it there.
    #[must_use]
    pub fn of_found(&self, file: &Path, noun: &'static str) -> Self {
        match self.owner(file) {
            NamedBy::Project => self.clone(),
            NamedBy::Caller => Self {
                folder: self.store.real(file.parent().unwrap_or(file)),
                noun,
                is_open: self.is_open,
                store: self.store.clone(),
            },
        }
    }

    /// The real path of the folder that nothing leads out of.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the boundary is, for messages.
    pub const fn noun(&self) -> &'static str {
        self.noun
    }

    /// True if the caller allows what leads out.
    pub(super) const fn is_open(&self) -> bool {
        self.is_open
    }

    /// The boundary for what is written: permission to read outside is not permission to write there.
    #[must_use]
    pub fn for_writing(&self) -> Self {
        Self { is_open: false, ..self.on_disk() }
    }

    /// True if `path`, absolute, is out of bounds. For the caller that is only so where a link inside the boundary leads
    /// out, since that link came with the project.
    pub fn refuses(&self, path: &Path, named_by: NamedBy) -> bool {
        if self.is_open {
            return false;
        }
        match named_by {
            NamedBy::Project => is_remote(path) && !is_remote(&self.folder) || !self.is_inside(&self.store.real(path)),
            NamedBy::Caller => {
                let real = self.store.real(path);
                let is_gits = names_git(path) && real.starts_with(&self.folder);
                !is_gits && !self.is_inside(&real) && self.is_around(path)
            }
        }
    }

    /// The real path of what is to be written at `path`, absolute; none if it is out of bounds.
    pub fn to_write(&self, path: &Path, named_by: NamedBy) -> Option<PathBuf> {
        (!self.for_writing().refuses(path, named_by)).then(|| real(path))
    }

    /// Who speaks through the file at `path`: the caller, unless the file came with the project.
    pub fn owner(&self, path: &Path) -> NamedBy {
        if self.is_inside(&self.store.real(path)) || self.is_around(path) { NamedBy::Project } else { NamedBy::Caller }
    }

    /// True if nothing is refused, or `real`, a real path, is inside. Git's own folder is not part of its work tree: it
    /// may hold passwords.
    pub(super) fn holds(&self, real: &Path) -> bool {
        self.is_open || self.is_inside(real)
    }

    fn is_inside(&self, real: &Path) -> bool {
        real.strip_prefix(&self.folder).is_ok_and(|below| !names_git(below))
    }

    /// True if the way to `path` leads through a folder inside.
    fn is_around(&self, path: &Path) -> bool {
        path.ancestors().skip(1).any(|above| self.is_inside(&self.store.real(above)))
    }
}

/// What `path` really is: with every link followed, though there may be nothing at the end.
pub fn real_path(path: &Path) -> PathBuf {
    paths::absolute(path).map_or_else(|_| path.to_path_buf(), |path| real(&path))
}

/// [`real_path`] of an absolute path.
pub(super) fn real(path: &Path) -> PathBuf {
    follow(path, MOST_LINKS)
}

fn follow(path: &Path, links: u32) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else { return path.to_path_buf() };
    let parent = follow(parent, links);
    let here = parent.join(name);
    match here.read_link() {
        Ok(target) if links > 0 => {
            let target = parent.join(target);
            follow(&paths::absolute(&target).unwrap_or(target), links - 1)
        }
        _ => here,
    }
}

/// True if the path leads into git's own folder, by whatever case of its letters.
fn names_git(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str().to_str().is_some_and(|name| name.eq_ignore_ascii_case(GIT)))
}

/// True for a path on another machine: only to ask whether it is there is to speak with that machine (Windows).
fn is_remote(path: &Path) -> bool {
    let prefix = path.components().next();
    matches!(prefix, Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_tree_is_the_nearest() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap();
        let inner = top.join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        assert_eq!(Boundary::around(&inner, false).folder(), inner);
        std::fs::create_dir(top.join(".git")).unwrap();
        assert_eq!(work_tree(&inner).as_deref(), Some(&*top));
        // A linked work tree or a submodule has a file.
        std::fs::write(top.join("a/.git"), "gitdir: elsewhere\n").unwrap();
        assert_eq!(Boundary::around(&inner, false).folder(), top.join("a"));
    }

    #[test]
    fn what_the_project_names_stays_inside() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap();
        let root = top.join("p");
        std::fs::create_dir_all(root.join(".git")).unwrap();
        let boundary = Boundary::around(&root, false);
        for (path, refused) in [
            (root.clone(), false),
            (root.join("gone/x"), false),
            (root.join(".git/config"), true),
            (top.clone(), true),
            (top.join("p2"), true),
            (top.join("gone/x"), true),
        ] {
            assert_eq!(boundary.refuses(&path, NamedBy::Project), refused, "{}", path.display());
            assert!(!Boundary::around(&root, true).refuses(&path, NamedBy::Project));
            assert_eq!(Boundary::around(&root, true).for_writing().refuses(&path, NamedBy::Project), refused);
        }
        assert!(!boundary.refuses(&top, NamedBy::Caller));
        assert!(!boundary.refuses(&root.join(".git/omnic.toml"), NamedBy::Caller));
        assert_eq!(boundary.owner(&root.join("omnic.toml")), NamedBy::Project);
        assert_eq!(boundary.owner(&top.join("omnic.toml")), NamedBy::Caller);
        assert_eq!(boundary.of_found(&root.join("omnic.toml"), "its folder"), boundary);
        let above = boundary.of_found(&top.join("omnic.toml"), "its folder");
        assert_eq!((above.folder(), above.noun()), (&*top, "its folder"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_to_where_nothing_is() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap();
        let root = top.join("p");
        std::fs::create_dir(&root).unwrap();
        symlink("../gone", root.join("out")).unwrap();
        symlink("out", root.join("again")).unwrap();
        symlink("loop", root.join("loop")).unwrap();
        symlink("gone", root.join("in")).unwrap();
        symlink(&root, top.join("link")).unwrap();
        let boundary = Boundary::around(&top.join("link"), false);
        assert_eq!(boundary.folder(), root);
        for (name, refused) in [("out", true), ("out/x", true), ("again", true), ("loop", false), ("in", false)] {
            for above in [&root, &top.join("link")] {
                let path = above.join(name);
                assert_eq!(boundary.refuses(&path, NamedBy::Project), refused, "{name}");
                assert_eq!(boundary.refuses(&path, NamedBy::Caller), refused, "{name}");
            }
        }
        // A link of the caller's own.
        symlink("gone", top.join("own")).unwrap();
        assert!(!boundary.refuses(&top.join("own"), NamedBy::Caller));
    }
}
