//! Byte spans, and the one place that turns them into lines and columns.

use std::ops::Range;

use serde::Serialize;

/// Half-open range of byte offsets into one file's text, byte-order mark included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The zero-length span at `offset`.
    pub const fn at(offset: u32) -> Self {
        Self { start: offset, end: offset }
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// True if the span covers nothing.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text under the span; empty if the span does not fit the text.
    #[inline]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// Index of a file in the project's file list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A span in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The bytes in it.
    pub span: Span,
}

impl Location {
    /// The place `span` in `file`.
    pub const fn new(file: FileId, span: Span) -> Self {
        Self { file, span }
    }
}

/// A place as people count: both start at 1, columns are Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Position {
    /// Line, from 1. A line ends with `\n`.
    pub line: u32,
    /// Column in Unicode scalar values, from 1. A byte-order mark does not count.
    pub column: u32,
    /// Byte offset from the start of the file.
    pub offset: u32,
}

/// How many bytes lie between two places whose counts are kept.
const STEP: usize = 256;

/// How many characters and UTF-16 code units come before a place of a text. To ask costs the same wherever the place is,
/// however long its line.
#[derive(Clone, Debug)]
pub struct Columns<'t> {
    text: &'t str,
    /// Characters and UTF-16 code units before each `STEP` bytes; empty if the text is ASCII, where all are bytes.
    kept: Vec<(u32, u32)>,
}

impl<'t> Columns<'t> {
    /// Counts the characters of `text`.
    pub fn new(text: &'t str) -> Self {
        let mut kept = Vec::new();
        if !text.is_ascii() {
            let mut before = (0, 0);
            for piece in text.as_bytes().chunks(STEP) {
                kept.push(before);
                let (characters, units) = counts(piece);
                before = (before.0 + characters, before.1 + units);
            }
        }
        Self { text, kept }
    }

    /// How many characters begin before a byte offset.
    pub fn characters(&self, offset: usize) -> u32 {
        self.before(offset).0
    }

    /// How many UTF-16 code units the characters have that begin before a byte offset.
    pub fn utf16(&self, offset: usize) -> u32 {
        self.before(offset).1
    }

    /// The byte offset of the character that holds the UTF-16 code unit of this number, from 0; past the end it is the
    /// end.
    pub fn of_utf16(&self, unit: u32) -> usize {
        if self.kept.is_empty() {
            return (unit as usize).min(self.text.len());
        }
        let piece = self.kept.partition_point(|&(_, before)| before <= unit).saturating_sub(1);
        let mut before = self.kept.get(piece).map_or(0, |kept| kept.1);
        for (at, &byte) in self.text.as_bytes().iter().enumerate().skip(piece * STEP) {
            let (_, units) = counts(&[byte]);
            if units > 0 && before + units > unit {
                return at;
            }
            before += units;
        }
        self.text.len()
    }

    fn before(&self, offset: usize) -> (u32, u32) {
        let offset = offset.min(self.text.len());
        let piece = (offset / STEP).min(self.kept.len().saturating_sub(1));
        let Some(&(characters, units)) = self.kept.get(piece) else { return (offset as u32, offset as u32) };
        let rest = counts(self.text.as_bytes().get(piece * STEP..offset).unwrap_or_default());
        (characters + rest.0, units + rest.1)
    }
}

/// The start of the character that `offset` is in; past the end of the text it is the end.
pub fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// How many characters begin in a piece of UTF-8, and how many UTF-16 code units they have.
fn counts(bytes: &[u8]) -> (u32, u32) {
    bytes.iter().fold((0, 0), |(characters, units), &byte| {
        let begins = u32::from(byte & 0xc0 != 0x80);
        (characters + begins, units + begins + u32::from(byte >= 0xf0))
    })
}

/// Where each line of a text starts, in bytes.
pub fn line_starts(text: &str) -> Vec<u32> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1)).collect()
}

/// The line that an offset is on, from 1.
pub fn line_of(starts: &[u32], offset: u32) -> u32 {
    starts.partition_point(|&start| start <= offset) as u32
}

/// Where each line of a text starts, and how its columns count.
#[derive(Clone, Debug)]
pub struct LineIndex<'t> {
    columns: Columns<'t>,
    starts: Vec<u32>,
}

impl<'t> LineIndex<'t> {
    /// Finds the lines of `text`.
    pub fn new(text: &'t str) -> Self {
        Self { columns: Columns::new(text), starts: line_starts(text) }
    }

    /// The line and column of a byte offset; an offset past the end counts as the end, one inside a character as
    /// that character's start.
    pub fn position(&self, offset: u32) -> Position {
        let offset = offset.min(self.columns.text.len() as u32);
        let (line, start, end) = self.before(offset);
        Position { line, column: self.columns.characters(end) - self.columns.characters(start) + 1, offset }
    }

    /// The column of a byte offset in UTF-16 code units, from 1, as editors and code hosts count. A byte-order mark does
    /// not count.
    pub fn utf16_column(&self, offset: u32) -> u32 {
        let (_, start, end) = self.before(offset.min(self.columns.text.len() as u32));
        self.columns.utf16(end) - self.columns.utf16(start) + 1
    }

    /// The bytes of a line, from 1, without its `\n`; none if there is no such line.
    pub fn line(&self, line: u32) -> Option<Range<usize>> {
        let next = line as usize;
        let start = *self.starts.get(next.checked_sub(1)?)? as usize;
        Some(start..self.starts.get(next).map_or(self.columns.text.len(), |&next| next as usize - 1))
    }

    /// The line of an offset in the text, and the bytes that stand before it on that line.
    fn before(&self, offset: u32) -> (u32, usize, usize) {
        let text = self.columns.text;
        let line = line_of(&self.starts, offset);
        let start = self.starts.get((line as usize).wrapping_sub(1)).copied().unwrap_or(0) as usize;
        let end = floor(text, offset as usize);
        let mark = if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        (line, (start + mark).min(end.max(start)), end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_skip_the_byte_order_mark() {
        let text = "\u{feff}aé\r\n\tö𝄞x\n";
        let index = LineIndex::new(text);
        let at = |needle: &str| {
            let p = index.position(text.find(needle).unwrap() as u32);
            (p.line, p.column)
        };
        assert_eq!(at("a"), (1, 1));
        assert_eq!(at("é"), (1, 2));
        assert_eq!(at("\t"), (2, 1));
        assert_eq!(at("x"), (2, 4));
        let end = index.position(u32::MAX);
        assert_eq!((end.line, end.column, end.offset), (3, 1, text.len() as u32));
        // The clef is one character, and two UTF-16 code units.
        assert_eq!(index.utf16_column(text.find('x').unwrap() as u32), 5);
        assert_eq!(index.utf16_column(text.find('a').unwrap() as u32), 1);
        // Inside the two bytes of é: its own column.
        assert_eq!(index.position(text.find('é').unwrap() as u32 + 1).column, 2);
    }

    /// Longer than several pieces of which the counts are kept, and pieces begin inside of characters.
    #[test]
    fn columns_far_into_a_line_are_those_counted_from_its_start() {
        for line in ["é𝄞x", "abc", "𝄞", "\u{feff}é"] {
            let text = format!("\u{feff}ab\n{}\nc{}", line.repeat(STEP), line.repeat(99));
            let index = LineIndex::new(&text);
            let columns = Columns::new(&text);
            for (at, _) in text.char_indices().skip(1) {
                let start = text[..at].rfind('\n').map_or('\u{feff}'.len_utf8(), |end| end + 1);
                let before = &text[start..at];
                let position = index.position(at as u32);
                assert_eq!(position.column as usize, before.chars().count() + 1, "{at}");
                let units = before.encode_utf16().count() as u32;
                assert_eq!(index.utf16_column(at as u32), units + 1, "{at}");
                assert_eq!(columns.of_utf16(columns.utf16(start) + units), at);
            }
            assert_eq!(columns.of_utf16(u32::MAX), text.len());
            assert_eq!(index.line(1), Some(0..5));
            assert_eq!(index.line(3).map(|line| text[line].starts_with('c')), Some(true));
            assert_eq!((index.line(0), index.line(4)), (None, None));
        }
    }
}
