//! Formatting: indentation, and nothing else.
//!
//! An element, an end tag or a comment that stands first on its line is put below the element around it. No line is
//! broken or joined, the order stays as it is, and what an element that holds text holds is left alone. A text that is
//! not well-formed is not formatted: what is in what is then a guess. Nor is one that is deeper than any metadata.

use lsp_types::{DocumentFormattingParams, DocumentRangeFormattingParams, FormattingOptions, TextEdit};

use crate::diagnostics::Replacement;
use crate::lsp::session::context::{Answer, Context, Here};
use crate::lsp::text::cursor;
use crate::source::Span;
use crate::xml::{self, Document, Element};

/// What `sf` indents with.
const SPACES: usize = 4;
/// More than this is no indentation that anybody means.
const MOST_SPACES: u32 = 16;
/// No metadata has elements as deep as this. What has is not formatted: the white space alone would be more than anybody
/// can hold.
const DEEPEST: usize = 64;

pub(in crate::lsp) fn format(cx: &Context<'_>, params: DocumentFormattingParams) -> Answer<Option<Vec<TextEdit>>> {
    let here = cx.here(&params.text_document.uri);
    Ok(here.and_then(|here| edits(cx, &here, params.options, &|_| true)))
}

pub(in crate::lsp) fn format_range(
    cx: &Context<'_>,
    params: DocumentRangeFormattingParams,
) -> Answer<Option<Vec<TextEdit>>> {
    let (start, end) = (params.range.start.line, params.range.end.line);
    // Where the range ends before the first column of a line, that line is not meant.
    let end = if params.range.end.character == 0 && end > start { end - 1 } else { end };
    let here = cx.here(&params.text_document.uri);
    Ok(here.and_then(|here| edits(cx, &here, params.options, &|line| (start..=end).contains(&line))))
}

fn edits(
    cx: &Context<'_>,
    here: &Here,
    options: FormattingOptions,
    is_wanted: &dyn Fn(u32) -> bool,
) -> Option<Vec<TextEdit>> {
    cursor::component_at(&here.path)?;
    let lines = cx.lines(&here.text);
    let changes = indented(&here.text, &unit(options))?;
    let edits = changes.into_iter().map(|change| (lines.range(change.span), change));
    let wanted = edits.filter(|(range, _)| is_wanted(range.start.line));
    Some(wanted.map(|(range, change)| TextEdit { range, new_text: change.text }).collect())
}

/// What one level is indented with.
fn unit(options: FormattingOptions) -> String {
    match (options.insert_spaces, options.tab_size) {
        (false, _) => "\t".to_owned(),
        (true, 0) => " ".repeat(SPACES),
        (true, size) => " ".repeat(size.min(MOST_SPACES) as usize),
    }
}

/// The changes that indent each level of a text by `unit`, in its order; none if it is not well-formed, or too deep.
fn indented(text: &str, unit: &str) -> Option<Vec<Replacement>> {
    let document = xml::parse(text);
    if !document.errors.is_empty() {
        return None;
    }
    let mut lines = Lines { text, unit, changes: Vec::new() };
    let mut open: Vec<(Element<'_, '_>, usize)> = document.root().map(|root| (root, 0)).into_iter().collect();
    while let Some((element, depth)) = open.pop() {
        if depth > DEEPEST {
            return None;
        }
        lines.place(element.span().start, depth);
        if has_own_text(element) {
            continue;
        }
        if element.start_tag().end < element.span().end {
            lines.place(element.content().end, depth);
        }
        open.extend(element.children().map(|child| (child, depth + 1)));
    }
    for &comment in &document.comments {
        if let Some(depth) = depth_of(&document, comment) {
            lines.place_all(comment, depth);
        }
    }
    lines.changes.sort_by_key(|change| change.span.start);
    Some(lines.changes)
}

/// True if white space in the element may be a part of what it says.
fn has_own_text(element: Element<'_, '_>) -> bool {
    element.has_text() || element.attribute("xml:space").is_some()
}

/// How deep a comment stands; none if it stands in text.
fn depth_of(document: &Document<'_>, comment: Span) -> Option<usize> {
    let is_around =
        |element: &Element<'_, '_>| element.content().start <= comment.start && comment.end <= element.content().end;
    let last = document.last_begun(comment.start);
    let around = std::iter::successors(last, |element| element.parent()).find(is_around);
    let above = std::iter::successors(around, |element| element.parent());
    above.into_iter().try_fold(0, |depth, element| (!has_own_text(element)).then_some(depth + 1))
}

struct Lines<'t> {
    text: &'t str,
    unit: &'t str,
    changes: Vec<Replacement>,
}

impl<'t> Lines<'t> {
    /// Indents what begins at `at`, if nothing stands before it on its line, and gives what stood there.
    fn place(&mut self, at: u32, depth: usize) -> Option<&'t str> {
        let before = self.text.get(..at as usize)?;
        let above = before.trim_end_matches([' ', '\t']);
        let is_first = above.is_empty() || above.ends_with(['\n', '\r', '\u{feff}']);
        let old = before.get(above.len()..).filter(|_| is_first)?;
        let new = self.unit.repeat(depth);
        if old != new {
            self.changes.push(Replacement { span: Span::new(above.len() as u32, at), text: new });
        }
        Some(old)
    }

    /// Indents a comment that may have several lines: the others go with the first.
    fn place_all(&mut self, comment: Span, depth: usize) {
        let Some(old) = self.place(comment.start, depth) else { return };
        let new = self.unit.repeat(depth);
        if old == new {
            return;
        }
        let inside = comment.slice(self.text);
        let ends = inside.match_indices('\n').map(|(at, _)| at + 1);
        for start in ends {
            let rest = inside.get(start..).unwrap_or_default();
            let line = rest.lines().next().unwrap_or_default();
            let Some(text) = shifted(line, old, &new) else { continue };
            let at = comment.start + start as u32;
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            self.changes.push(Replacement { span: Span::new(at, at + indent as u32), text });
        }
    }
}

/// The new indentation of a later line of what moved from `old` to `new`; none if it stays.
fn shifted(line: &str, old: &str, new: &str) -> Option<String> {
    let words = line.trim_start_matches([' ', '\t']);
    let indent = line.get(..line.len() - words.len())?;
    if words.trim().is_empty() {
        return None;
    }
    let shifted = match (indent.strip_prefix(old), new.strip_prefix(old)) {
        (Some(rest), _) => format!("{new}{rest}"),
        // It stands left of the first line: it keeps its distance where there is room.
        (None, Some(more)) => format!("{more}{indent}"),
        (None, None) => return None,
    };
    (shifted != indent).then_some(shifted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix;
    use proptest::prelude::*;

    fn formatted(text: &str) -> Option<String> {
        Some(fix::apply(text, &indented(text, "    ")?))
    }

    #[test]
    fn only_what_stands_first_on_its_line_moves() {
        let text =
            "\u{feff}<?xml version=\"1.0\"?>\r\n  <a>\r\n<b>\r\n\t<c>1</c> <d/>\r\n</b><e>\r\n      </e>\r\n  </a>\r\n";
        let made = "\u{feff}<?xml version=\"1.0\"?>\r\n<a>\r\n    <b>\r\n        <c>1</c> <d/>\r\n    </b><e>\r\n    </e>\r\n</a>\r\n";
        assert_eq!(formatted(text).as_deref(), Some(made));
        assert_eq!(formatted("<a><b></a>"), None);
        assert_eq!(formatted(""), None);
    }

    #[test]
    fn text_stays_as_it_is() {
        for text in [
            "<a>\n    <b>one\n two\n  </b>\n</a>",
            "<a>\n    <b><![CDATA[\n <c>\n]]></b>\n</a>",
            "<a>\n    <b>one\n<!-- x -->\n two</b>\n</a>",
            "<a>\n    <b\n  c=\"1\"/>\n</a>",
            "<a>\n stray\n <b/>\n</a>",
            "<a>\n    <b xml:space=\"preserve\">\n </b>\n</a>",
        ] {
            assert_eq!(formatted(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_too_deep_stays() {
        let nested = |depth: usize| format!("{}{}", "<a>\n".repeat(depth), "</a>\n<!-- x -->".repeat(depth));
        assert!(formatted(&nested(DEEPEST + 1)).is_some());
        assert_eq!(formatted(&nested(DEEPEST + 2)), None);
        assert_eq!(formatted(&nested(20_000)), None);
    }

    #[test]
    fn comments_move_as_a_whole() {
        let text = "  <!-- 1 -->\n<a>\n<!-- one\n     two\n\n  three -->\n<b/> <!-- 2\n-->\n        <!-- four\n  five\n          six -->\n</a>";
        let made = "<!-- 1 -->\n<a>\n    <!-- one\n         two\n\n      three -->\n    <b/> <!-- 2\n-->\n    <!-- four\n  five\n      six -->\n</a>";
        assert_eq!(formatted(text).as_deref(), Some(made));
        assert_eq!(formatted(made).as_deref(), Some(made));
    }

    fn said(element: Element<'_, '_>, into: &mut Vec<String>) {
        into.push(format!("{}={}", element.name(), element.value()));
        element.children().for_each(|child| said(child, into));
    }

    proptest! {
        #[test]
        fn what_is_said_stays_and_a_second_time_changes_nothing(
            text in "(<!--x\n  y-->\n)?<a>([\n\r \t]{0,3}(<b>|</b>|<c/>|x|<!-- \n z -->|<!\\[CDATA\\[ \n]]>)){0,10}\n</a>",
            tab: bool,
        ) {
            let unit = if tab { "\t" } else { "  " };
            let Some(changes) = indented(&text, unit) else { return Ok(()) };
            let made = fix::apply(&text, &changes);
            prop_assert_eq!(indented(&made, unit), Some(Vec::new()), "{:?} from {:?}", made, text);
            let all = |text: &str| {
                let mut all = Vec::new();
                if let Some(root) = xml::parse(text).root() {
                    said(root, &mut all);
                }
                all
            };
            prop_assert_eq!(all(&text), all(&made));
            prop_assert_eq!(text.lines().count(), made.lines().count());
        }
    }
}
