//! The elements of a text that someone is writing.
//!
//! The tree of `xml` tells what is wrong, and takes the tags at their word. Here nothing is told, and what a type may hold
//! decides instead: an element that holds a value ends where another begins, whether it was closed or not; and what is
//! begun where the cursor stands is no element yet.

use crate::schema::{Field, IndexMap};
use crate::source::Span;

/// The elements of a text, in the order of their start tags, and what the cursor is in.
#[derive(Debug)]
pub(in crate::lsp) struct Outline<'t> {
    pub(in crate::lsp) text: &'t str,
    pub(in crate::lsp) nodes: Vec<Node>,
    pub(in crate::lsp) spot: Spot,
}

/// One element.
#[derive(Clone, Debug)]
pub(in crate::lsp) struct Node {
    /// From `<` to past the start tag.
    pub(in crate::lsp) start_tag: Span,
    pub(in crate::lsp) name: Span,
    /// Between the tags.
    pub(in crate::lsp) content: Span,
    /// The name in its end tag; none if it has none, or closes itself.
    pub(in crate::lsp) end_name: Option<Span>,
    pub(in crate::lsp) parent: Option<usize>,
    /// What the schema says of it; nothing of the root and of what it does not know.
    pub(in crate::lsp) field: Option<(&'static str, &'static Field)>,
    pub(in crate::lsp) holds: Holds,
}

/// What an element may hold.
#[derive(Clone, Copy, Debug)]
pub(in crate::lsp) enum Holds {
    Elements(&'static IndexMap<String, Field>),
    Value,
    /// The schema does not know it.
    Anything,
}

/// What the cursor is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lsp) enum Spot {
    /// Where nothing can be said: attributes, CDATA, instructions.
    Aside,
    /// In a comment, from past `<!--`.
    Comment(Span),
    /// In a run of text between markup, of this element.
    Text { run: Span, of: Option<usize> },
    /// In the name of a start tag, in this element.
    Start { name: Span, of: Option<usize>, is: Option<usize> },
    /// In the name of an end tag, of this element.
    End { name: Span, is_finished: bool, of: Option<usize> },
}

impl<'t> Outline<'t> {
    pub(in crate::lsp) fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    pub(in crate::lsp) fn node(&self, at: usize) -> Option<&Node> {
        self.nodes.get(at)
    }

    pub(in crate::lsp) fn name(&self, node: &Node) -> &'t str {
        local(self.slice(node.name))
    }

    /// The elements in an element, with their numbers.
    pub(in crate::lsp) fn children(&self, of: usize) -> impl Iterator<Item = (usize, &Node)> {
        let end = self.node(of).map_or(0, |node| node.content.end);
        let behind = self.nodes.iter().enumerate().skip(of + 1);
        behind.take_while(move |(_, node)| node.start_tag.start < end).filter(move |(_, node)| node.parent == Some(of))
    }

    /// The value of an element as it is written.
    pub(in crate::lsp) fn value(&self, node: &Node) -> &'t str {
        self.slice(node.content).trim_ascii()
    }

    /// The value of the first such element in an element.
    pub(in crate::lsp) fn value_in(&self, of: usize, name: &str) -> Option<&'t str> {
        let (_, node) = self.children(of).find(|(_, node)| self.name(node) == name)?;
        Some(self.value(node)).filter(|value| !value.is_empty())
    }
}

/// A name without its prefix.
pub(in crate::lsp) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// True for what a name is made of.
pub(in crate::lsp) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')
}
