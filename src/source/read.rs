//! The text of one file.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::{Entry, FileId, MAX_FILE_BYTES, ReadProblem, SourceFile};

/// Reads the file behind `entry`. What cannot be read is told in [`SourceFile::problem`], with an empty text.
pub fn read(entry: &Entry, id: FileId) -> SourceFile {
    let (text, problem) = match read_text(&entry.disk) {
        Ok(text) => (text, None),
        Err(problem) => (String::new(), Some(problem)),
    };
    SourceFile { id, path: entry.path.clone(), package: entry.package, text, problem }
}

/// The text of the file at `path`, byte-order mark included.
pub(super) fn read_text(path: &Path) -> Result<String, ReadProblem> {
    // Asked before opening: to open a named pipe is to wait for its writer.
    let metadata = std::fs::metadata(path).map_err(io_problem)?;
    if !metadata.is_file() {
        return Err(ReadProblem::Io("not a regular file".to_owned()));
    }
    if metadata.len() > MAX_FILE_BYTES {
        return Err(ReadProblem::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // The file may grow while it is read; the limit holds for what is read too.
    File::open(path).and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)).map_err(io_problem)?;
    let size = bytes.len() as u64;
    if size > MAX_FILE_BYTES {
        return Err(ReadProblem::TooLarge(size));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to() as u64;
        foreign_mark(error.as_bytes()).map_or(ReadProblem::NotUtf8(valid), ReadProblem::OtherEncoding)
    })
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn io_problem(error: std::io::Error) -> ReadProblem {
    ReadProblem::Io(error.to_string())
}

/// The encoding whose byte-order mark starts `bytes`. None of these marks is valid UTF-8, except that of UTF-32BE's
/// first half; the longer marks come first, because that of UTF-32LE starts with that of UTF-16LE.
fn foreign_mark(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 4] = [
        (&[0xFF, 0xFE, 0, 0], "UTF-32LE"),
        (&[0, 0, 0xFE, 0xFF], "UTF-32BE"),
        (&[0xFF, 0xFE], "UTF-16LE"),
        (&[0xFE, 0xFF], "UTF-16BE"),
    ];
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|&(_, name)| name)
}
