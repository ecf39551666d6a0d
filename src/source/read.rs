//! The text of one file.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

use super::{Entry, MAX_FILE_BYTES, MAX_RECORDS_BYTES, ReadProblem};

/// Reads the file behind `entry` into `buffer`, in place of what is there, and gives its text, byte-order mark included.
/// A buffer that is used again and again spares the system from handing out memory for each of ten thousand files.
///
/// # Errors
///
/// If it cannot be read, is no regular file, is larger than [`MAX_FILE_BYTES`], or is not UTF-8.
pub fn read<'b>(entry: &Entry, buffer: &'b mut Vec<u8>) -> Result<&'b str, ReadProblem> {
    if let Some(text) = &entry.shadow {
        buffer.clear();
        buffer.extend_from_slice(text.as_bytes());
        return std::str::from_utf8(buffer).map_err(|error| ReadProblem::NotUtf8(error.valid_up_to() as u64));
    }
    // Discovery has seen that it is a file, but for what a link leads to.
    read_into(&entry.disk, entry.is_link, MAX_FILE_BYTES, buffer)
}

/// The text of the file at `path`, byte-order mark included.
///
/// # Errors
///
/// As [`read`].
pub fn read_file(path: &Path) -> Result<String, ReadProblem> {
    read_into(path, true, MAX_FILE_BYTES, &mut Vec::new()).map(str::to_owned)
}

/// The text of a file with records, byte-order mark included.
pub(super) fn read_records(path: &Path) -> Result<String, ReadProblem> {
    read_into(path, true, MAX_RECORDS_BYTES, &mut Vec::new()).map(str::to_owned)
}

/// The bytes of the file at `path`, whatever its encoding.
///
/// # Errors
///
/// If it cannot be read, is no regular file, or is larger than [`MAX_FILE_BYTES`].
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadProblem> {
    read_at_most(path, MAX_FILE_BYTES)
}

/// The bytes of a regular file that has no more than `most` of them.
pub(super) fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>, ReadProblem> {
    let mut buffer = Vec::new();
    fill(&open(path, true).map_err(io_problem)?, most, &mut buffer)?;
    Ok(buffer)
}

/// The text of a file that the caller named, which may be a pipe, of `most` bytes or fewer; without its byte-order mark.
///
/// # Errors
///
/// If it cannot be read, is a folder, is larger than `most`, or is not UTF-8.
pub fn read_named(path: &Path, most: u64) -> Result<String, ReadProblem> {
    if std::fs::metadata(path).map_err(io_problem)?.is_dir() {
        return Err(ReadProblem::Io("it is a folder".to_owned()));
    }
    let mut buffer = Vec::new();
    fill(&File::open(path).map_err(io_problem)?, most, &mut buffer)?;
    let text = decode(&buffer)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())
}

/// Reads a text of `most` bytes or fewer.
fn read_into<'b>(
    path: &Path,
    may_be_anything: bool,
    most: u64,
    buffer: &'b mut Vec<u8>,
) -> Result<&'b str, ReadProblem> {
    fill(&open(path, may_be_anything).map_err(io_problem)?, most, buffer)?;
    decode(buffer)
}

/// Opens a regular file. What is at the path may have become something else since the walk came by: to open a named pipe
/// is to wait for its writer, and to read one is to wait for what that writes.
fn open(path: &Path, may_be_anything: bool) -> io::Result<File> {
    let refuse = || io::Error::other("not a regular file");
    // To open a device can change it.
    if may_be_anything && !std::fs::metadata(path)?.is_file() {
        return Err(refuse());
    }
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK | libc::O_NOCTTY);
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(refuse()) }
}

/// Reads a file of `most` bytes or fewer.
fn fill(file: &File, most: u64, buffer: &mut Vec<u8>) -> Result<(), ReadProblem> {
    buffer.clear();
    let size = file.metadata().map_err(io_problem)?.len();
    if size > most {
        return Err(ReadProblem::TooLarge(size));
    }
    buffer.reserve(usize::try_from(size).unwrap_or(0) + 1);
    // The file may grow while it is read; the limit holds for what is read too.
    file.take(most + 1).read_to_end(buffer).map_err(io_problem)?;
    let size = buffer.len() as u64;
    if size > most { Err(ReadProblem::TooLarge(size)) } else { Ok(()) }
}

/// The text that the bytes are.
fn decode(bytes: &[u8]) -> Result<&str, ReadProblem> {
    // Before UTF-8: without a mark, UTF-16 is valid UTF-8 full of zero characters.
    if let Some(name) = foreign_encoding(bytes) {
        return Err(ReadProblem::OtherEncoding(name));
    }
    std::str::from_utf8(bytes).map_err(|error| ReadProblem::NotUtf8(error.valid_up_to() as u64))
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn io_problem(error: std::io::Error) -> ReadProblem {
    ReadProblem::Io(error.to_string())
}

/// The encoding that a text is in, if its first bytes say that it is not UTF-8: by a byte-order mark, or by a zero byte, since
/// every text that we read begins with a character of ASCII and has no zero characters. What is longer comes first: the
/// mark of UTF-32LE starts with that of UTF-16LE.
pub fn foreign_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [1..=0x7F, 0, 0, 0, ..] => Some("UTF-32LE"),
        [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, 1..=0x7F, ..] => Some("UTF-32BE"),
        [0xFF, 0xFE, ..] | [1..=0x7F, 0, ..] => Some("UTF-16LE"),
        [0xFE, 0xFF, ..] | [0, 1..=0x7F, ..] => Some("UTF-16BE"),
        _ => None,
    }
}
