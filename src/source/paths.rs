//! Paths as text, and where they lie to one another, without asking the disk where that can be helped.

use std::borrow::Cow;
use std::io;
use std::path::{Component, MAIN_SEPARATOR_STR, Path, PathBuf};

/// `path` made absolute, without `.` and `..`. Symbolic links stay as the user named them, except before a `..`, where
/// only the target's parent is the folder meant.
///
/// # Errors
///
/// If there is no working directory, or the path is empty.
pub fn absolute(path: &Path) -> io::Result<PathBuf> {
    let mut clean = PathBuf::new();
    for component in std::path::absolute(path)?.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if clean.is_symlink() {
                    clean = clean.canonicalize()?;
                }
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    Ok(clean)
}

/// The folder or file `below`, a path with forward slashes that may start with `..`, from `folder`.
pub fn join(folder: &Path, below: &str) -> PathBuf {
    let mut full = folder.to_path_buf();
    for part in below.split('/') {
        match part {
            "" => {}
            ".." => {
                full.pop();
            }
            part => full.push(part),
        }
    }
    full
}

/// The path as text with forward slashes. What is not Unicode is replaced: such a path is still shown and sorted.
pub(super) fn text(path: &Path) -> Cow<'_, str> {
    let text = path.to_string_lossy();
    if MAIN_SEPARATOR_STR == "/" { text } else { Cow::Owned(text.replace(MAIN_SEPARATOR_STR, "/")) }
}

/// `path` as seen from `folder`, both absolute: `.`, `a/b`, `../a`; none if they share no root (Windows drives).
pub fn relative(folder: &Path, path: &Path) -> Option<String> {
    let mut from = folder.components().peekable();
    let mut to = path.components().peekable();
    let mut shared = 0;
    while let (Some(a), Some(b)) = (from.peek(), to.peek()) {
        if a != b {
            break;
        }
        shared += 1;
        from.next();
        to.next();
    }
    if shared == 0 {
        return None;
    }
    let up = from.map(|_| "..".to_owned());
    let parts: Vec<String> = up.chain(to.map(|part| part.as_os_str().to_string_lossy().into_owned())).collect();
    Some(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

/// `path`, absolute, as people and machines are told it: from the working directory, so that output is the same on
/// every machine.
pub fn display(path: &Path) -> String {
    std::env::current_dir()
        .ok()
        .and_then(|current| relative_through_links(&current, path))
        .unwrap_or_else(|| text(path).into_owned())
}

/// [`relative`]; and where that leads out of `folder`, the way from what the one really is to what the other really is,
/// if that does not: one of them may come without symbolic links, as the working directory does, and the other have some
/// (macOS: `/tmp` is `/private/tmp`).
pub fn relative_through_links(folder: &Path, path: &Path) -> Option<String> {
    let plain = relative(folder, path)?;
    if !plain.starts_with("..") {
        return Some(plain);
    }
    let real = folder.canonicalize().ok().zip(path.canonicalize().ok());
    let real = real.and_then(|(folder, path)| relative(&folder, &path)).filter(|real| !real.starts_with(".."));
    Some(real.unwrap_or(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths() {
        let relative = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(relative("/a/b", "/a/b").as_deref(), Some("."));
        assert_eq!(relative("/a/b", "/a/b/c/d").as_deref(), Some("c/d"));
        assert_eq!(relative("/a/b", "/a/x").as_deref(), Some("../x"));
        assert_eq!(relative("/a/b", "/a").as_deref(), Some(".."));
        assert_eq!(relative("/a/b", "/c").as_deref(), Some("../../c"));
        assert_eq!(relative("/a", "b"), None);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_seen_through() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real");
        std::fs::create_dir_all(real.join("project")).unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert_eq!(relative_through_links(&real, &link.join("project")).as_deref(), Some("project"));
        // A link out of the working directory stays a link.
        assert_eq!(relative_through_links(folder.path(), &link.join("project")).as_deref(), Some("link/project"));
        // What `..` means after a link is the target's parent.
        std::fs::create_dir_all(folder.path().join("elsewhere")).unwrap();
        let other = folder.path().join("elsewhere/link");
        std::os::unix::fs::symlink(&real, &other).unwrap();
        let parent = absolute(&other.join("..")).unwrap();
        assert_eq!(parent, folder.path().canonicalize().unwrap());
    }

    #[test]
    fn joins_lexically() {
        assert_eq!(join(Path::new("/a/b"), ""), Path::new("/a/b"));
        assert_eq!(join(Path::new("/a/b"), "../c/d"), Path::new("/a/c/d"));
    }
}
