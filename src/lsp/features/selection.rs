//! What a selection grows to: the word, the value, the element, and the elements around it.

use lsp_types::{SelectionRange, SelectionRangeParams};

use super::named::{has, tags_of};
use crate::lsp::session::context::{Answer, Context};
use crate::lsp::text::cursor::{Part, Place};
use crate::lsp::text::position::Lines;
use crate::source::Span;
use crate::xml::{self, Document, Element};

pub(in crate::lsp) fn select(cx: &Context<'_>, params: SelectionRangeParams) -> Answer<Option<Vec<SelectionRange>>> {
    let Some(here) = cx.here(&params.text_document.uri) else { return Ok(None) };
    let document = xml::parse(&here.text);
    let lines = cx.lines(&here.text);
    let at = |position| ranges(&lines, &spans(&document, lines.offset(position)));
    Ok(Some(params.positions.into_iter().map(at).collect()))
}

/// No metadata has elements as deep as this.
const DEEPEST: usize = 64;

/// The spans as ranges, each in the next.
fn ranges(lines: &Lines<'_>, spans: &[Span]) -> SelectionRange {
    let mut made: Option<SelectionRange> = None;
    for span in spans.iter().rev() {
        let range = lines.range(*span);
        // What differs by what a client does not show, such as a byte-order mark, is the same.
        if made.as_ref().is_none_or(|around| around.range != range) {
            made = Some(SelectionRange { range, parent: made.take().map(Box::new) });
        }
    }
    made.unwrap_or_default()
}

/// What is around an offset, each larger than the one before it.
fn spans(document: &Document<'_>, offset: u32) -> Vec<Span> {
    let text = document.text();
    let mut around = vec![word(text, offset)];
    around.extend(document.comments.iter().filter(|comment| has(**comment, offset)).copied());
    if let Some(place) = Place::at(document, offset) {
        let mut path = place.path.iter().rev();
        if let Some(innermost) = path.next() {
            around.extend(tags_of(*innermost, text).filter(|tag| has(*tag, offset)));
            around.push(innermost.start_tag());
            around.push(end_tag(*innermost));
            around.extend((place.part == Part::Value).then(|| innermost.value_span()));
            around.extend(of_element(*innermost, text));
        }
        around.extend(path.take(DEEPEST).flat_map(|element| of_element(*element, text)));
    }
    around.push(Span::new(0, text.len() as u32));
    let mut grown: Vec<Span> = Vec::new();
    for span in around.into_iter().filter(|span| has(*span, offset)) {
        let last = grown.last().copied().unwrap_or(Span::at(offset));
        if span.start <= last.start && last.end <= span.end && grown.last() != Some(&span) {
            grown.push(span);
        }
    }
    grown
}

/// Its content, all of it, and the run of such elements that it is in.
fn of_element(element: Element<'_, '_>, text: &str) -> Vec<Span> {
    let mut spans = vec![trimmed(element.content(), text), element.content(), element.span()];
    let siblings: Vec<Element<'_, '_>> = element.parent().into_iter().flat_map(Element::children).collect();
    let runs = siblings.chunk_by(|a, b| a.local_name() == b.local_name());
    let own = runs.into_iter().find(|run| run.iter().any(|other| other.span() == element.span()));
    if let Some([first, .., last]) = own {
        spans.push(Span::new(first.span().start, last.span().end));
    }
    spans
}

fn end_tag(element: Element<'_, '_>) -> Span {
    Span::new(element.content().end, element.span().end)
}

fn trimmed(span: Span, text: &str) -> Span {
    let inside = span.slice(text);
    let start = span.start + (inside.len() - inside.trim_start().len()) as u32;
    let end = span.end - (inside.len() - inside.trim_end().len()) as u32;
    Span::new(start.min(end), end)
}

/// The word around an offset.
fn word(text: &str, offset: u32) -> Span {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let (before, after) = text.split_at_checked(offset as usize).unwrap_or((text, ""));
    let left = before.len() - before.trim_end_matches(is_part).len();
    let right = after.len() - after.trim_start_matches(is_part).len();
    Span::new(offset - left as u32, offset + right as u32)
}
