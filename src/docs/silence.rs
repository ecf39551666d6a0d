//! How a page says to silence its check.

use std::fmt::Write as _;

use crate::checks::{Check, Flag};

/// How to suppress `check`, in Markdown.
pub(super) fn text(check: &Check) -> String {
    let code = check.code;
    let mut text = String::new();
    if !check.is(Flag::NoComment) {
        let _ = write!(
            text,
            "At one place, with the reason: before the element, or at the top of the file for all of it. A retrieve \
             overwrites files, and may drop comments.\n\n```xml\n<!-- omnic-ignore {code}: why this is right here \
             -->\n```\n\n"
        );
    }
    let _ = write!(text, "In the whole project, in `omnic.toml`:\n\n```toml\n[checks]\n{code} = \"off\"\n```\n");
    text
}
