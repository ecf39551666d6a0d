//! What is to be completed at the cursor, and which part of the text the completion takes the place of.

use crate::lsp::text::outline::{Holds, Outline, Spot, is_name};
use crate::source::Span;

/// What is to be completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CompletionTarget {
    /// The whole component: there is no root element yet.
    Skeleton { begun: Span },
    /// An element in the element with this number.
    Element { of: usize, begun: Span, form: Form },
    /// The name of an end tag, of this element. `begun` may hold `<`, or `</` with what is there of the name.
    End { of: usize, begun: Span },
    /// The value of this element, which has no end tag unless it `is_closed`.
    Value { of: usize, begun: Span, is_closed: bool },
    /// In a comment, from past `<!--` to the cursor; `begun` is the word around it.
    Comment { before: Span, begun: Span },
}

/// How an element is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Not at all, or by a name without `<`.
    Word,
    /// By `<`.
    Tag,
    /// It is there, and is to have another name; what else has the name is its end tag.
    Rename { is: usize, end_name: Option<Span> },
}

impl CompletionTarget {
    /// The part of the text that what is offered takes the place of.
    pub(super) const fn begun(self) -> Span {
        match self {
            Self::Skeleton { begun }
            | Self::Element { begun, .. }
            | Self::End { begun, .. }
            | Self::Value { begun, .. }
            | Self::Comment { begun, .. } => begun,
        }
    }

    /// What is to be completed at `cursor`; nothing where nothing can be.
    pub(super) fn find(outline: &Outline<'_>, cursor: u32) -> Option<Self> {
        match outline.spot {
            Spot::Aside => None,
            Spot::Comment(inside) => {
                let begun = word(outline.slice(inside), inside.start, cursor, |c| !c.is_whitespace() && c != ',');
                Some(Self::Comment { before: Span::new(inside.start, cursor), begun })
            }
            Spot::Text { run, of } => in_text(outline, run, of, cursor),
            Spot::Start { name, of: None, is: None } if outline.nodes.is_empty() => {
                Some(Self::Skeleton { begun: Span::new(name.start.saturating_sub(1), name.end) })
            }
            Spot::Start { name, of, is } => in_start(outline, name, of?, is),
            Spot::End { name, is_finished, of } => {
                let end = if is_finished { past_tag(outline.text, name.end) } else { name.end };
                Some(Self::End { of: of?, begun: Span::new(name.start.saturating_sub(2), end) })
            }
        }
    }
}

fn in_start(outline: &Outline<'_>, name: Span, of: usize, is: Option<usize>) -> Option<CompletionTarget> {
    let begun = Span::new(name.start.saturating_sub(1), name.end);
    let parent = outline.node(of)?;
    if matches!(parent.holds, Holds::Value) {
        // Only its end can follow; unless that is there already.
        let rest = outline.text.get(name.end as usize..).unwrap_or("").trim_ascii_start();
        let behind = rest.strip_prefix("</").and_then(|rest| rest.strip_prefix(outline.slice(parent.name)));
        let is_closed = behind.is_some_and(|behind| !behind.starts_with(is_name));
        return (!is_closed).then_some(CompletionTarget::End { of, begun });
    }
    let Some((is, node)) = is.and_then(|is| Some((is, outline.node(is)?))) else {
        // Some editors put the `>` there as soon as the `<` is typed.
        let is_empty_tag = name.is_empty() && outline.text.as_bytes().get(name.end as usize) == Some(&b'>');
        let begun = Span::new(begun.start, begun.end + u32::from(is_empty_tag));
        return Some(CompletionTarget::Element { of, begun, form: Form::Tag });
    };
    if outline.slice(node.start_tag).ends_with("/>") || node.end_name.is_some() {
        return Some(CompletionTarget::Element { of, begun: name, form: Form::Rename { is, end_name: node.end_name } });
    }
    // A start tag by itself, such as an editor leaves behind that puts the `>` there.
    if outline.value(node).is_empty() || outline.children(is).next().is_some() {
        return Some(CompletionTarget::Element { of, begun: node.start_tag, form: Form::Tag });
    }
    Some(CompletionTarget::Element { of, begun: name, form: Form::Rename { is, end_name: None } })
}

fn in_text(outline: &Outline<'_>, run: Span, of: Option<usize>, cursor: u32) -> Option<CompletionTarget> {
    let line = line_of(outline.slice(run), run.start, cursor);
    let text = outline.slice(line);
    let Some(mut of) = of else {
        let begun = word(text, line.start, cursor, is_name);
        let is_blank = outline.slice(Span::new(run.start, begun.start)).trim_ascii().is_empty();
        return (outline.nodes.is_empty() && is_blank).then_some(CompletionTarget::Skeleton { begun });
    };
    let node = outline.node(of)?;
    if let (Holds::Value, Some(_)) = (node.holds, node.field) {
        let is_closed = node.end_name.is_some();
        let begun = value_around(text, line.start, cursor);
        let is_elsewhere = !is_closed && begun.is_empty() && line.start > node.content.start;
        if !is_elsewhere {
            return Some(CompletionTarget::Value { of, begun, is_closed });
        }
        // A blank line behind a value that was never closed: what comes next stands beside it.
        of = node.parent?;
    }
    let begun = word(text, line.start, cursor, is_name);
    let is_blank = outline.slice(Span::new(line.start, begun.start)).trim_ascii().is_empty();
    let holds_elements = matches!(outline.node(of)?.holds, Holds::Elements(_));
    (is_blank && holds_elements).then_some(CompletionTarget::Element { of, begun, form: Form::Word })
}

/// The part of a run of text that is on the cursor's line.
fn line_of(text: &str, start: u32, cursor: u32) -> Span {
    let at = cursor.saturating_sub(start) as usize;
    let before = text.get(..at).unwrap_or("");
    let behind = text.get(at..).unwrap_or("");
    let from = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let to = at + behind.find(['\n', '\r']).unwrap_or(behind.len());
    Span::new(start + from as u32, start + to as u32)
}

/// The value on a line, so that the cursor is in it: without the white space around it.
fn value_around(line: &str, start: u32, cursor: u32) -> Span {
    let trimmed = line.trim_ascii();
    if trimmed.is_empty() {
        return Span::at(cursor);
    }
    let from = start + (line.len() - line.trim_ascii_start().len()) as u32;
    Span::new(from.min(cursor), (from + trimmed.len() as u32).max(cursor))
}

/// The word around the cursor.
fn word(text: &str, start: u32, cursor: u32, is_part: impl Fn(char) -> bool) -> Span {
    let at = cursor.saturating_sub(start) as usize;
    let before = text.get(..at).unwrap_or("");
    let behind = text.get(at..).unwrap_or("");
    let from = before.len() - before.trim_end_matches(&is_part).len();
    let to = behind.len() - behind.trim_start_matches(&is_part).len();
    Span::new(cursor - from as u32, cursor + to as u32)
}

/// Past the `>` of an end tag, on the same line; else where its name ends.
fn past_tag(text: &str, name_end: u32) -> u32 {
    let rest = text.get(name_end as usize..).unwrap_or("");
    let end = rest.find('>').filter(|&end| rest.get(..end).is_some_and(|blank| blank.bytes().all(|b| b == b' ')));
    end.map_or(name_end, |end| name_end + end as u32 + 1)
}
