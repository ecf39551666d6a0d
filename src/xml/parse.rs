//! From tokens to the tree. What to do about broken ones is in `recover.rs`.

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::errors::{Error as TokenError, IllFormedError};
use quick_xml::events::Event;
use rustc_hash::FxHashSet;

use super::attribute::{self, reference_error};
use super::chars::{begins_name, first_bad, is_blank, is_qualified_name, is_space, local_part};
use super::error::{Error, ErrorKind};
use super::namespace::Prefixes;
use super::tree::{Document, NONE, Node};
use crate::source::Span;

/// A file with more errors than this is not read further: it is no metadata, and each error may cost a pass.
pub const MAX_ERRORS: usize = 100;

const BOM: &str = "\u{feff}";

/// Parses `text`, which may begin with a byte-order mark.
pub fn parse(text: &str) -> Document<'_> {
    Parser::new(text, None).run()
}

/// Parses `text`, keeping only those children of the root for whose name `keep` holds. The rest is checked for
/// well-formedness as well, and leaves nothing behind.
pub fn parse_children<'t>(text: &'t str, keep: &dyn Fn(&str) -> bool) -> Document<'t> {
    Parser::new(text, Some(keep)).run()
}

/// For each byte, whether it stands in a plain name: a letter or a digit of ASCII.
static IN_PLAIN_NAME: [bool; 256] = {
    let mut all = [false; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        all[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    all
};

/// An element that is open.
pub(super) struct Open {
    pub(super) start_tag: Span,
    pub(super) name: Span,
    /// Its node, or [`NONE`] if it is not kept.
    pub(super) node: u32,
    /// Its start tag is not finished, which has been said: that no end tag follows is no news.
    pub(super) unfinished: bool,
}

pub(super) struct Parser<'t, 'k> {
    pub(super) text: &'t str,
    keep: Option<&'k dyn Fn(&str) -> bool>,
    pub(super) nodes: Vec<Node>,
    comments: Vec<Span>,
    errors: Vec<Error>,
    pub(super) open: Vec<Open>,
    /// Declared prefixes.
    pub(super) prefixes: Prefixes<'t>,
    pub(super) root_seen: bool,
    /// Something that is never closed has taken the rest of the text with it, end tags and all.
    pub(super) cut_off: bool,
    pub(super) stopped: bool,
}

impl<'t, 'k> Parser<'t, 'k> {
    fn new(text: &'t str, keep: Option<&'k dyn Fn(&str) -> bool>) -> Self {
        let nodes = Vec::with_capacity(if keep.is_some() { 16 } else { text.len() / 40 });
        Self {
            text,
            keep,
            nodes,
            comments: Vec::new(),
            errors: Vec::new(),
            open: Vec::with_capacity(8),
            prefixes: Prefixes::default(),
            root_seen: false,
            cut_off: false,
            stopped: false,
        }
    }

    fn run(mut self) -> Document<'t> {
        self.check_characters();
        let mut at = if self.text.starts_with(BOM) { BOM.len() } else { 0 };
        while at < self.text.len() && !self.stopped && !self.cut_off {
            at = self.plain_markup(at);
            at = self.token(at);
        }
        self.finish();
        self.errors.sort_by_key(|e| (e.span.start, e.span.end));
        Document::new(self.text, self.prefixes.in_names, self.nodes, self.comments, self.errors)
    }

    /// Reads on from byte `at` while the text is what nearly all of a metadata file is: start tags without attributes,
    /// the end tags that fit them, and text without references. Gives the place of the first thing that is not.
    ///
    /// quick-xml would give the same tokens one by one; most of a project's bytes lie in profiles of which nothing is
    /// kept, and this is what makes them cheap.
    fn plain_markup(&mut self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        loop {
            // Between most tags there is but a line end and a few spaces.
            let blank = bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t')).count();
            let mut tag = at + blank;
            if bytes.get(tag) != Some(&b'<') {
                // The search ends at the first thing that is not plain, so that no text is gone through twice.
                let Some(length) = memchr::memchr3(b'<', b'&', b'\r', &bytes[tag..]) else { return at };
                tag += length;
                let is_plain = bytes[tag] == b'<' && memchr::memchr(b']', &bytes[at..tag]).is_none();
                if !is_plain || self.open.is_empty() {
                    return at;
                }
                self.mark_text(Span::new(at as u32, tag as u32), false);
            }
            let Some(end) = self.plain_tag(tag) else { return tag };
            at = end;
        }
    }

    /// Reads the tag at byte `tag` if it is a plain one, and gives its end.
    fn plain_tag(&mut self, tag: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let name = match bytes.get(tag + 1)? {
            b'/' => {
                let open = self.open.last()?.name.slice(self.text).as_bytes();
                let close = tag + 2 + open.len();
                if bytes.get(tag + 2..close)? != open || *bytes.get(close)? != b'>' {
                    return None;
                }
                self.close(Span::new(tag as u32, close as u32 + 1));
                return Some(close + 1);
            }
            first if first.is_ascii_alphabetic() => tag + 1,
            _ => return None,
        };
        let length = bytes[name..].iter().position(|&byte| !IN_PLAIN_NAME[byte as usize])?;
        let close = name + length;
        if bytes[close] != b'>' {
            return None;
        }
        let span = Span::new(tag as u32, close as u32 + 1);
        self.open_named(span, Span::new(name as u32, close as u32), false, false);
        Some(close + 1)
    }

    pub(super) fn error(&mut self, span: Span, kind: ErrorKind) {
        self.error_with(span, kind, None);
    }

    pub(super) fn error_with(&mut self, span: Span, kind: ErrorKind, related: Option<Span>) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(Error { span, kind, related });
        } else if !self.stopped {
            self.stopped = true;
            self.errors.push(Error { span, kind: ErrorKind::TooMany, related: None });
        }
    }

    /// Reads the token at byte `at`, whatever it is, and gives the place to go on from.
    fn token(&mut self, at: usize) -> usize {
        let Some(rest) = self.text.get(at..).filter(|rest| !rest.is_empty()) else { return self.text.len() };
        if rest.starts_with(BOM) {
            // A reader would skip it without counting it; here it is a character like any other.
            let next = at + BOM.len();
            self.mark_text(Span::new(at as u32, next as u32), false);
            return next;
        }
        let mut reader = Reader::from_str(rest);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.check_comments = true;
        let event = reader.read_event();
        let end = at + reader.buffer_position() as usize;
        let span = Span::new(at as u32, end as u32);
        match event {
            Ok(Event::Text(_)) => self.character_data(span),
            Ok(Event::Start(_)) => return self.start_tag(span, false).unwrap_or(end),
            Ok(Event::Empty(_)) => return self.start_tag(span, true).unwrap_or(end),
            Ok(Event::End(_)) => return self.end_tag(span).unwrap_or(end),
            Ok(Event::GeneralRef(_)) => self.reference(span),
            Ok(Event::CData(_)) => self.mark_text(span, true),
            Ok(Event::Comment(_)) => {
                self.comments.push(span);
                self.aside(span);
            }
            Ok(Event::PI(_)) => self.aside(span),
            Ok(Event::Decl(_)) => self.declaration(span),
            Ok(Event::DocType(_)) => self.error(span, ErrorKind::DocumentType),
            Ok(Event::Eof) => return self.text.len(),
            Err(TokenError::IllFormed(IllFormedError::DoubleHyphenInComment)) => self.double_hyphen(span),
            Err(error) => return self.token_error(&error, at + reader.error_position() as usize, end),
        }
        end
    }

    /// Text between tags.
    fn character_data(&mut self, span: Span) {
        let text = span.slice(self.text);
        if is_blank(text) {
            return;
        }
        if let Some(rest) = text.strip_prefix('&') {
            let kind = reference_error(rest).unwrap_or(ErrorKind::StrayAmpersand);
            self.error(Span::new(span.start, span.start + 1), kind);
        }
        if let Some(at) = memmem::find(text.as_bytes(), b"]]>") {
            let start = span.start + at as u32;
            self.error(Span::new(start, start + 3), ErrorKind::CdataEnd);
        }
        self.mark_text(span, memchr::memchr(b'\r', text.as_bytes()).is_some());
    }

    /// Notes that the open element has text of its own; text outside the root is an error.
    pub(super) fn mark_text(&mut self, span: Span, has_markup: bool) {
        match self.open.last() {
            None => self.error(trimmed(self.text, span), ErrorKind::StrayText),
            Some(open) => {
                if let Some(node) = self.nodes.get_mut(open.node as usize) {
                    node.has_text = true;
                    node.has_markup |= has_markup;
                }
            }
        }
    }

    fn reference(&mut self, span: Span) {
        if let Some(kind) = reference_error(&span.slice(self.text)[1..]) {
            self.error(span, kind);
        }
        self.mark_text(span, true);
    }

    /// A comment or processing instruction: allowed anywhere, means nothing.
    fn aside(&mut self, span: Span) {
        let text = span.slice(self.text);
        if let Some(content) = text.strip_prefix("<?") {
            let target = content.split(|c: char| c.is_ascii_whitespace() || c == '?').next().unwrap_or("");
            if target.eq_ignore_ascii_case("xml") || !is_qualified_name(target) || target.contains(':') {
                self.error(span, ErrorKind::BadInstruction);
            }
        }
        if let Some(node) = self.open.last().and_then(|open| self.nodes.get_mut(open.node as usize)) {
            node.has_markup = true;
        }
    }

    fn declaration(&mut self, span: Span) {
        let first = if self.text.starts_with(BOM) { BOM.len() as u32 } else { 0 };
        if span.start != first {
            let message = "the XML declaration `<?xml …?>` must stand at the very start of the file";
            self.error(span, ErrorKind::BadDeclaration(message));
            return;
        }
        let mut attributes = Vec::new();
        let mut broken = Vec::new();
        let within = Span::new(span.start + 5, span.end - 2);
        attribute::scan(self.text, within, |a| attributes.push(a), |at, kind| broken.push((at, kind)));
        if !broken.is_empty() {
            for (at, kind) in broken {
                self.error(at, kind);
            }
            return;
        }
        let names: Vec<_> = attributes.iter().map(attribute::Attribute::name).collect();
        let expected = ["version", "encoding", "standalone"];
        let mut order = expected.iter();
        if names.first() != Some(&"version") {
            self.error(span, ErrorKind::BadDeclaration("the XML declaration begins with `version=\"1.0\"`"));
        } else if !names.iter().all(|name| order.any(|known| known == name)) {
            let message = "the XML declaration holds `version`, then `encoding`, then `standalone`, and nothing else";
            self.error(span, ErrorKind::BadDeclaration(message));
        }
        for attribute in attributes {
            let value = attribute.value();
            match attribute.name() {
                "version" if !value.strip_prefix("1.").is_some_and(|v| v.bytes().all(|b| b.is_ascii_digit())) => {
                    self.error(attribute.value, ErrorKind::BadDeclaration("the only version in use is `1.0`"));
                }
                "standalone" if !matches!(&*value, "yes" | "no") => {
                    self.error(attribute.value, ErrorKind::BadDeclaration("`standalone` is `yes` or `no`"));
                }
                // ASCII is a part of UTF-8.
                "encoding" if !["utf-8", "us-ascii"].iter().any(|known| value.eq_ignore_ascii_case(known)) => {
                    self.error(attribute.value, ErrorKind::OtherEncoding(value.into_owned()));
                }
                _ => {}
            }
        }
    }

    fn start_tag(&mut self, span: Span, empty: bool) -> Option<usize> {
        let text = span.slice(self.text);
        let inside = &text[1..text.len() - if empty { 2 } else { 1 }];
        let name_len = inside.bytes().position(is_space).unwrap_or(inside.len());
        let name = Span::new(span.start + 1, span.start + 1 + name_len as u32);
        let plain = name_len == inside.len() && is_qualified_name(inside) && !inside.contains(':');
        if plain {
            self.open_named(span, name, empty, false);
            return None;
        }
        if !begins_name(inside) {
            // `a < b`, or `<>`: the `<` is text, and so is what follows up to the next tag.
            self.error(Span::new(span.start, span.start + 1), ErrorKind::StrayLessThan);
            self.mark_text(span, true);
            return Some(self.next_tag(span.start as usize + 1));
        }
        if let Some(at) = unfinished_at(inside) {
            // `<label` without its `>`, and the next tag inside it.
            let end = span.start as usize + 1 + at;
            let tag = trimmed(self.text, Span::new(span.start, end as u32));
            self.error(tag, ErrorKind::UnfinishedTag);
            let name_end = tag.slice(self.text).bytes().position(is_space).map_or(tag.end, |n| tag.start + n as u32);
            self.open_element(tag, Span::new(tag.start + 1, name_end), false);
            return Some(end);
        }
        if !is_qualified_name(name.slice(self.text)) {
            self.error(name, ErrorKind::BadName(name.slice(self.text).to_owned()));
        }
        self.check_attributes(name, Span::new(name.end, span.start + 1 + inside.len() as u32));
        self.open_element(span, name, empty);
        None
    }

    fn check_attributes(&mut self, name: Span, within: Span) {
        let mut attributes = Vec::new();
        let mut broken = Vec::new();
        attribute::scan(self.text, within, |a| attributes.push(a), |at, kind| broken.push((at, kind)));
        for (at, kind) in broken {
            self.error(at, kind);
        }
        let mut names = FxHashSet::default();
        for attribute in &attributes {
            if !names.insert(attribute.name()) {
                self.error(attribute.name, ErrorKind::DuplicateAttribute(attribute.name().to_owned()));
            }
        }
        self.check_namespaces(name, &attributes);
    }

    pub(super) fn open_element(&mut self, start_tag: Span, name: Span, empty: bool) {
        self.prefixes.in_names |= name.slice(self.text).contains(':');
        self.open_named(start_tag, name, empty, !start_tag.slice(self.text).ends_with('>'));
    }

    /// Opens an element whose name has no prefix, or after that was noted.
    fn open_named(&mut self, start_tag: Span, name: Span, empty: bool, unfinished: bool) {
        let second = self.open.is_empty() && self.root_seen;
        if second {
            self.error(start_tag, ErrorKind::SecondRoot(name.slice(self.text).to_owned()));
        }
        self.root_seen = true;
        let parent = self.open.last().map_or(NONE, |open| open.node);
        let skipped = match self.open.len() {
            0 => second,
            1 => parent == NONE || self.keep.is_some_and(|keep| !keep(self.local_name(name))),
            _ => parent == NONE,
        };
        let node = if skipped { NONE } else { self.add_node(start_tag, name, parent) };
        if empty {
            self.prefixes.forget(self.open.len());
        } else {
            self.open.push(Open { start_tag, name, node, unfinished });
        }
    }

    fn local_name(&self, name: Span) -> &'t str {
        let name = name.slice(self.text);
        if self.prefixes.in_names { local_part(name) } else { name }
    }

    fn add_node(&mut self, start_tag: Span, name: Span, parent: u32) -> u32 {
        let id = self.nodes.len() as u32;
        self.nodes.push(Node {
            start_tag,
            name_len: name.len(),
            content: Span::at(start_tag.end),
            end: start_tag.end,
            parent,
            first_child: NONE,
            last_child: NONE,
            next_sibling: NONE,
            has_text: false,
            has_markup: false,
        });
        if let Some(node) = self.nodes.get_mut(parent as usize) {
            let previous = std::mem::replace(&mut node.last_child, id);
            if previous == NONE {
                node.first_child = id;
            } else {
                self.nodes[previous as usize].next_sibling = id;
            }
        }
        id
    }

    fn end_tag(&mut self, span: Span) -> Option<usize> {
        let text = span.slice(self.text);
        let mut inside = &text[2..text.len() - 1];
        let mut span = span;
        let mut resume = None;
        if let Some(at) = memchr::memchr(b'<', inside.as_bytes()) {
            // `</label` without its `>`, and the next tag inside it.
            let end = span.start as usize + 2 + at;
            resume = Some(end);
            span = trimmed(self.text, Span::new(span.start, end as u32));
            inside = &inside[..at];
            self.error(span, ErrorKind::UnfinishedTag);
        }
        let found = inside.trim_ascii_end();
        match self.open.last() {
            Some(open) if open.name.slice(self.text) == found => self.close(span),
            _ => self.close_other(found, span),
        }
        resume
    }

    /// Closes the innermost open element with the end tag at `end_tag`.
    pub(super) fn close(&mut self, end_tag: Span) {
        if let Some(open) = self.open.pop()
            && let Some(node) = self.nodes.get_mut(open.node as usize)
        {
            node.content = Span::new(open.start_tag.end, end_tag.start);
            node.end = end_tag.end;
        }
        self.prefixes.forget(self.open.len());
    }

    fn check_characters(&mut self) {
        let mut from = if self.text.starts_with(BOM) { BOM.len() } else { 0 };
        while let Some((at, c)) = first_bad(self.text, from) {
            from = at + c.len_utf8();
            self.error(Span::new(at as u32, from as u32), ErrorKind::BadCharacter(c as u32));
            if self.stopped {
                return;
            }
        }
    }
}

/// Where in a start tag's inside the next tag begins, if its own `>` is missing: at a `<` outside of quotes.
fn unfinished_at(inside: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (None, b'<') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// `span` without the white space around its text.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let slice = span.slice(text);
    let start = span.start + (slice.len() - slice.trim_ascii_start().len()) as u32;
    Span::new(start, start + slice.trim_ascii().len() as u32)
}
