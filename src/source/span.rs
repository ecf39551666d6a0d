//! Byte spans, and the one place that turns them into lines and columns.

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

/// Where each line of a text starts.
#[derive(Clone, Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<u32>,
}

impl<'t> LineIndex<'t> {
    /// Finds the lines of `text`.
    pub fn new(text: &'t str) -> Self {
        let starts =
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1)).collect();
        Self { text, starts }
    }

    /// The line and column of a byte offset; an offset past the end counts as the end, one inside a character as
    /// that character's start.
    pub fn position(&self, offset: u32) -> Position {
        let offset = offset.min(self.text.len() as u32);
        let (line, before) = self.before(offset);
        Position { line, column: before.chars().count() as u32 + 1, offset }
    }

    /// The column of a byte offset in UTF-16 code units, from 1, as editors and code hosts count. A byte-order mark does
    /// not count.
    pub fn utf16_column(&self, offset: u32) -> u32 {
        self.before(offset.min(self.text.len() as u32)).1.encode_utf16().count() as u32 + 1
    }

    /// The line of an offset in the text, and what stands before it on that line.
    fn before(&self, offset: u32) -> (u32, &'t str) {
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        let mut end = offset as usize;
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(start as usize..end).unwrap_or("");
        (line as u32, before.strip_prefix('\u{feff}').unwrap_or(before))
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
}
