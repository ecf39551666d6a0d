//! The text of one file.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::{Entry, MAX_FILE_BYTES, MAX_RECORDS_BYTES, ReadProblem};

/// Reads the file behind `entry` into `buffer`, in place of what is there, and gives its text, byte-order mark included.
/// A buffer that is used again and again spares the system from handing out memory for each of ten thousand files.
///
/// # Errors
///
/// If it cannot be read, is not a regular file, is larger than [`MAX_FILE_BYTES`], or is not UTF-8; and if it has become
/// a link since it was found: where that leads, nobody has looked.
pub fn read<'b>(entry: &Entry, buffer: &'b mut Vec<u8>) -> Result<&'b str, ReadProblem> {
    if let Some(text) = &entry.shadow {
        buffer.clear();
        buffer.extend_from_slice(text.as_bytes());
        return std::str::from_utf8(buffer).map_err(|error| ReadProblem::NotUtf8(error.valid_up_to() as u64));
    }
    let path = entry.real.as_deref().unwrap_or(&entry.disk);
    text(path, Links::Refused, MAX_FILE_BYTES, buffer)
}

/// The text of the file at `path`, byte-order mark included.
///
/// # Errors
///
/// As [`read`], but that links are followed.
pub fn read_file(path: &Path) -> Result<String, ReadProblem> {
    text(path, Links::Followed, MAX_FILE_BYTES, &mut Vec::new()).map(str::to_owned)
}

/// The text of a file with records, byte-order mark included.
pub(super) fn read_records(path: &Path) -> Result<String, ReadProblem> {
    text(path, Links::Followed, MAX_RECORDS_BYTES, &mut Vec::new()).map(str::to_owned)
}

/// What is done at a symbolic link.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    Followed,
    /// The file may have become a link since it was found: that is an error.
    Refused,
}

/// Reads a text of `most` bytes or fewer.
fn text<'b>(path: &Path, links: Links, most: u64, buffer: &'b mut Vec<u8>) -> Result<&'b str, ReadProblem> {
    read_bytes(path, links, most, buffer)?;
    if let Some(name) = unmarked(buffer) {
        return Err(ReadProblem::OtherEncoding(name));
    }
    std::str::from_utf8(buffer).map_err(|error| {
        let valid = error.valid_up_to() as u64;
        foreign_mark(buffer).map_or(ReadProblem::NotUtf8(valid), ReadProblem::OtherEncoding)
    })
}

/// Reads a regular file of `most` bytes or fewer into `buffer`. Nothing else is waited for: not for the writer of a named
/// pipe, though it may have taken the file's place a moment ago.
pub(super) fn read_bytes(path: &Path, links: Links, most: u64, buffer: &mut Vec<u8>) -> Result<(), ReadProblem> {
    buffer.clear();
    let not_regular = || ReadProblem::Io("not a regular file".to_owned());
    // Asked before opening too: to open a device may be to set it going. What discovery found was a file then.
    if links == Links::Followed && !std::fs::metadata(path).map_err(io_problem)?.is_file() {
        return Err(not_regular());
    }
    let file = open(path, links).map_err(|error| {
        let is_refused = links == Links::Refused && path.is_symlink();
        if is_refused { ReadProblem::Io("it has become a symbolic link".to_owned()) } else { io_problem(error) }
    })?;
    let about = file.metadata().map_err(io_problem)?;
    if !about.is_file() {
        return Err(not_regular());
    }
    let size = about.len();
    if size > most {
        return Err(ReadProblem::TooLarge(size));
    }
    buffer.reserve(usize::try_from(size).unwrap_or(0) + 1);
    // The file may grow while it is read; the limit holds for what is read too.
    file.take(most + 1).read_to_end(buffer).map_err(io_problem)?;
    let size = buffer.len() as u64;
    if size > most {
        return Err(ReadProblem::TooLarge(size));
    }
    Ok(())
}

#[cfg(unix)]
fn open(path: &Path, links: Links) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = libc::O_NONBLOCK | libc::O_NOCTTY;
    let flags = if links == Links::Refused { flags | libc::O_NOFOLLOW } else { flags };
    File::options().read(true).custom_flags(flags).open(path)
}

/// Elsewhere, pipes are not among the files, and to ask of each file whether it has become a link takes as long as to
/// open it.
#[cfg(not(unix))]
fn open(path: &Path, _: Links) -> std::io::Result<File> {
    File::open(path)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn io_problem(error: std::io::Error) -> ReadProblem {
    ReadProblem::Io(error.to_string())
}

/// The encoding of a text that has no byte-order mark and is not UTF-8, though it may be valid as such: full of zero
/// characters. Every file of ours begins with `<`, `{` or `[`, or, in a configuration, with a letter or `#`.
fn unmarked(bytes: &[u8]) -> Option<&'static str> {
    let is_first = |byte: u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    match *bytes {
        [0, 0, 0, first, ..] if is_first(first) => Some("UTF-32BE"),
        [first, 0, 0, 0, ..] if is_first(first) => Some("UTF-32LE"),
        [0, first, ..] if is_first(first) => Some("UTF-16BE"),
        [first, 0, ..] if is_first(first) => Some("UTF-16LE"),
        _ => None,
    }
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
