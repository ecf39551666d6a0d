//! Which file a path leads to, whatever links and spelling it goes by.

use std::ffi::OsString;
use std::path::Path;

use same_file::Handle;

use super::super::Failure;
use crate::config::BASELINE_NAME;
use crate::setup::{DESCRIPTIONS, Ready};
use crate::source::{self, NamedBy};

/// A file, or the place of one that is not there yet.
#[derive(Debug, PartialEq, Eq)]
enum Identity {
    There(Handle),
    /// The folder and the name in it.
    Place(Handle, OsString),
}

impl Identity {
    /// None if not even the folder is there.
    fn of(path: &Path) -> Option<Self> {
        // A link to nothing yet is its target.
        let path = &*source::real_path(path);
        // To open a pipe is to wait for whoever is at its other end.
        if path.is_file()
            && let Ok(handle) = Handle::from_path(path)
        {
            return Some(Self::There(handle));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(Self::Place(Handle::from_path(folder).ok()?, caseless(path.file_name()?.to_owned())))
    }
}

/// The size of what a path leads to, in bytes; none if it leads nowhere.
fn size(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().map(|about| about.len())
}

/// A name as the usual file systems here compare it.
fn caseless(name: OsString) -> OsString {
    let is_caseless = cfg!(any(windows, target_os = "macos"));
    if is_caseless { name.to_string_lossy().to_lowercase().into() } else { name }
}

/// True if two paths lead to one file, which need not be there yet.
fn same(a: &Path, b: &Path) -> bool {
    a == b || Identity::of(a).is_some_and(|a| Identity::of(b) == Some(a))
}

/// The files that a command will write, each with the flag that names it.
#[derive(Debug, Default)]
pub(in super::super) struct Outputs<'a> {
    files: Vec<(&'a str, &'a Path)>,
}

impl<'a> Outputs<'a> {
    /// One more.
    pub(in super::super) fn add(&mut self, flag: &'a str, file: &'a Path) {
        self.files.push((flag, file));
    }

    /// The flags of two outputs that lead to one file, and the file.
    pub(in super::super) fn clash(&self) -> Option<([&'a str; 2], &'a Path)> {
        let mut later = self.files.iter().enumerate();
        later.find_map(|(number, (flag, file))| {
            let (first, _) = self.files[..number].iter().find(|(_, other)| same(other, file))?;
            Some(([*first, *flag], *file))
        })
    }

    /// Refuses to write two outputs to one file.
    pub(in super::super) fn keep_apart(&self) -> Result<(), Failure> {
        let Some(([first, second], _)) = self.clash() else { return Ok(()) };
        let failure = Failure::new(format!("`{first}` and `{second}` name the same file"));
        Err(failure.with_help("name another file"))
    }

    /// Refuses to write to any of these files, which were read. Nothing is asked of the disk if nothing would be
    /// overwritten.
    pub(in super::super) fn spare<P: AsRef<Path>>(&self, read: impl IntoIterator<Item = P>) -> Result<(), Failure> {
        let there = self.files.iter().filter(|(_, file)| file.is_file());
        let there: Vec<_> =
            there.filter_map(|(flag, file)| Some((flag, file, size(file)?, Identity::of(file)?))).collect();
        if there.is_empty() {
            return Ok(());
        }
        for input in read {
            let input = input.as_ref();
            // A file of another size is another file, and a size is soon asked for.
            let size = size(input);
            let mut alike = there.iter().filter(|(_, _, known, _)| Some(*known) == size).peekable();
            let Some(input) = alike.peek().and_then(|_| Identity::of(input)) else { continue };
            if let Some((flag, file, ..)) = alike.find(|(.., output)| *output == input) {
                let message = format!("`{flag}` would overwrite `{}`, which this command reads", source::display(file));
                return Err(Failure::new(message).with_help("name another file"));
            }
        }
        Ok(())
    }

    /// Refuses to write to what was read of a project.
    pub(in super::super) fn spare_project(&self, ready: &Ready) -> Result<(), Failure> {
        self.spare_project_but(ready, &[])
    }

    /// The same, but takes what has one of these names, unless it was read.
    pub(in super::super) fn spare_project_but(&self, ready: &Ready, names: &[&str]) -> Result<(), Failure> {
        if self.files.is_empty() {
            return Ok(());
        }
        self.spare(ready.files_read())?;
        for (flag, file) in &self.files {
            let path = source::absolute(file).unwrap_or_else(|_| file.to_path_buf());
            if ready.project.boundary.to_write(&path, NamedBy::Caller).is_none() {
                let noun = ready.project.boundary.noun();
                let message = format!("`{}` of `{flag}` leads out of {noun} by a link", source::display(file));
                return Err(Failure::new(message).with_help("remove the link, or name the file that it leads to"));
            }
            // What hides files, and what says what a project is, may be read from any folder.
            let name = file.file_name().unwrap_or_default();
            let describes = DESCRIPTIONS.iter().any(|describing| name == *describing) || name == ".gitignore";
            let is_allowed = names.iter().any(|allowed| name == *allowed);
            if describes && !is_allowed && name != BASELINE_NAME {
                let message = format!("`{flag}` would write `{}`, which describes a project", source::display(file));
                return Err(Failure::new(message).with_help("name another file"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_many_names() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| -> std::path::PathBuf { folder.path().join(name) };
        std::fs::create_dir(path("sub")).unwrap();
        std::fs::write(path("a"), "").unwrap();
        std::fs::write(path("b"), "").unwrap();
        std::fs::hard_link(path("a"), path("hard")).unwrap();
        for (one, other) in [("a", "./a"), ("a", "sub/../a"), ("a", "hard"), ("new", "./new"), ("new", "sub/../new")] {
            assert!(same(&path(one), &path(other)), "{one} {other}");
        }
        for (one, other) in [("a", "b"), ("new", "newer"), ("new", "sub/new"), ("a", "new"), ("no/x", "no/y")] {
            assert!(!same(&path(one), &path(other)), "{one} {other}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(path("a"), path("soft")).unwrap();
            std::os::unix::fs::symlink(path("sub"), path("way")).unwrap();
            assert!(same(&path("soft"), &path("hard")));
            assert!(same(&path("way/new"), &path("sub/new")));
        }
    }
}
