//! Texts as an editor has them: positions, identifiers, what stands at a place, also of a text that is being written.

pub(in crate::lsp) mod cursor;
pub(in crate::lsp) mod file_name;
pub(in crate::lsp) mod outline;
pub(in crate::lsp) mod position;
pub(in crate::lsp) mod uri;

mod scan;
