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
    fill(path, true, most, &mut buffer)?;
    Ok(buffer)
}

/// Reads a text of `most` bytes or fewer.
fn read_into<'b>(
    path: &Path,
    may_be_anything: bool,
    most: u64,
    buffer: &'b mut Vec<u8>,
) -> Result<&'b str, ReadProblem> {
    fill(path, may_be_anything, most, buffer)?;
    decode(buffer)
}

/// Reads a file of `most` bytes or fewer.
fn fill(path: &Path, may_be_anything: bool, most: u64, buffer: &mut Vec<u8>) -> Result<(), ReadProblem> {
    buffer.clear();
    let (file, size) = open(path, may_be_anything).map_err(io_problem)?;
    if size > most {
        return Err(ReadProblem::TooLarge(size));
    }
    buffer.reserve(usize::try_from(size).unwrap_or(0) + 1);
    // The file may grow while it is read; the limit holds for what is read too.
    file.take(most + 1).read_to_end(buffer).map_err(io_problem)?;
    let size = buffer.len() as u64;
    if size > most { Err(ReadProblem::TooLarge(size)) } else { Ok(()) }
}

/// Opens a regular file, and gives its size too. What is at the path may have become something else since the walk came by: to open a named pipe
/// is to wait for its writer, and to read one is to wait for what that writes.
fn open(path: &Path, may_be_anything: bool) -> io::Result<(File, u64)> {
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
    let found = file.metadata()?;
    if found.is_file() { Ok((file, found.len())) } else { Err(refuse()) }
}

/// The text that the bytes are.
fn decode(buffer: &[u8]) -> Result<&str, ReadProblem> {
    // Without a mark, UTF-16 and UTF-32 are valid UTF-8 full of zero characters; every file of ours begins with an ASCII
    // character: `<`, `{`, `[`, a letter, a quotation mark.
    if let Some(name) = match buffer {
        [1..=0x7f, 0, 0, 0, ..] => Some("UTF-32LE"),
        [0, 0, 0, 1..=0x7f, ..] => Some("UTF-32BE"),
        [1..=0x7f, 0, ..] => Some("UTF-16LE"),
        [0, 1..=0x7f, ..] => Some("UTF-16BE"),
        _ => None,
    } {
        return Err(ReadProblem::OtherEncoding(name));
    }
    std::str::from_utf8(buffer).map_err(|error| {
        let valid = error.valid_up_to() as u64;
        foreign_mark(buffer).map_or(ReadProblem::NotUtf8(valid), ReadProblem::OtherEncoding)
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
