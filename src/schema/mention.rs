//! The names that a component mentions.

use super::kind::{Kind, Role};
use crate::source::Span;

/// A name that a component mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention<'m> {
    /// What for.
    pub role: Role,
    /// The kind of thing named.
    pub to: Kind,
    /// The name as written, without white space around it.
    pub name: &'m str,
    /// Where it is written.
    pub span: Span,
}

/// The names that a component mentions, in the order in which they were found. A queue can mention thousands, and they
/// are made on one thread and read on another: all share one buffer.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    names: String,
    /// Role, kind, where the name ends in `names`, where it is written.
    list: Vec<(Role, Kind, u32, Span)>,
    /// The kinds among them, one bit each.
    kinds: u32,
}

impl Mentions {
    /// Adds one.
    pub fn push(&mut self, mention: Mention<'_>) {
        self.names.push_str(mention.name);
        self.list.push((mention.role, mention.to, self.names.len() as u32, mention.span));
        self.kinds |= 1 << mention.to as u32;
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Mention<'_>> {
        let mut start = 0;
        self.list.iter().map(move |&(role, to, end, span)| {
            let name = Span::new(start, end).slice(&self.names);
            start = end;
            Mention { role, to, name, span }
        })
    }

    /// Those of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = Mention<'_>> {
        let any = self.kinds & (1 << kind as u32) != 0;
        any.then(|| self.iter().filter(move |mention| mention.to == kind)).into_iter().flatten()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
