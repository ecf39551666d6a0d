//! Between byte offsets and the client's lines and columns.

use lsp_types::{Position, PositionEncodingKind, Range};

use crate::source::{Columns, Span, floor};

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::lsp) enum Encoding {
    /// Bytes.
    Utf8,
    /// What every client knows: 16-bit units.
    #[default]
    Utf16,
}

impl Encoding {
    /// The best that the client offers.
    pub(in crate::lsp) fn negotiate(offered: &[PositionEncodingKind]) -> Self {
        if offered.contains(&PositionEncodingKind::UTF8) { Self::Utf8 } else { Self::Utf16 }
    }

    pub(in crate::lsp) const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }
}

/// The lines of a text. They end with `\n`, `\r\n` or `\r`, as the protocol says.
#[derive(Clone, Debug)]
pub(in crate::lsp) struct Lines<'t> {
    text: &'t str,
    starts: Vec<u32>,
    encoding: Encoding,
    columns: Columns<'t>,
}

impl<'t> Lines<'t> {
    pub(in crate::lsp) fn new(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
        let is_last = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        starts.extend(ends.filter(is_last).map(|at| at as u32 + 1));
        Self { text, starts, encoding, columns: Columns::new(text) }
    }

    /// Where the line starts, and its text, without its end.
    fn line(&self, line: u32) -> Option<(usize, &'t str)> {
        let start = *self.starts.get(line as usize)?;
        let end = self.starts.get(line as usize + 1).map_or(self.text.len(), |&end| end as usize);
        let text = self.text.get(start as usize..end)?.trim_end_matches(['\n', '\r']);
        Some(without_mark(start as usize, text))
    }

    /// The place of a byte offset; past the end it is the end, inside a character that character's start.
    pub(in crate::lsp) fn position(&self, offset: u32) -> Position {
        let offset = floor(self.text, offset as usize);
        let line = self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0) as usize;
        let (start, before) = without_mark(start, self.text.get(start..offset).unwrap_or(""));
        let character = match self.encoding {
            Encoding::Utf8 => before.len() as u32,
            Encoding::Utf16 => self.columns.utf16(start + before.len()) - self.columns.utf16(start),
        };
        Position { line: line as u32, character }
    }

    pub(in crate::lsp) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The byte offset of a place; past the end of a line it is the line's end, past the last line the end of the text,
    /// inside a character that character's start.
    pub(in crate::lsp) fn offset(&self, position: Position) -> u32 {
        let Some((start, line)) = self.line(position.line) else { return self.text.len() as u32 };
        let end = start + line.len();
        let at = match self.encoding {
            Encoding::Utf8 => floor(self.text, start.saturating_add(position.character as usize).min(end)),
            Encoding::Utf16 => self.columns.of_utf16(self.columns.utf16(start).saturating_add(position.character)),
        };
        at.min(end) as u32
    }

    pub(in crate::lsp) fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), start.max(end))
    }
}

/// A byte-order mark is none of the text that a client shows.
fn without_mark(start: usize, line: &str) -> (usize, &str) {
    match line.strip_prefix('\u{feff}') {
        Some(rest) if start == 0 => (3, rest),
        _ => (start, line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_are_of_the_encoding() {
        let text = "\u{feff}aé\r\n\tö𝄞x\ry\n";
        let at = |encoding, needle: char| {
            let position = Lines::new(text, encoding).position(text.find(needle).unwrap() as u32);
            (position.line, position.character)
        };
        assert_eq!(at(Encoding::Utf16, 'a'), (0, 0));
        assert_eq!(at(Encoding::Utf16, 'x'), (1, 4));
        assert_eq!(at(Encoding::Utf8, 'x'), (1, 7));
        assert_eq!(at(Encoding::Utf16, 'y'), (2, 0));
        let lines = Lines::new(text, Encoding::Utf16);
        assert_eq!(lines.position(u32::MAX), Position { line: 3, character: 0 });
        assert_eq!(lines.offset(Position { line: 9, character: 9 }), text.len() as u32);
        let end_of_first = text.find('\r').unwrap() as u32;
        assert_eq!(lines.offset(Position { line: 0, character: 99 }), end_of_first);
    }

    proptest! {
        #[test]
        fn every_offset_goes_there_and_back(text in "[a-cé𝄞\u{feff}\r\n\t]{0,40}", utf8: bool) {
            let lines = Lines::new(&text, if utf8 { Encoding::Utf8 } else { Encoding::Utf16 });
            for (at, c) in text.char_indices() {
                // Between `\r` and `\n` there is no place, and before the mark there is none either.
                let inside = c == '\n' && text[..at].ends_with('\r') || at == 0 && c == '\u{feff}';
                if !inside {
                    prop_assert_eq!(lines.offset(lines.position(at as u32)), at as u32);
                }
            }
        }
    }
}
