//! What can be done about a finding without a person.

use crate::source::{FileId, Span};

/// Whether a fix may be made unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// It may change how work is routed, or rests on a guess: somebody must look.
    Unsafe,
    /// It cannot change routing in any org.
    Safe,
}

/// What can be done about a finding. Its edits belong together, and do not overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative, without a full stop.
    pub title: String,
    /// Whether it may be made unasked.
    pub applicability: Applicability,
    /// What it changes.
    pub edits: Vec<Edit>,
}

/// One change to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub file: FileId,
    /// The change.
    pub change: Change,
}

/// A change to a text, said without knowing the text: what stands on an element's line is found out when it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Puts `text`, which is written as it stands in the file, in place of what is at `span`.
    Replace {
        /// What goes; may be empty.
        span: Span,
        /// What comes, escaped as XML demands.
        text: String,
    },
    /// Takes away the element at `span`, and its line if nothing else stands there.
    Remove {
        /// The element, from its start tag's `<` to past its end tag's `>`.
        span: Span,
    },
    /// Moves the element at `span`, with its line if nothing else stands there, to behind the element that ends at
    /// `after`.
    Move {
        /// The element, from its start tag's `<` to past its end tag's `>`.
        span: Span,
        /// Past the end tag of the element that it is to follow.
        after: u32,
    },
}

/// A piece of text in place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub text: String,
}

impl Change {
    /// What it comes to in `text`: one replacement, or two that do not overlap, in the order of the text.
    pub fn replacements(&self, text: &str) -> Vec<Replacement> {
        match self {
            Self::Replace { span, text } => vec![Replacement { span: *span, text: text.clone() }],
            Self::Remove { span } => vec![Replacement { span: with_line(*span, text), text: String::new() }],
            Self::Move { span, after } => {
                let moved = with_line(*span, text);
                let place = behind(*after, text);
                let mut both = vec![
                    Replacement { span: moved, text: String::new() },
                    Replacement { span: Span::new(place, place), text: moved.slice(text).to_owned() },
                ];
                both.sort_by_key(|replacement| replacement.span.start);
                both
            }
        }
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// `span`, or if nothing else stands on its lines, these lines as a whole, line ends included.
fn with_line(span: Span, text: &str) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else { return span };
    let line = before.trim_end_matches([' ', '\t']);
    let rest = after.bytes().take_while(|&byte| is_space(byte)).count();
    let line_end = match after.as_bytes().get(rest..) {
        Some([b'\r', b'\n', ..]) => 2,
        Some([b'\n', ..]) => 1,
        _ => return span,
    };
    if !line.ends_with('\n') {
        return span;
    }
    Span::new(line.len() as u32, (end + rest + line_end) as u32)
}

/// The place behind the element that ends at `end`: the start of the next line if nothing else stands on this one.
fn behind(end: u32, text: &str) -> u32 {
    let after = text.get(end as usize..).unwrap_or_default();
    let rest = after.bytes().take_while(|&byte| is_space(byte)).count();
    match after.as_bytes().get(rest..) {
        Some([b'\r', b'\n', ..]) => end + rest as u32 + 2,
        Some([b'\n', ..]) => end + rest as u32 + 1,
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(text: &str, change: &Change) -> String {
        let mut made = text.to_owned();
        for replacement in change.replacements(text).iter().rev() {
            made.replace_range(replacement.span.start as usize..replacement.span.end as usize, &replacement.text);
        }
        made
    }

    fn span(text: &str, part: &str) -> Span {
        let start = text.find(part).unwrap_or_default() as u32;
        Span::new(start, start + part.len() as u32)
    }

    #[test]
    fn an_element_takes_its_line_with_it() {
        let text = "<a>\r\n    <b/>\r\n    <c/>\r\n</a>\r\n";
        assert_eq!(applied(text, &Change::Remove { span: span(text, "<b/>") }), "<a>\r\n    <c/>\r\n</a>\r\n");
        let text = "<a><b/><c/></a>";
        assert_eq!(applied(text, &Change::Remove { span: span(text, "<b/>") }), "<a><c/></a>");
        let text = "<a>\n  <b/> <c/>\n</a>";
        assert_eq!(applied(text, &Change::Remove { span: span(text, "<b/>") }), "<a>\n   <c/>\n</a>");
    }

    #[test]
    fn an_element_moves_with_its_line() {
        let text = "<a>\n  <b>1</b>\n  <c/>\n  <b>2</b>\n</a>\n";
        let change = Change::Move { span: span(text, "<b>2</b>"), after: span(text, "<b>1</b>").end };
        assert_eq!(applied(text, &change), "<a>\n  <b>1</b>\n  <b>2</b>\n  <c/>\n</a>\n");
        let text = "<a><b>1</b><c/><b>2</b></a>";
        let change = Change::Move { span: span(text, "<b>2</b>"), after: span(text, "<b>1</b>").end };
        assert_eq!(applied(text, &change), "<a><b>1</b><b>2</b><c/></a>");
    }
}
