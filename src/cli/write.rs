//! Writing to files: as a whole or not at all.

use std::io::{self, Write as _};
use std::path::Path;

use super::Failure;
use crate::source;

/// Writes a file as a whole or not at all: to a temporary file beside it, then renamed. A link is followed, and its
/// target replaced. What is no regular file, such as `/dev/null` or a pipe, is written to and not replaced.
pub(super) fn write_file(path: &Path, content: &str) -> Result<(), Failure> {
    let failure = |error: &io::Error| {
        Failure::new(format!("`{}` cannot be written: {}", source::display(path), words(error)))
            .with_help("it was left as it was; check that the folder exists and can be written to")
    };
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let old = std::fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let open = std::fs::OpenOptions::new().write(true).open(&target);
        return open.and_then(|mut file| file.write_all(content.as_bytes())).map_err(|error| failure(&error));
    }
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        // A renamed file would take its place all the same.
        return Err(failure(&io::Error::other("it is read-only")));
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> io::Result<()> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".omnic-");
        // What a new file gets here; temporary files are otherwise for their owner alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(content.as_bytes())?;
        file.flush()?;
        if let Some(old) = &old {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.persist(&target).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error| failure(&error))
}

/// What went wrong, without the name of the temporary file.
fn words(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" at path ").next().unwrap_or(&text).to_owned()
}
