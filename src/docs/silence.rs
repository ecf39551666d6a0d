//! How a page says to silence its check.

use std::fmt::Write as _;

use crate::checks::Check;

/// Checks of what is not read as metadata, so that no comment in it counts, and of comments themselves.
const WITHOUT_COMMENT: [&str; 7] = ["OC001", "OC002", "OC005", "OC009", "OC010", "OC011", "OC012"];

/// What to write to hear no more of `check`, in Markdown.
pub(super) fn text(check: &Check) -> String {
    let code = check.code;
    let mut text = String::new();
    if !WITHOUT_COMMENT.contains(&code) {
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
