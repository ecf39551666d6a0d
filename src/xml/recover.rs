//! What to do about tags that do not fit and tokens that cannot be read: say it once, and go on.

use memchr::memmem;
use quick_xml::errors::{Error as TokenError, IllFormedError, SyntaxError};

use super::chars::{begins_name, is_space};
use super::error::ErrorKind;
use super::parse::{Parser, trimmed};
use crate::source::Span;

impl Parser<'_, '_> {
    /// An end tag that does not fit the innermost open element.
    pub(super) fn close_other(&mut self, found: &str, span: Span) {
        let text = self.text;
        if let Some(index) = self.open.iter().rposition(|open| open.name.slice(text) == found) {
            // What is open inside was never closed.
            while self.open.len() > index + 1 {
                self.report_unclosed(Some(span));
                self.close(Span::at(span.start));
            }
            self.close(span);
            return;
        }
        let expected = self.open.last().map(|open| (open.name.slice(text), open.start_tag));
        match expected {
            // A slip of the pen closes what it was meant to close.
            Some((expected, start_tag)) if is_slip(expected, found) => {
                let kind = ErrorKind::Mismatched { expected: expected.to_owned(), found: found.to_owned() };
                self.error_with(span, kind, Some(start_tag));
                self.close(span);
            }
            _ => self.error(span, ErrorKind::Unopened(found.to_owned())),
        }
    }

    pub(super) fn report_unclosed(&mut self, cut_off_by: Option<Span>) {
        if let Some(open) = self.open.last().filter(|open| !open.unfinished) {
            let (span, name) = (open.start_tag, open.name.slice(self.text).to_owned());
            self.error_with(span, ErrorKind::Unclosed(name), cut_off_by);
        }
    }

    /// Nothing more can be read.
    pub(super) fn cut_off(&mut self) -> usize {
        self.cut_off = true;
        self.text.len()
    }

    /// A comment with `--` in it. quick-xml has read all of it, but takes the wrong place for that of the hyphens.
    pub(super) fn double_hyphen(&mut self, comment: Span) {
        let text = comment.slice(self.text);
        let inside = text.get(4..text.len().saturating_sub(3)).unwrap_or("");
        // If they are not inside, the comment ends in `--->`.
        let inside = memmem::find(inside.as_bytes(), b"--").map(|at| comment.start + 4 + at as u32);
        let at = inside.unwrap_or(comment.end.saturating_sub(4));
        self.error(Span::new(at, at + 2), ErrorKind::DoubleHyphen);
        if let Some(node) = self.open.last().and_then(|open| self.nodes.get_mut(open.node as usize)) {
            node.has_markup = true;
        }
    }

    pub(super) fn token_error(&mut self, error: &TokenError, at: usize, end: usize) -> usize {
        let span = Span::new(at as u32, (at + 1).min(self.text.len()) as u32);
        let whole = Span::new(at as u32, end as u32);
        match error {
            TokenError::IllFormed(IllFormedError::MissingDoctypeName) => {
                self.error(whole, ErrorKind::DocumentType);
                end
            }
            // What is never closed takes the rest of the file with it.
            TokenError::Syntax(SyntaxError::UnclosedComment) => {
                self.error(whole_marker(at, 4, self.text), ErrorKind::UnclosedMarkup("the comment", "-->"));
                self.cut_off()
            }
            TokenError::Syntax(SyntaxError::UnclosedCData) => {
                self.error(whole_marker(at, 9, self.text), ErrorKind::UnclosedMarkup("the CDATA section", "]]>"));
                self.cut_off()
            }
            TokenError::Syntax(SyntaxError::UnclosedDoctype) => {
                self.error(whole_marker(at, 9, self.text), ErrorKind::DocumentType);
                self.cut_off()
            }
            TokenError::Syntax(SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl) => {
                self.error(whole_marker(at, 2, self.text), ErrorKind::UnclosedMarkup("the `<?`", "?>"));
                self.cut_off()
            }
            TokenError::Syntax(SyntaxError::InvalidBangMarkup) => {
                self.error(span, ErrorKind::UnknownMarkup);
                self.next_tag(at + 1)
            }
            _ => self.unfinished_tag(at),
        }
    }

    /// A `<` without a `>` up to the end of the file, or with a quote that is never closed.
    fn unfinished_tag(&mut self, at: usize) -> usize {
        let next = self.next_tag(at + 1);
        let tag = trimmed(self.text, Span::new(at as u32, next as u32));
        let text = tag.slice(self.text);
        if begins_name(text.get(1..).unwrap_or("")) {
            self.error(tag, ErrorKind::UnfinishedTag);
            let name = text.bytes().position(|b| is_space(b) || b == b'>').map_or(tag.end, |n| tag.start + n as u32);
            self.open_element(tag, Span::new(tag.start + 1, name), text.ends_with("/>"));
        } else if let Some(name) = text.strip_prefix("</") {
            self.error(tag, ErrorKind::UnfinishedTag);
            let name = name.trim_ascii_end().to_owned();
            if self.open.last().is_some_and(|open| open.name.slice(self.text) == name) {
                self.close(tag);
            } else {
                self.close_other(&name, tag);
            }
        } else {
            self.error(Span::new(tag.start, tag.start + 1), ErrorKind::StrayLessThan);
            self.mark_text(tag, true);
        }
        next
    }

    /// The next `<` at or after `from`, or the end.
    pub(super) fn next_tag(&self, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or(&[]);
        memchr::memchr(b'<', rest).map_or(self.text.len(), |n| from + n)
    }

    /// At the end of the text: what is open was never closed.
    pub(super) fn finish(&mut self) {
        let end = Span::at(self.text.len() as u32);
        while !self.open.is_empty() {
            if !self.cut_off {
                self.report_unclosed(None);
            }
            self.close(end);
        }
        if !self.root_seen && !self.stopped && !self.cut_off {
            self.error(Span::at(0), ErrorKind::NoRoot);
        }
    }
}

/// The first `len` bytes of the markup at `at`, fewer where it is shorter than it should be.
fn whole_marker(at: usize, len: usize, text: &str) -> Span {
    let mut end = (at + len).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(at as u32, end as u32)
}

/// True if `found` is so like `expected` that it was meant to be that. Names of metadata are short.
fn is_slip(expected: &str, found: &str) -> bool {
    const LONGEST: usize = 100;
    expected.len().max(found.len()) <= LONGEST && strsim::levenshtein(expected, found) <= 1 + expected.len() / 3
}
