//! The tree: elements in an arena, everything else a span into the text.

use std::borrow::Cow;

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::attribute::{self, Attribute};
use super::chars::{is_blank, local_part, resolve};
use super::error::Error;
use crate::source::Span;

/// The length of `<!--`.
const COMMENT_START: u32 = 4;
/// The length of `-->`.
const COMMENT_END: u32 = 3;

/// No node.
pub(super) const NONE: u32 = u32::MAX;

#[derive(Clone, Debug)]
pub(super) struct Node {
    /// From `<` to past `>`.
    pub(super) start_tag: Span,
    /// Length of the name, which begins one byte into the start tag.
    pub(super) name_len: u32,
    /// Between the tags; at the end of the start tag if it closes itself.
    pub(super) content: Span,
    /// Past the end tag.
    pub(super) end: u32,
    pub(super) parent: u32,
    pub(super) first_child: u32,
    pub(super) last_child: u32,
    pub(super) next_sibling: u32,
    /// Some text of its own is not white space.
    pub(super) has_text: bool,
    /// The content is not simply its text: it has references, CDATA, comments or carriage returns.
    pub(super) has_markup: bool,
}

/// A parsed document.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    pub(super) text: &'t str,
    /// An element's name may have a prefix.
    has_prefixes: bool,
    pub(super) nodes: Vec<Node>,
    /// The comments, from `<!--` to past `-->`, in the order of the text.
    pub comments: Vec<Span>,
    /// Every well-formedness error, in the order of the text.
    pub errors: Vec<Error>,
    /// The parts of the text that are replaced before anyone else reads it, in the order of the text; none overlaps
    /// another. The parser knows of none.
    placeholders: Vec<Span>,
}

impl<'t> Document<'t> {
    pub(super) const fn new(
        text: &'t str,
        has_prefixes: bool,
        nodes: Vec<Node>,
        comments: Vec<Span>,
        errors: Vec<Error>,
    ) -> Self {
        Self { text, has_prefixes, nodes, comments, errors, placeholders: Vec::new() }
    }

    /// Says which parts of the text are replaced before anyone else reads it: in the order of the text, none overlapping
    /// another. What stands inside of a comment replaces nothing that counts.
    #[must_use]
    pub fn with_placeholders(mut self, placeholders: impl Iterator<Item = Span>) -> Self {
        let in_comment = |span: &Span| {
            let after = self.comments.partition_point(|comment| comment.start <= span.start);
            let comment = after.checked_sub(1).and_then(|at| self.comments.get(at));
            comment.is_some_and(|comment| {
                comment.start + COMMENT_START <= span.start && span.end + COMMENT_END <= comment.end
            })
        };
        let placeholders = placeholders.filter(|span| !in_comment(span)).collect();
        self.placeholders = placeholders;
        self
    }

    /// The root element, if there is one.
    pub fn root(&self) -> Option<Element<'_, 't>> {
        (!self.nodes.is_empty()).then_some(Element { document: self, id: 0 })
    }

    /// The text that was parsed.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The element whose start tag is the last to begin at or before `offset`; none if none does.
    pub fn last_begun(&self, offset: u32) -> Option<Element<'_, 't>> {
        // Nodes are in the order of their start tags.
        let after = self.nodes.partition_point(|node| node.start_tag.start <= offset);
        after.checked_sub(1).map(|at| Element { document: self, id: at as u32 })
    }
}

/// One element of a document.
#[derive(Clone, Copy, Debug)]
pub struct Element<'d, 't> {
    document: &'d Document<'t>,
    id: u32,
}

impl<'d, 't> Element<'d, 't> {
    fn node(self) -> &'d Node {
        &self.document.nodes[self.id as usize]
    }

    /// From the start tag's `<` to past the end tag's `>`.
    pub fn span(self) -> Span {
        Span::new(self.node().start_tag.start, self.node().end)
    }

    /// All of it, tags included, as it is written.
    pub fn source(self) -> &'t str {
        self.span().slice(self.document.text)
    }

    /// The first placeholder that reaches into it other than inside of one of its elements: its value is not known, or it
    /// may hold other elements than it shows.
    #[inline]
    pub fn placeholder(self) -> Option<Span> {
        // Hardly a document has any, and each of its elements is asked.
        if self.document.placeholders.is_empty() { None } else { self.own_placeholder() }
    }

    fn own_placeholder(self) -> Option<Span> {
        let all = &self.document.placeholders;
        let own = self.span();
        let from = all.partition_point(|span| span.end <= own.start);
        let mut children = self.children().peekable();
        all[from..].iter().copied().take_while(|span| span.start < own.end).find(|span| {
            while children.next_if(|child| child.content().end < span.start).is_some() {}
            let child = children.peek().map(|child| child.content());
            !child.is_some_and(|child| child.start <= span.start && span.end <= child.end)
        })
    }

    /// The first placeholder in it, however deep, or across one of its ends.
    pub fn any_placeholder(self) -> Option<Span> {
        let (all, own) = (&self.document.placeholders, self.span());
        let first = all.get(all.partition_point(|span| span.end <= own.start)).copied();
        first.filter(|span| span.start < own.end)
    }

    /// The start tag.
    pub fn start_tag(self) -> Span {
        self.node().start_tag
    }

    /// Between the tags.
    pub fn content(self) -> Span {
        self.node().content
    }

    /// The name in the start tag.
    pub fn name_span(self) -> Span {
        let start = self.node().start_tag.start + 1;
        Span::new(start, start + self.node().name_len)
    }

    /// The name, prefix included.
    pub fn name(self) -> &'t str {
        self.name_span().slice(self.document.text)
    }

    /// The name without its prefix.
    pub fn local_name(self) -> &'t str {
        // Hardly a document has prefixes, and every name is asked.
        if self.document.has_prefixes { local_part(self.name()) } else { self.name() }
    }

    /// The element around it; none for the root.
    pub fn parent(self) -> Option<Self> {
        let id = self.node().parent;
        (id != NONE).then_some(Self { document: self.document, id })
    }

    /// The elements in it, in order.
    pub fn children(self) -> Children<'d, 't> {
        Children { document: self.document, next: self.node().first_child }
    }

    /// True if an element is in it.
    pub fn has_children(self) -> bool {
        self.node().first_child != NONE
    }

    /// True if text of its own, other than white space, is in it.
    pub fn has_text(self) -> bool {
        self.node().has_text
    }

    /// Its attributes, in order. What is wrong with them is in the document's errors.
    pub fn attributes(self) -> Vec<Attribute<'t>> {
        let mut attributes = Vec::new();
        attribute::scan(self.document.text, self.attribute_span(), |found| attributes.push(found), |_, _| ());
        attributes
    }

    /// True if anything but the name stands in its start tag.
    pub fn has_attributes(self) -> bool {
        let node = self.node();
        node.start_tag.len() != node.name_len + 2 && !is_blank(self.attribute_span().slice(self.document.text))
    }

    /// The attribute with this name, prefix included.
    pub fn attribute(self, name: &str) -> Option<Attribute<'t>> {
        self.attributes().into_iter().find(|a| a.name() == name)
    }

    fn attribute_span(self) -> Span {
        let tag = self.node().start_tag;
        let text = tag.slice(self.document.text);
        let close = if text.ends_with("/>") { 2 } else { u32::from(text.ends_with('>')) };
        let start = self.name_span().end;
        Span::new(start, (tag.end - close).max(start))
    }

    /// Its own text without white space around it, references resolved, comments left out.
    pub fn value(self) -> Cow<'t, str> {
        if self.node().has_markup || self.has_children() {
            return Cow::Owned(self.own_text().trim_ascii().to_owned());
        }
        Cow::Borrowed(self.content().slice(self.document.text).trim_ascii())
    }

    /// Its content without white space around it; its start tag if it has none.
    pub fn value_span(self) -> Span {
        let content = self.content();
        let text = content.slice(self.document.text);
        let rest = text.trim_ascii_start();
        if rest.is_empty() {
            return self.start_tag();
        }
        let start = content.start + (text.len() - rest.len()) as u32;
        Span::new(start, start + rest.trim_ascii_end().len() as u32)
    }

    /// All of its own text, white space included, line ends normalised, without that of the elements in it.
    pub fn own_text(self) -> String {
        let source = self.content().slice(self.document.text);
        let mut text = String::with_capacity(source.len());
        // A reader takes a byte-order mark at its start for none of the text; inside an element it is text.
        let rest = source.strip_prefix('\u{feff}').inspect(|_| text.push('\u{feff}')).unwrap_or(source);
        let mut reader = Reader::from_str(rest);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        reader.config_mut().allow_dangling_amp = true;
        let mut depth = 0_u32;
        let normalised = |piece: &str| piece.replace("\r\n", "\n").replace('\r', "\n");
        loop {
            match reader.read_event() {
                Ok(Event::Start(_)) => depth += 1,
                Ok(Event::End(_)) => depth = depth.saturating_sub(1),
                Ok(Event::Text(piece)) if depth == 0 => text.push_str(&normalised(&piece)),
                Ok(Event::CData(piece)) if depth == 0 => text.push_str(&normalised(&piece)),
                Ok(Event::GeneralRef(reference)) if depth == 0 => match resolve(&reference) {
                    // A carriage return that is written as a reference stays one.
                    Some(c) => text.push(c),
                    None => text.extend(["&", &*reference, ";"]),
                },
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
        text
    }

    /// The spans of its own pieces of text that are not white space, between the elements and comments in it.
    pub fn stray_text(self) -> Vec<Span> {
        let mut pieces = Vec::new();
        let mut at = self.content().start;
        let mut gap = |from: u32, to: u32| {
            let mut from = from;
            while from < to {
                let text = Span::new(from, to).slice(self.document.text);
                let comment = memmem::find(text.as_bytes(), b"<!--");
                let before = &text[..comment.unwrap_or(text.len())];
                let trimmed = before.trim_ascii();
                if !trimmed.is_empty() {
                    let start = from + (before.len() - before.trim_ascii_start().len()) as u32;
                    pieces.push(Span::new(start, start + trimmed.len() as u32));
                }
                let end = comment.and_then(|at| memmem::find(&text.as_bytes()[at..], b"-->").map(|end| at + end + 3));
                from = end.map_or(to, |end| from + end as u32);
            }
        };
        for child in self.children() {
            gap(at, child.span().start);
            at = child.span().end;
        }
        gap(at, self.content().end);
        pieces
    }
}

/// The elements in an element.
#[derive(Clone, Debug)]
pub struct Children<'d, 't> {
    document: &'d Document<'t>,
    next: u32,
}

impl<'d, 't> Iterator for Children<'d, 't> {
    type Item = Element<'d, 't>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next == NONE {
            return None;
        }
        let element = Element { document: self.document, id: self.next };
        self.next = element.node().next_sibling;
        Some(element)
    }
}
