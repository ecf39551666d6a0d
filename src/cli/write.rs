//! Writing to files: as a whole or not at all, and never to what was read.

mod identity;
mod signals;

use std::fs::{File, Metadata};
use std::io::{self, Write as _};
use std::path::Path;

use super::Failure;
use crate::source;
pub(super) use identity::Outputs;

/// Writes a file as a whole or not at all: to a temporary file beside it, then renamed. A link is followed, and its
/// target replaced. What is no regular file, such as `/dev/null` or a pipe, is written to and not replaced.
pub(super) fn write_file(path: &Path, content: &str) -> Result<(), Failure> {
    write_file_with(path, |out| out.write_all(content.as_bytes()))
}

/// As [`write_file`], with what `content` writes.
pub(super) fn write_file_with(
    path: &Path,
    content: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> Result<(), Failure> {
    if source::leads_out_of_its_work_tree(path) {
        let message = format!("`{}` cannot be written: a link leads out of the git work tree", source::display(path));
        return Err(Failure::new(message).with_help("remove the link, or name the file that it leads to"));
    }
    write(path, content, None).map_err(|why| {
        let (why, help) = why.words();
        Failure::new(format!("`{}` cannot be written: {why}", source::display(path))).with_help(help)
    })
}

/// True if the path that was given for a file means standard output. As a file, `/dev/stdout` would be replaced by
/// another where the output goes to a file.
pub(super) fn is_stdout(path: &Path) -> bool {
    matches!(path.to_str(), Some("-" | "/dev/stdout"))
}

/// Why a file was not written.
#[derive(Debug)]
pub(super) enum NotWritten {
    /// It does not hold what it should.
    Changed,
    /// It has a second name.
    Linked,
    /// The operating system's words.
    Failed(io::Error),
}

impl NotWritten {
    /// Why, and what to do.
    pub(super) fn words(&self) -> (String, &'static str) {
        match self {
            Self::Changed => ("it has changed since it was read".to_owned(), "run the command again"),
            Self::Linked => (
                "it has more than one name (hard link), and the others would keep the old text".to_owned(),
                "replace it with a copy of itself, or remove the other names",
            ),
            Self::Failed(error) => {
                // Without the name of the temporary file.
                let words = error.to_string();
                let words = words.split(" at path ").next().unwrap_or(&words).to_owned();
                (words, "it was left as it was; check that the folder exists and can be written to")
            }
        }
    }
}

impl From<io::Error> for NotWritten {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// As [`write_file`]; but a file that does not hold `old` any longer, a moment before it is replaced, is left alone.
pub(super) fn replace(path: &Path, old: &str, new: &str) -> Result<(), NotWritten> {
    write(path, |out| out.write_all(new.as_bytes()), Some(old))
}

fn write(
    path: &Path,
    content: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    expected: Option<&str>,
) -> Result<(), NotWritten> {
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let old = std::fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let mut file = std::fs::OpenOptions::new().write(true).open(&target)?;
        return Ok(buffered(&mut file, content)?);
    }
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        // A renamed file would take its place all the same.
        return Err(io::Error::other("it is read-only").into());
    }
    if old.as_ref().is_some_and(has_more_names) {
        return Err(NotWritten::Linked);
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let _held = signals::hold();
    let mut builder = tempfile::Builder::new();
    builder.prefix(".omnic-");
    // What a new file gets here; temporary files are otherwise for their owner alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    buffered(file.as_file_mut(), content)?;
    if let Some(old) = &old {
        keep_owner(file.as_file(), old);
        file.as_file().set_permissions(old.permissions())?;
    }
    if expected.is_some_and(|expected| source::read_file(&target).ok().as_deref() != Some(expected)) {
        return Err(NotWritten::Changed);
    }
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

fn buffered(file: &mut File, content: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::BufWriter::new(file);
    content(&mut out)?;
    out.flush()
}

/// True if a file has a second name, which would keep its old text.
fn has_more_names(file: &Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::nlink(file) > 1;
    #[cfg(not(unix))]
    {
        let _ = file;
        false
    }
}

/// Gives a new file the owner and group of the old one, as far as the user may.
#[cfg(unix)]
fn keep_owner(new: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let is_same = new.metadata().is_ok_and(|new| (new.uid(), new.gid()) == (old.uid(), old.gid()));
    if !is_same && fchown(new, Some(old.uid()), Some(old.gid())).is_err() {
        // Only root may give files away, but a user may have several groups.
        let _ = fchown(new, None, Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}
