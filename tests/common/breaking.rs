//! Ways to break a project at random.

use std::ops::Range;

use omnic::analyse::TextFile;
use omnic::source::Span;
use omnic::xml::{self, Element};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// One thing that is done to a project: what, in which file, to which of its elements, and how.
#[derive(Clone, Debug)]
pub(crate) struct Break {
    how: How,
    file: Index,
    element: Index,
    detail: Index,
}

/// What is done.
#[derive(Clone, Copy, Debug)]
enum How {
    /// A letter of an element's name is doubled, left out, swapped with the next, or of the other case.
    Misname,
    /// A value gets another case.
    Case,
    /// A letter of a value is left out.
    Misspell,
    /// A whole number gets decimals.
    Decimals,
    /// A value is another.
    Value,
    /// An element comes twice.
    Double,
    /// An element of the component moves to its end.
    Displace,
    /// `_` is percent-encoded.
    Encode,
    /// A letter of a value is a character reference.
    Refer,
    /// A comment stands beside a value.
    Comment,
    /// Text stands before an element.
    Text,
    /// An element gets an attribute.
    Attribute,
    /// The namespace is gone.
    Namespace,
    /// Lines end in a carriage return and a line feed.
    Crlf,
    /// A byte-order mark.
    Mark,
    /// All is on one line.
    Line,
    /// The end of the file is gone.
    Cut,
    /// An element is gone.
    Remove,
}

const ALL: [How; 18] = [
    How::Misname,
    How::Case,
    How::Misspell,
    How::Decimals,
    How::Value,
    How::Double,
    How::Displace,
    How::Encode,
    How::Refer,
    How::Comment,
    How::Text,
    How::Attribute,
    How::Namespace,
    How::Crlf,
    How::Mark,
    How::Line,
    How::Cut,
    How::Remove,
];

const DEPLOY: [How; 8] =
    [How::Case, How::Double, How::Refer, How::Comment, How::Crlf, How::Mark, How::Line, How::Double];

/// Any breaks.
pub(crate) fn any(number: Range<usize>) -> impl Strategy<Value = Vec<Break>> {
    of(ALL.to_vec(), number)
}

/// Breaks after which a project may deploy as before.
pub(crate) fn that_deploy(number: Range<usize>) -> impl Strategy<Value = Vec<Break>> {
    of(DEPLOY.to_vec(), number)
}

fn of(hows: Vec<How>, number: Range<usize>) -> impl Strategy<Value = Vec<Break>> {
    let index = proptest::prelude::any::<Index>;
    let one = (select(hows), index(), index(), index()).prop_map(|(how, file, element, detail)| Break {
        how,
        file,
        element,
        detail,
    });
    proptest::collection::vec(one, number)
}

/// The project after the breaks, one after another.
pub(crate) fn broken(mut files: Vec<TextFile>, breaks: &[Break]) -> Vec<TextFile> {
    for step in breaks {
        let at = step.file.index(files.len());
        if let Some(text) = step.applied(&files[at].text) {
            files[at].text = text;
        }
    }
    files
}

impl Break {
    fn applied(&self, text: &str) -> Option<String> {
        match self.how {
            How::Crlf => return Some(text.replace("\r\n", "\n").replace('\n', "\r\n")),
            How::Mark => return Some(format!("\u{feff}{}", text.trim_start_matches('\u{feff}'))),
            How::Namespace => return Some(text.replace(" xmlns=\"http://soap.sforce.com/2006/04/metadata\"", "")),
            How::Line => return Some(text.replace(">\n    <", "><")),
            How::Cut => {
                let at = self.detail.index(text.len().max(1));
                return text.get(..at).map(str::to_owned);
            }
            _ => {}
        }
        let document = xml::parse(text);
        let mut elements = Vec::new();
        gather(document.root()?, &mut elements);
        elements.remove(0);
        let is_leaf = |element: &Element<'_, '_>| !element.has_children() && !element.value().is_empty();
        let element = match self.how {
            How::Misname | How::Double | How::Text | How::Attribute | How::Remove => self.pick(&elements)?,
            How::Displace => self.pick(&document.root()?.children().collect::<Vec<_>>())?,
            _ => self.pick(&elements.into_iter().filter(is_leaf).collect::<Vec<_>>())?,
        };
        self.changed(text, element)
    }

    fn pick<'d, 't>(&self, of: &[Element<'d, 't>]) -> Option<Element<'d, 't>> {
        (!of.is_empty()).then(|| of[self.element.index(of.len())])
    }

    fn changed(&self, text: &str, element: Element<'_, '_>) -> Option<String> {
        let (span, value) = (element.span(), element.value_span());
        let old = value.slice(text);
        let put = |span: Span, new: &str| {
            let mut text = text.to_owned();
            text.replace_range(span.start as usize..span.end as usize, new);
            text
        };
        let letters: Vec<char> = old.chars().collect();
        Some(match self.how {
            How::Misname => {
                let name = self.misspelt(element.local_name());
                let whole = element.source();
                let inside = whole.strip_prefix('<')?.strip_prefix(element.name())?;
                let new = match inside.strip_suffix(&format!("</{}>", element.name())) {
                    Some(inside) => format!("<{name}{inside}</{name}>"),
                    None => format!("<{name}{inside}"),
                };
                put(span, &new)
            }
            How::Case if self.detail.index(2) == 0 => put(value, &old.to_uppercase()),
            How::Case => put(value, &old.to_lowercase()),
            How::Misspell => {
                let at = self.detail.index(letters.len());
                let kept = letters.iter().enumerate().filter(|(index, _)| *index != at);
                put(value, &kept.map(|(_, letter)| letter).collect::<String>())
            }
            How::Decimals => put(value, &format!("{old}.0")),
            How::Value => put(value, ["true", "false", "1", "20", "STATUS_BASED", "Yes", "Case"][self.detail.index(7)]),
            How::Double => put(Span::at(span.end), &format!("\n    {}", element.source())),
            How::Displace => {
                let end = text.rfind("</")? as u32;
                let moved = format!("    {}\n", element.source());
                let text = put(Span::at(end), &moved);
                format!("{}{}", &text[..span.start as usize], &text[span.end as usize..])
            }
            How::Encode => put(value, &old.replace('_', "%5F")),
            How::Refer => {
                let first = letters.first()?;
                if *first == '&' || *first == '<' {
                    return None;
                }
                put(value, &format!("&#x{:X};{}", u32::from(*first), letters[1..].iter().collect::<String>()))
            }
            How::Comment => put(Span::at(value.start), "<!-- why -->"),
            How::Text => put(Span::at(span.start), "to do\n    "),
            How::Attribute => put(Span::at(element.name_span().end), " kind='x > y'"),
            How::Remove => put(span, ""),
            _ => return None,
        })
    }

    fn misspelt(&self, name: &str) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        let at = self.detail.index(letters.len());
        match self.detail.index(4) {
            0 => letters.insert(at, letters[at]),
            1 if letters.len() > 1 => {
                letters.remove(at);
            }
            2 if at + 1 < letters.len() => letters.swap(at, at + 1),
            _ => {
                letters[at] = if letters[at].is_uppercase() {
                    letters[at].to_ascii_lowercase()
                } else {
                    letters[at].to_ascii_uppercase()
                }
            }
        }
        letters.into_iter().collect()
    }
}

fn gather<'d, 't>(element: Element<'d, 't>, into: &mut Vec<Element<'d, 't>>) {
    into.push(element);
    for child in element.children() {
        gather(child, into);
    }
}
