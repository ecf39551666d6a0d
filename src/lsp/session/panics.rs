//! What a panic said.

use std::any::Any;

/// What a panic said.
pub(in crate::lsp) fn words_of(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    words.unwrap_or("no reason is known").to_owned()
}
