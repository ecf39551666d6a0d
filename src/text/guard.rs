//! The one way of text to terminals and logs.

use std::borrow::Cow;
use std::io::{self, Write};

use super::clean::{Marks, defused, picture};

/// What is written, and so what of it may be obeyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Lines for people: nothing.
    Text,
    /// The same with colours and links, which a terminal obeys.
    Styled,
    /// Commands that a runner obeys, one a line.
    Annotations,
    /// An XML document. What is no character of XML is not in it.
    Xml,
    /// What is escaped already, as JSON is, or must stay as it is.
    Data,
}

/// A writer that takes out of each line what would be obeyed and should not.
#[derive(Debug)]
pub struct Guard<W: Write> {
    out: W,
    content: Content,
    /// The line that has not ended.
    line: Vec<u8>,
}

impl<W: Write> Guard<W> {
    /// A writer of this content to `out`.
    pub const fn new(out: W, content: Content) -> Self {
        Self { out, content, line: Vec::new() }
    }

    /// The writer below.
    pub fn into_inner(self) -> W {
        self.out
    }

    /// Writes the last line, which need not have ended, and flushes.
    ///
    /// # Errors
    ///
    /// Those of the writer below.
    pub fn finish(&mut self) -> io::Result<()> {
        self.end_line()?;
        self.out.flush()
    }

    fn end_line(&mut self) -> io::Result<()> {
        let (line, end) = match self.line.as_slice() {
            [] => return Ok(()),
            [line @ .., b'\r', b'\n'] | [line @ .., b'\n'] => (line, true),
            line => (line, false),
        };
        let line = String::from_utf8_lossy(line);
        let written = self.out.write_all(self.content.guarded(&line).as_bytes());
        self.line.clear();
        written.and_then(|()| if end { self.out.write_all(b"\n") } else { Ok(()) })
    }
}

impl<W: Write> Write for Guard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.content == Content::Data {
            return self.out.write(bytes);
        }
        for piece in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.end_line()?;
            }
        }
        Ok(bytes.len())
    }

    /// What has not ended yet is kept: only with its end is it known what the line is.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Content {
    fn guarded(self, line: &str) -> Cow<'_, str> {
        const TEXT: Marks = Marks { colon: r"\:", bracket: r"\[" };
        const ANNOTATIONS: Marks = Marks { colon: ":", ..TEXT };
        const XML: Marks = Marks { colon: "&#58;", bracket: "&#91;" };
        let marks = match self {
            Self::Text | Self::Styled => TEXT,
            Self::Annotations => ANNOTATIONS,
            Self::Xml => return defused(line, XML),
            Self::Data => return Cow::Borrowed(line),
        };
        match visible(line, self == Self::Styled) {
            Cow::Borrowed(line) => defused(line, marks),
            Cow::Owned(line) => Cow::Owned(defused(&line, marks).into_owned()),
        }
    }
}

/// A line with all that a terminal would obey made visible, but for tabs and, if it is `styled`, our own sequences.
fn visible(line: &str, styled: bool) -> Cow<'_, str> {
    if line.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~')) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let kept = if styled { style(rest) } else { None };
        let (piece, after) = rest.split_at(kept.unwrap_or(character.len_utf8()));
        match character {
            _ if kept.is_some() => out.push_str(piece),
            '\t' => out.push('\t'),
            _ => out.push(picture(character)),
        }
        rest = after;
    }
    Cow::Owned(out)
}

/// The length of the sequence that `text` begins with, if it is one that renderers make: a colour or a link.
fn style(text: &str) -> Option<usize> {
    if let Some(rest) = text.strip_prefix("\x1b[") {
        let numbers = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
        return rest.get(numbers..)?.starts_with('m').then_some("\x1b[m".len() + numbers);
    }
    let link = text.strip_prefix("\x1b]8;;")?;
    let (target, _) = link.split_once("\x1b\\")?;
    target.bytes().all(|byte| byte.is_ascii_graphic()).then_some("\x1b]8;;\x1b\\".len() + target.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(content: Content, pieces: &[&[u8]]) -> String {
        let mut out = Vec::new();
        let mut guard = Guard::new(&mut out, content);
        for piece in pieces {
            guard.write_all(piece).unwrap();
            guard.flush().unwrap();
        }
        guard.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_are_seen_whole_however_they_come() {
        assert_eq!(through(Content::Text, &[b" :", b":error::x #", b"#[y]\n:", b":z"]), " \\::error::x ##\\[y]\n\\::z");
        assert_eq!(
            through(Content::Text, &["ä\u{9b}".as_bytes().split_at(1).0, &"ä\u{9b}".as_bytes()[1..]]),
            "ä\u{fffd}"
        );
        assert_eq!(through(Content::Text, &[b"a\r\nb\rc\r\n\n\xff"]), "a\nb␍c\n\n\u{fffd}");
        assert_eq!(through(Content::Text, &[]), "");
    }

    #[test]
    fn own_colours_and_links_stay_and_nothing_else_does() {
        let own = "\x1b[1;31merror\x1b[0m \x1b]8;;https://omnic.dev/checks/OC201\x1b\\OC201\x1b]8;;\x1b\\\n";
        assert_eq!(through(Content::Styled, &[own.as_bytes()]), own);
        assert!(!through(Content::Text, &[own.as_bytes()]).contains('\x1b'));
        for foreign in ["\x1b[2J", "\x1b]0;title\x07", "\x1bc", "\x1b]8;;https://a b\x1b\\", "\x1b[1", "\x1b"] {
            assert!(!through(Content::Styled, &[foreign.as_bytes()]).contains('\x1b'), "{foreign:?}");
        }
    }

    #[test]
    fn annotations_are_commands_and_hold_none() {
        let line = "::error file=a::b ##[error]\u{9b}\n";
        assert_eq!(through(Content::Annotations, &[line.as_bytes()]), "::error file=a::b ##\\[error]\u{fffd}\n");
        assert_eq!(through(Content::Xml, &[b"<a>\n::b ##[c]\n</a>"]), "<a>\n&#58;:b ##&#91;c]\n</a>");
        assert_eq!(through(Content::Data, &["::\u{9b}\r\n".as_bytes()]), "::\u{9b}\r\n");
    }
}
