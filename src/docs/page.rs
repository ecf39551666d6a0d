//! One check's page.

use super::{NOTICE, severities, silence};
use crate::checks::{Check, Page, REGISTRY};

/// The page of `check` in `docs/checks`; `page` is what the check says of itself.
pub fn page(check: &Check, page: &Page<'_>) -> String {
    format!("{NOTICE}{}", link_codes(&text(check, page, true), check.code))
}

/// The page of `check` for a terminal, in Markdown: without what the program says about the files that fail. Paragraphs are
/// lines.
pub fn explanation(check: &Check) -> String {
    text(check, check.page(), false)
}

fn text(check: &Check, page: &Page<'_>, says: bool) -> String {
    let mut text = format!("# {} {}\n\n{}\n\nSeverity: {}\n", check.code, check.name, page.summary, severities(check));
    for (title, section) in page.sections(says) {
        if title == "Source" {
            text.push_str("\n## How to silence it\n\n");
            text.push_str(&silence::text(check));
        }
        text.extend(["\n## ", title, "\n\n", &section, "\n"]);
    }
    text
}

/// Makes a link of each other check's code.
fn link_codes(markdown: &str, own: &str) -> String {
    let others: Vec<_> = REGISTRY.iter().map(|check| check.code).filter(|code| *code != own).collect();
    let link = |line: String, code: &&str| line.replace(code, &format!("[{code}]({code}.md)"));
    let mut fenced = false;
    let mut text = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        let fence = line.starts_with("```");
        fenced ^= fence;
        if fence || fenced {
            text.push_str(line);
        } else {
            text.push_str(&others.iter().fold(line.to_owned(), link));
        }
        text.push('\n');
    }
    text
}
