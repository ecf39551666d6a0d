//! From a text to the outline of its elements, led by what its type may hold.

use super::outline::{Holds, Node, Outline, Spot, is_name, local};
use crate::schema::{Field, Shape, TypeSchema};
use crate::source::Span;

/// How far to look for the end tag of an element in which something stands that belongs to another.
const FAR: usize = 4096;
/// No metadata has elements as deep as this: what is deeper is not searched.
const DEEPEST: usize = 64;

impl<'t> Outline<'t> {
    /// The outline of a text that holds a component of this type, and what the cursor is in.
    pub(in crate::lsp) fn new(text: &'t str, schema: &'static TypeSchema, cursor: u32) -> Self {
        Scanner::new(Self { text, nodes: Vec::new(), spot: Spot::Aside }, schema, cursor).run()
    }
}

/// Reads a text from its start to its end.
struct Scanner<'t> {
    outline: Outline<'t>,
    schema: &'static TypeSchema,
    cursor: u32,
    open: Vec<usize>,
    /// What the cursor is in has been found.
    is_found: bool,
}

impl<'t> Scanner<'t> {
    fn new(outline: Outline<'t>, schema: &'static TypeSchema, cursor: u32) -> Self {
        Self { outline, schema, cursor, open: Vec::new(), is_found: false }
    }

    fn run(mut self) -> Outline<'t> {
        let text = self.outline.text;
        let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        loop {
            let next = find(text, at, b'<');
            let run = Span::new(at as u32, next as u32);
            if run.start <= self.cursor && self.cursor <= run.end {
                self.spot(Spot::Text { run, of: self.open.last().copied() });
            }
            if next >= text.len() {
                break;
            }
            at = self.markup(next);
        }
        while !self.open.is_empty() {
            self.close(text.len(), None);
        }
        self.outline
    }

    /// The cursor is in this, if it is in nothing that begins before it.
    fn spot(&mut self, spot: Spot) {
        if !self.is_found {
            self.outline.spot = spot;
            self.is_found = true;
        }
    }

    /// Reads the markup at `at`, and gives where it ends.
    fn markup(&mut self, at: usize) -> usize {
        let rest = self.outline.text.get(at..).unwrap_or("");
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(rest.len(), |end| end + 3);
            let inside = Span::new(at as u32 + 4, (at + end) as u32 - if rest[..end].ends_with("-->") { 3 } else { 0 });
            if inside.start <= self.cursor && self.cursor <= inside.end {
                self.spot(Spot::Comment(inside));
            }
            return at + end;
        }
        let aside = [("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];
        if let Some((_, end)) = aside.into_iter().find(|(start, _)| rest.starts_with(start)) {
            return at + rest.find(end).map_or(rest.len(), |found| found + end.len());
        }
        if rest.starts_with("</") { self.end_tag(at) } else { self.start_tag(at) }
    }

    fn end_tag(&mut self, at: usize) -> usize {
        let text = self.outline.text;
        let name = name_at(text, at + 2);
        let past = text.get(name.end as usize..).unwrap_or("");
        let blank = past.len() - past.trim_ascii_start().len();
        let is_finished = past[blank..].starts_with('>');
        let end = name.end as usize + if is_finished { blank + 1 } else { 0 };
        let is_here = name.start <= self.cursor && self.cursor <= name.end;
        if is_here {
            self.spot(Spot::End { name, is_finished, of: self.open.last().copied() });
        }
        let names = |open: &&usize| {
            self.outline.node(**open).is_some_and(|node| self.outline.slice(node.name) == self.outline.slice(name))
        };
        let depth = self.open.iter().rev().take(DEEPEST).position(|open| names(&open));
        match depth {
            Some(depth) => {
                (0..depth).for_each(|_| self.close(at, None));
                self.close(at, Some(name));
            }
            // A slip of the pen, or a name that is being written.
            None if is_here || matches!(self.innermost(), Some(Holds::Value)) => self.close(at, Some(name)),
            None => {}
        }
        end
    }

    fn start_tag(&mut self, at: usize) -> usize {
        let text = self.outline.text;
        let name = name_at(text, at + 1);
        let end = tag_end(text, name.end as usize);
        let is_here = (at as u32) < self.cursor && self.cursor <= name.end;
        if is_here && (end.is_none() || name.is_empty()) {
            self.leave_value(at);
            self.spot(Spot::Start { name, of: self.open.last().copied(), is: None });
            return name.end as usize;
        }
        if name.is_empty() {
            return at + 1;
        }
        self.make_room(local(self.outline.slice(name)), at);
        let parent = self.open.last().copied();
        let (field, holds) = self.what_is(parent, local(self.outline.slice(name)));
        let is_known = field.is_some() || parent.is_none();
        if end.is_none() && !is_known {
            return name.end as usize;
        }
        let tag_end = end.unwrap_or(name.end as usize);
        let start_tag = Span::new(at as u32, tag_end as u32);
        let content = Span::new(tag_end as u32, tag_end as u32);
        let id = self.outline.nodes.len();
        self.outline.nodes.push(Node { start_tag, name, content, end_name: None, parent, field, holds });
        if is_here {
            self.spot(Spot::Start { name, of: parent, is: Some(id) });
        }
        if !self.outline.slice(start_tag).ends_with("/>") {
            self.open.push(id);
        }
        tag_end
    }

    fn innermost(&self) -> Option<Holds> {
        self.open.last().and_then(|&open| self.outline.node(open)).map(|node| node.holds)
    }

    /// Closes the innermost element, whose content ends at `at`.
    fn close(&mut self, at: usize, end_name: Option<Span>) {
        let Some(node) = self.open.pop().and_then(|open| self.outline.nodes.get_mut(open)) else { return };
        node.content.end = (at as u32).max(node.content.start);
        node.end_name = end_name;
    }

    /// What is begun on another line than an element that holds a value does not stand in that.
    fn leave_value(&mut self, at: usize) {
        let Some(node) = self.open.last().and_then(|&open| self.outline.node(open)) else { return };
        let before = Span::new(node.content.start, at as u32);
        if matches!(node.holds, Holds::Value) && self.outline.slice(before).contains(['\n', '\r']) {
            self.close(at, None);
        }
    }

    /// Closes what an element of this name cannot stand in.
    fn make_room(&mut self, name: &str, start: usize) {
        while let Some(&open) = self.open.last() {
            let Some(node) = self.outline.node(open) else { return };
            let is_child = |open: &usize| match self.outline.node(*open).map(|node| node.holds) {
                Some(Holds::Elements(fields)) => fields.contains_key(name),
                _ => false,
            };
            let belongs_here = matches!(node.holds, Holds::Elements(_)) && is_child(&open);
            // What the schema knows is at the top; below what it does not know, it knows nothing.
            let belongs_above = || self.open.iter().take(DEEPEST).any(is_child);
            let is_over = match node.holds {
                Holds::Value => true,
                _ => !belongs_here && belongs_above() && !self.is_closed_later(node, start + 1),
            };
            if !is_over {
                return;
            }
            self.close(start, None);
        }
    }

    /// True if the next tag of the element's name is an end tag.
    fn is_closed_later(&self, node: &Node, at: usize) -> bool {
        let name = self.outline.slice(node.name);
        let mut from = at;
        while from < (at + FAR).min(self.outline.text.len()) {
            from = find(self.outline.text, from, b'<') + 1;
            let is_end = self.outline.text.get(from..).is_some_and(|rest| rest.starts_with('/'));
            if self.outline.slice(name_at(self.outline.text, from + usize::from(is_end))) == name {
                return is_end;
            }
        }
        false
    }

    fn what_is(&self, parent: Option<usize>, name: &str) -> (Option<(&'static str, &'static Field)>, Holds) {
        let Some(parent) = parent.and_then(|parent| self.outline.node(parent)) else {
            // There is one root, and it is meant to be of the type, whatever it is called.
            let is_root = self.outline.nodes.is_empty();
            return (None, if is_root { Holds::Elements(&self.schema.fields) } else { Holds::Anything });
        };
        let Holds::Elements(fields) = parent.holds else { return (None, Holds::Anything) };
        let Some((name, field)) = fields.get_key_value(name) else { return (None, Holds::Anything) };
        let holds = match field.shape {
            Shape::Struct(index) => match self.schema.structs.get_index(index) {
                Some((_, of)) => Holds::Elements(&of.fields),
                None => Holds::Anything,
            },
            _ => Holds::Value,
        };
        (Some((name, field)), holds)
    }
}

/// Where `byte` is next, or the end.
fn find(text: &str, from: usize, byte: u8) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or(&[]);
    memchr::memchr(byte, rest).map_or(text.len(), |at| from + at)
}

/// The name that begins at `at`, which may be empty.
fn name_at(text: &str, at: usize) -> Span {
    let at = at.min(text.len());
    let rest = text.get(at..).unwrap_or("");
    let len = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    Span::new(at as u32, (at + len) as u32)
}

/// Past the `>` of a tag whose name ends at `at`; none if another tag begins before it.
fn tag_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    let mut quote = None;
    for (offset, &byte) in rest.iter().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (_, b'<') => return None,
            (None, b'>') => return Some(at + offset + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            _ => {}
        }
    }
    None
}
