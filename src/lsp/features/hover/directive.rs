//! Hover on a comment that tells us to be silent.

use super::page::Page;
use crate::answers::facts::code;
use crate::checks;
use crate::graph::{DIRECTIVE, Suppression};
use crate::schema::Kind;
use crate::source::Span;
use crate::xml::Document;

/// What the directive at `offset` silences: one check if the offset is in its name, else all that it names.
pub(super) fn page(document: &Document<'_>, offset: u32) -> Option<(Page, Span)> {
    let inside = |span: Span| span.start <= offset && offset <= span.end;
    if !document.comments.iter().any(|&comment| inside(comment)) {
        return None;
    }
    let all = Suppression::all(document);
    let found = all.iter().find(|found| inside(found.span) && found.directive == DIRECTIVE)?;
    if let Some((name, span)) = found.checks.iter().find(|(_, span)| inside(*span)) {
        let mut page = Page::titled(title(name));
        if let Some(check) = checks::find(name) {
            page.text(check.page().what);
        }
        return Some((page, *span));
    }
    let mut page = Page::titled(covered(document, found));
    let line = |name: &str| match checks::find(name) {
        Some(check) => format!("{}: {}", title(name), check.summary()),
        None => title(name),
    };
    page.items(found.checks.iter().map(|(name, _)| line(name)).collect());
    if found.checks.is_empty() {
        page.text("It names no check, so it silences nothing.");
    }
    Some((page, found.span))
}

fn title(name: &str) -> String {
    match checks::find(name) {
        Some(check) => format!("`{}` `{}`", check.code, check.name),
        None => format!("{}: no check has this code or name", code(name)),
    }
}

fn covered(document: &Document<'_>, found: &Suppression) -> String {
    let whole = Span::new(0, document.text().len() as u32);
    let element = |span: Span| document.last_begun(span.start).filter(|element| element.span().start == span.start);
    match found.covers {
        None => "Silences nothing: no element follows this comment".to_owned(),
        Some(span) if span == whole => "Silences in this file".to_owned(),
        Some(span) => match element(span) {
            Some(element) if Kind::all().any(|kind| kind.as_str() == element.local_name()) => {
                "Silences in this file".to_owned()
            }
            Some(element) => format!("Silences in the element `{}` below", element.local_name()),
            None => "Silences nothing: the element below is not looked at".to_owned(),
        },
    }
}
