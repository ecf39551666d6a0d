//! The names that a component mentions.

use super::kind::{Kind, Role};
use crate::caseless;
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
    /// True if the name is filled in when the project is deployed: it is then a placeholder, or has one in it.
    pub filled_in: bool,
}

/// The names that a component mentions, in the order in which they were found. A queue can mention thousands, and they
/// are made on one thread and read on another: all share one buffer.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    names: String,
    /// Role, kind, where the name ends in `names`, its hash without case, where it is written.
    list: Vec<(Role, Kind, u32, u32, Span)>,
    /// The numbers of those that are filled in, in their order: hardly a project has any.
    filled_in: Vec<u32>,
    /// The kinds among them, one bit each.
    kinds: u32,
    /// The roles among them, one bit each.
    roles: u64,
}

impl Mentions {
    /// Adds one.
    pub fn push(&mut self, mention: Mention<'_>) {
        self.names.push_str(mention.name);
        let hash = caseless::hash(mention.name);
        if mention.filled_in {
            self.filled_in.push(self.list.len() as u32);
        }
        self.list.push((mention.role, mention.to, self.names.len() as u32, hash, mention.span));
        self.kinds |= 1 << mention.to as u32;
        self.roles |= 1 << mention.role as u32;
    }

    /// Those that are not filled in when the project is deployed.
    #[must_use]
    pub fn without_filled_in(self) -> Self {
        if self.filled_in.is_empty() {
            return self;
        }
        let mut known = Self::default();
        self.iter().filter(|mention| !mention.filled_in).for_each(|mention| known.push(mention));
        known
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Mention<'_>> {
        self.hashed(|_| true).map(|(mention, _)| mention)
    }

    /// Those of one kind, each with the hash of its name without case: to look up thousands of names is left to one
    /// thread, to hash them is not.
    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = (Mention<'_>, u32)> {
        self.has(kind).then(|| self.hashed(move |to| to == kind)).into_iter().flatten()
    }

    /// True if any is of this kind.
    pub(crate) const fn has(&self, kind: Kind) -> bool {
        self.kinds & (1 << kind as u32) != 0
    }

    /// True if any is for one of these.
    pub(crate) fn has_role(&self, roles: &[Role]) -> bool {
        roles.iter().any(|&role| self.roles & (1 << role as u32) != 0)
    }

    /// What each is for, the kind of thing named, and where: all that can be told without looking at the names.
    pub(crate) fn places(&self) -> impl Iterator<Item = (Role, Kind, Span)> {
        self.list.iter().map(|&(role, to, _, _, span)| (role, to, span))
    }

    /// The one with this number, and the hash of its name without case.
    pub(crate) fn nth(&self, number: usize) -> Option<(Mention<'_>, u32)> {
        let &(role, to, end, hash, span) = self.list.get(number)?;
        let start = number.checked_sub(1).and_then(|before| self.list.get(before)).map_or(0, |&(_, _, end, ..)| end);
        let name = Span::new(start, end).slice(&self.names);
        Some((Mention { role, to, name, span, filled_in: self.is_filled_in(number) }, hash))
    }

    fn is_filled_in(&self, number: usize) -> bool {
        !self.filled_in.is_empty() && self.filled_in.binary_search(&(number as u32)).is_ok()
    }

    /// Those of the kinds that are wanted.
    fn hashed(&self, wanted: impl Fn(Kind) -> bool) -> impl Iterator<Item = (Mention<'_>, u32)> {
        let mut start = 0;
        self.list.iter().enumerate().filter_map(move |(number, &(role, to, end, hash, span))| {
            let name = Span::new(std::mem::replace(&mut start, end), end);
            wanted(to).then(|| {
                let (name, filled_in) = (name.slice(&self.names), self.is_filled_in(number));
                (Mention { role, to, name, span, filled_in }, hash)
            })
        })
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
