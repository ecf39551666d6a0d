//! Where each part of a value is written, if references or sections stand between the two.

use super::chars::resolve;
use super::tree::Element;
use crate::source::Span;

/// Where the parts of an element's value are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// In the order of the value, which they make up without gaps.
    parts: Box<[Part]>,
}

/// A part of a value: a run of text that is written as it is, or a character that a reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    /// Where it begins in the value.
    at: u32,
    len: u32,
    /// Where it is written; as long as the part itself unless it is a reference.
    span: Span,
}

impl Trace {
    /// Where the part of the value from byte `start` to byte `end` is written.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let (start, end) = (start as u32, end as u32);
        let first = self.parts.iter().find(|part| start < part.at + part.len).or(self.parts.last());
        let last = self.parts.iter().rev().find(|part| part.at < end.max(start + 1));
        let (Some(first), Some(last)) = (first, last) else { return Span::default() };
        let from = if first.is_plain() { first.span.start + start.saturating_sub(first.at) } else { first.span.start };
        if end <= start {
            return Span::at(from);
        }
        let to = if last.is_plain() { last.span.start + (end - last.at).min(last.len) } else { last.span.end };
        Span::new(from, to.max(from))
    }
}

impl Part {
    const fn is_plain(self) -> bool {
        self.span.len() == self.len
    }
}

impl Element<'_, '_> {
    /// Where the parts of its value are written. None if the value is written as it is at [`Element::value_span`], or
    /// if it has elements in it.
    pub fn trace(self) -> Option<Trace> {
        let span = self.value_span();
        let whole = self.span().start;
        let source = Span::new(span.start - whole, span.end - whole).slice(self.source());
        if self.has_children() || span == self.start_tag() || !source.contains(['&', '<', '\r']) {
            return None;
        }
        let mut maker = Maker { parts: Vec::new(), text: String::new(), start: span.start };
        let mut offset = 0;
        while let Some(rest) = source.get(offset..).filter(|rest| !rest.is_empty()) {
            offset = maker.take(source, rest, offset);
        }
        Some(maker.finish())
    }
}

struct Maker {
    parts: Vec<Part>,
    /// The value so far.
    text: String,
    /// Where the value is written.
    start: u32,
}

impl Maker {
    /// Takes in what `rest`, the source from `offset` on, begins with. Gives the offset behind it.
    fn take(&mut self, source: &str, rest: &str, offset: usize) -> usize {
        let section = |open: &str, close: &str| {
            let from = offset + open.len();
            let inside = rest.strip_prefix(open)?;
            let to = from + inside.find(close).unwrap_or(inside.len());
            Some((from, to, (to + close.len()).min(source.len())))
        };
        if let Some((from, to, end)) = section("<![CDATA[", "]]>") {
            self.plain(source, from, to);
            return end;
        }
        if let Some((.., end)) = section("<!--", "-->").or_else(|| section("<?", "?>")) {
            return end;
        }
        if let Some((name, _)) = rest.strip_prefix('&').and_then(|after| after.split_once(';'))
            && let Some(c) = resolve(name)
        {
            let end = offset + name.len() + 2;
            self.push(c.encode_utf8(&mut [0; 4]), offset, end);
            return end;
        }
        let end = rest.char_indices().skip(1).find(|(_, c)| matches!(c, '<' | '&')).map_or(rest.len(), |(at, _)| at);
        self.plain(source, offset, offset + end);
        offset + end
    }

    /// Takes in text as it is; line ends count as one character each.
    fn plain(&mut self, source: &str, from: usize, to: usize) {
        let mut start = from;
        for line in source.get(from..to).unwrap_or_default().split_inclusive("\r\n") {
            let end = start + line.len();
            if let Some(line) = line.strip_suffix("\r\n") {
                self.push(line, start, end - 2);
                self.push("\n", end - 2, end);
            } else {
                self.push(line, start, end);
            }
            start = end;
        }
    }

    fn push(&mut self, text: &str, from: usize, to: usize) {
        if !text.is_empty() {
            let span = Span::new(self.start + from as u32, self.start + to as u32);
            self.parts.push(Part { at: self.text.len() as u32, len: text.len() as u32, span });
            self.text.push_str(text);
        }
    }

    /// Without the white space that a section may begin with: the value does not have it.
    fn finish(self) -> Trace {
        let blank = (self.text.len() - self.text.trim_ascii_start().len()) as u32;
        let parts = self.parts.into_iter().filter(|part| part.at + part.len > blank).map(|part| {
            let cut = blank.saturating_sub(part.at);
            let start = if part.is_plain() { part.span.start + cut } else { part.span.start };
            Part { at: part.at + cut - blank, len: part.len - cut, span: Span::new(start, part.span.end) }
        });
        Trace { parts: parts.collect() }
    }
}

#[cfg(test)]
mod tests {
    use crate::xml;

    /// For each of the wanted parts of the value, what is written there.
    fn written<'t>(text: &'t str, parts: &[&str]) -> Vec<&'t str> {
        let document = xml::parse(text);
        let element = document.root().unwrap_or_else(|| unreachable!());
        let (value, trace) = (element.value(), element.trace().unwrap_or_default());
        let at = |part: &&str| {
            let start = value.find(*part).unwrap_or_default();
            trace.span(start, start + part.len()).slice(text)
        };
        parts.iter().map(at).collect()
    }

    #[test]
    fn references_and_sections_are_seen_through() {
        let text = "<a> [{&quot;skillId&quot;:&quot;Gr&#252;n&quot;, &quot;x&quot;:1}] </a>";
        assert_eq!(written(text, &["skillId", "Grün", "\"x\"", "1"]), ["skillId", "Gr&#252;n", "&quot;x&quot;", "1"]);
        let text = "<a><![CDATA[{\"b\":\"c\"}]]></a>";
        assert_eq!(written(text, &["b", "\"c\"", "{"]), ["b", "\"c\"", "{"]);
        let text = "<a>one<!-- two -->three&amp;<![CDATA[four]]></a>";
        assert_eq!(
            written(text, &["one", "three", "&", "four", "onethree"]),
            ["one", "three", "&amp;", "four", "one<!-- two -->three"]
        );
        let text = "<a><![CDATA[ \n {b} ]]></a>";
        assert_eq!(written(text, &["{b}", "b"]), ["{b}", "b"]);
        let text = "<a>x\r\ny&lt;</a>";
        assert_eq!(written(text, &["y", "<", "x"]), ["y", "&lt;", "x"]);
    }

    #[test]
    fn what_is_written_as_it_is_needs_no_trace() {
        assert_eq!(xml::parse("<a> plain </a>").root().and_then(xml::Element::trace), None);
        assert_eq!(xml::parse("<a/>").root().and_then(xml::Element::trace), None);
        assert_eq!(xml::parse("<a><b>&lt;</b></a>").root().and_then(xml::Element::trace), None);
    }
}
