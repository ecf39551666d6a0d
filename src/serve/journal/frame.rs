//! The form of what is written. Numbers are little-endian.
//!
//! - A file begins with a header: 8 bytes that name the kind of file, the format (u32), the length of the plan's digest
//!   (u8), the digest, and a CRC-32 of all that (u32).
//! - Then follow frames: the length of the content (u32), a CRC-32 of the content (u32), a CRC-32 of these eight bytes
//!   (u32), the content. The third number tells a frame that was not written whole from one whose length was damaged.
//! - The content of a frame in a log is what one commit wrote, so that a commit is there or not: for each entry its kind
//!   (u8), the length of its payload (u32), the payload. A snapshot has one frame, whose content is the state.

use super::error::JournalError;

/// The format that this program writes.
pub(super) const FORMAT: u32 = 1;

/// How a log begins.
pub(super) const LOG: [u8; 8] = *b"OMNICLOG";

/// How a snapshot begins.
pub(super) const SNAPSHOT: [u8; 8] = *b"OMNICSNP";

/// Before the content of a frame.
pub(super) const FRAME_HEADER: usize = 12;

/// The longest content: a gigabyte.
pub(super) const LONGEST: usize = 1 << 30;

/// Before the payload of an entry.
const ENTRY_HEADER: usize = 5;

/// What was appended, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The caller's own mark.
    pub kind: u8,
    /// The caller's own bytes.
    pub payload: Vec<u8>,
}

/// A header that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) digest: String,
    /// Its bytes.
    pub(super) length: usize,
}

/// Why a header is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeaderError {
    /// The file ends within it.
    Torn,
    /// It has another format.
    Format(u32),
    /// Its bytes are not what was written.
    Damaged,
}

/// What stands at a place where a frame should begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// Nothing more.
    End,
    /// A frame.
    Whole { content: &'a [u8], next: usize },
    /// The file ends within the frame, or within its header.
    Torn,
    /// The header is not one.
    BadHeader,
    /// The content has another checksum. `next` is where it ends.
    BadContent { next: usize },
}

/// A header.
///
/// # Errors
///
/// If the digest is longer than 255 bytes.
pub(super) fn header(magic: [u8; 8], digest: &str) -> Result<Vec<u8>, JournalError> {
    let limit = usize::from(u8::MAX);
    let too_long = || JournalError::TooLong { what: "a plan's digest", length: digest.len(), limit };
    let length = u8::try_from(digest.len()).map_err(|_| too_long())?;
    let mut out = magic.to_vec();
    out.extend(FORMAT.to_le_bytes());
    out.push(length);
    out.extend(digest.as_bytes());
    out.extend(crc32fast::hash(&out).to_le_bytes());
    Ok(out)
}

/// The length of the header with this digest.
pub(super) const fn header_length(digest: &str) -> usize {
    17 + digest.len()
}

/// Reads a header.
pub(super) fn read_header(bytes: &[u8], magic: [u8; 8]) -> Result<Header, HeaderError> {
    let known = bytes.len().min(magic.len());
    if bytes.get(..known) != magic.get(..known) {
        return Err(HeaderError::Damaged);
    }
    let format = number(bytes, 8).ok_or(HeaderError::Torn)?;
    if format != FORMAT {
        // Another format may go on in another way, so its checksum is not asked.
        return Err(HeaderError::Format(format));
    }
    let length = usize::from(*bytes.get(12).ok_or(HeaderError::Torn)?);
    let end = 13 + length;
    let crc = number(bytes, end).ok_or(HeaderError::Torn)?;
    let covered = bytes.get(..end).ok_or(HeaderError::Torn)?;
    if crc32fast::hash(covered) != crc {
        return Err(HeaderError::Damaged);
    }
    let digest = covered.get(13..).and_then(|digest| std::str::from_utf8(digest).ok()).ok_or(HeaderError::Damaged)?;
    Ok(Header { digest: digest.to_owned(), length: end + 4 })
}

/// A frame with this content.
///
/// # Errors
///
/// If the content is too long.
pub(super) fn frame(content: &[u8]) -> Result<Vec<u8>, JournalError> {
    let mut out = frame_header(content, content.len())?;
    out.extend(content);
    Ok(out)
}

/// What stands before this content, with room for so many bytes more.
///
/// # Errors
///
/// If the content is too long.
pub(super) fn frame_header(content: &[u8], room: usize) -> Result<Vec<u8>, JournalError> {
    if content.len() > LONGEST {
        return Err(JournalError::TooLong { what: "a batch", length: content.len(), limit: LONGEST });
    }
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    let mut out = Vec::with_capacity(FRAME_HEADER + room);
    out.extend(length.to_le_bytes());
    out.extend(crc32fast::hash(content).to_le_bytes());
    out.extend(crc32fast::hash(&out).to_le_bytes());
    Ok(out)
}

/// What stands at a place.
pub(super) fn find(bytes: &[u8], at: usize) -> Found<'_> {
    if at >= bytes.len() {
        return Found::End;
    }
    let (Some(start), Some(length), Some(crc), Some(header_crc)) =
        (bytes.get(at..at + 8), number(bytes, at), number(bytes, at + 4), number(bytes, at + 8))
    else {
        return Found::Torn;
    };
    if crc32fast::hash(start) != header_crc {
        return Found::BadHeader;
    }
    let begin = at + FRAME_HEADER;
    let next = begin.saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
    match bytes.get(begin..next) {
        None => Found::Torn,
        Some(content) if crc32fast::hash(content) == crc => Found::Whole { content, next },
        Some(_) => Found::BadContent { next },
    }
}

/// Adds an entry to the content of a frame.
///
/// # Errors
///
/// If the payload is too long.
pub(super) fn push_entry(content: &mut Vec<u8>, kind: u8, payload: &[u8]) -> Result<(), JournalError> {
    let length = match u32::try_from(payload.len()) {
        Ok(length) if content.len().saturating_add(ENTRY_HEADER + payload.len()) <= LONGEST => length,
        _ => {
            let length = content.len().saturating_add(payload.len());
            return Err(JournalError::TooLong { what: "a batch", length, limit: LONGEST });
        }
    };
    content.push(kind);
    content.extend(length.to_le_bytes());
    content.extend(payload);
    Ok(())
}

/// The entries of a frame; none if its content is not a list of them.
pub(super) fn entries(mut content: &[u8]) -> Option<Vec<Entry>> {
    let mut out = Vec::new();
    while let Some((&kind, rest)) = content.split_first() {
        let length = usize::try_from(number(rest, 0)?).ok()?;
        let (payload, rest) = rest.get(4..)?.split_at_checked(length)?;
        out.push(Entry { kind, payload: payload.to_vec() });
        content = rest;
    }
    Some(out)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_back_and_each_change_is_seen() {
        let bytes = header(LOG, "abc").unwrap();
        assert_eq!((bytes.len(), header_length("abc")), (20, 20));
        assert_eq!(read_header(&bytes, LOG), Ok(Header { digest: "abc".into(), length: bytes.len() }));
        assert_eq!(read_header(&bytes, SNAPSHOT), Err(HeaderError::Damaged));
        for length in 0..bytes.len() {
            assert_eq!(read_header(&bytes[..length], LOG), Err(HeaderError::Torn), "{length}");
        }
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut bytes = bytes.clone();
                bytes[at] ^= 1 << bit;
                assert!(read_header(&bytes, LOG).is_err(), "{at} {bit}");
            }
        }
        assert!(header(LOG, &"x".repeat(256)).is_err());
    }

    #[test]
    fn a_frame_is_read_back_and_each_change_is_seen() {
        let mut content = Vec::new();
        push_entry(&mut content, 7, b"payload").unwrap();
        push_entry(&mut content, 0, b"").unwrap();
        let bytes = frame(&content).unwrap();
        let Found::Whole { content: read, next } = find(&bytes, 0) else { panic!("no frame") };
        assert_eq!((read, next, find(&bytes, next)), (content.as_slice(), bytes.len(), Found::End));
        let expected = [Entry { kind: 7, payload: b"payload".to_vec() }, Entry { kind: 0, payload: Vec::new() }];
        assert_eq!(entries(read).unwrap(), expected);
        assert!(entries(&content[..content.len() - 1]).is_none());
        for length in 1..bytes.len() {
            assert_eq!(find(&bytes[..length], 0), Found::Torn);
        }
        for at in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[at] ^= 1;
            let expected = if at < FRAME_HEADER { Found::BadHeader } else { Found::BadContent { next: bytes.len() } };
            assert_eq!(find(&bytes, 0), expected, "{at}");
        }
    }
}
