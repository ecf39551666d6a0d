//! What can be asked: a file or a folder for each kind of request. `named` says which component a place names.

pub(in crate::lsp) mod code_action;
pub(in crate::lsp) mod code_lens;
pub(in crate::lsp) mod command;
pub(in crate::lsp) mod completion;
pub(in crate::lsp) mod definition;
pub(in crate::lsp) mod diagnostics;
pub(in crate::lsp) mod folding;
pub(in crate::lsp) mod formatting;
pub(in crate::lsp) mod highlight;
pub(in crate::lsp) mod hover;
pub(in crate::lsp) mod inlay;
pub(in crate::lsp) mod links;
pub(in crate::lsp) mod references;
pub(in crate::lsp) mod rename;
pub(in crate::lsp) mod selection;
pub(in crate::lsp) mod symbols;

mod named;

#[cfg(test)]
mod tests;
