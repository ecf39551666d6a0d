//! What rules are asked of.

use crate::runtime::book::Book;
use crate::runtime::directory::Directory;

/// What the plan and the book say.
#[derive(Clone, Copy)]
pub(in crate::runtime) struct Rules<'r> {
    pub plan: &'r Directory,
    pub book: &'r Book,
}
