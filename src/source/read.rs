//! The text of one file.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::{Entry, MAX_FILE_BYTES, ReadProblem};

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
    if let Some(problem) = &entry.problem {
        return Err((**problem).clone());
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

/// The bytes of the file at `path`, whatever its encoding. Links are not followed.
///
/// # Errors
///
/// If it cannot be read, is not a regular file, or is larger than [`MAX_FILE_BYTES`].
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadProblem> {
    let mut buffer = Vec::new();
    read_into(path, Links::Refused, MAX_FILE_BYTES, &mut buffer)?;
    Ok(buffer)
}

/// The text of a file that the caller named, which may be a pipe, of `most` bytes or fewer; without its byte-order mark.
///
/// # Errors
///
/// If it cannot be read, is a folder, is larger than `most`, or is not UTF-8.
pub fn read_named(path: &Path, most: u64) -> Result<String, ReadProblem> {
    let about = std::fs::metadata(path).map_err(io_problem)?;
    if about.is_dir() {
        return Err(ReadProblem::Io("it is a folder".to_owned()));
    }
    let mut buffer = Vec::new();
    fill(&File::open(path).map_err(io_problem)?, about.len(), most, &mut buffer)?;
    let text = decode(&buffer)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())
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
    read_into(path, links, most, buffer)?;
    decode(buffer)
}

/// The text that the bytes are.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, ReadProblem> {
    // Before UTF-8: without a mark, UTF-16 is valid UTF-8 full of zero characters.
    if let Some(name) = foreign_encoding(bytes) {
        return Err(ReadProblem::OtherEncoding(name));
    }
    std::str::from_utf8(bytes).map_err(|error| ReadProblem::NotUtf8(error.valid_up_to() as u64))
}

/// Reads a regular file of `most` bytes or fewer into `buffer`. Nothing else is waited for: not for the writer of a named
/// pipe, though it may have taken the file's place a moment ago.
pub(super) fn read_into(path: &Path, links: Links, most: u64, buffer: &mut Vec<u8>) -> Result<(), ReadProblem> {
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
    fill(&file, about.len(), most, buffer)
}

/// Reads what is open, of `size` bytes as far as is known.
fn fill(file: &File, size: u64, most: u64, buffer: &mut Vec<u8>) -> Result<(), ReadProblem> {
    if size > most {
        return Err(ReadProblem::TooLarge(size));
    }
    buffer.reserve(usize::try_from(size).unwrap_or(0) + 1);
    // The file may grow while it is read; the limit holds for what is read too.
    file.take(most + 1).read_to_end(buffer).map_err(io_problem)?;
    let size = buffer.len() as u64;
    if size > most { Err(ReadProblem::TooLarge(size)) } else { Ok(()) }
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

/// The encoding that a text is in, if its first bytes say that it is not UTF-8: by a byte-order mark, or by a zero byte,
/// since every text that we read begins with a character of ASCII and has no zero characters. What is longer comes first:
/// the mark of UTF-32LE starts with that of UTF-16LE.
pub fn foreign_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [1..=0x7F, 0, 0, 0, ..] => Some("UTF-32LE"),
        [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, 1..=0x7F, ..] => Some("UTF-32BE"),
        [0xFF, 0xFE, ..] | [1..=0x7F, 0, ..] => Some("UTF-16LE"),
        [0xFE, 0xFF, ..] | [0, 1..=0x7F, ..] => Some("UTF-16BE"),
        _ => None,
    }
}
