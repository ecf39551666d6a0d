//! From a change to the pieces of text that it replaces.

use super::fix::{Change, Replacement};
use crate::source::Span;
use crate::xml::{Document, Element, escape};

impl Change {
    /// What it comes to in a text: one replacement, or two that do not overlap, in the order of the text. None if the
    /// text is not one in which it can be made.
    pub fn replacements(&self, document: &Document<'_>) -> Vec<Replacement> {
        let text = document.text();
        let at = |span| element_at(document, span);
        match self {
            Self::Replace { span, text } => Some(vec![replace(*span, text)]),
            Self::SetValue { span, value } => {
                at(*span).and_then(|element| value_of(element, text)).map(|old| vec![replace(old, escape(value))])
            }
            Self::Rename { span, name } => at(*span).and_then(|element| rename(element, name, text)),
            Self::Remove { span } => at(*span).map(|element| vec![replace(with_line(element.span(), text), "")]),
            Self::RemoveAround { span } => {
                let around = at(*span).and_then(Element::parent).filter(|around| around.parent().is_some());
                around.map(|around| vec![replace(with_line(around.span(), text), "")])
            }
            Self::Gather { span } => at(*span).and_then(|element| gather(element, text)),
            Self::RemoveAttribute { span } => attribute(document, *span).map(|whole| vec![replace(whole, "")]),
            Self::Comment { span } => comment(span.slice(text)).map(|comment| vec![replace(*span, comment)]),
        }
        .unwrap_or_default()
    }
}

fn replace(span: Span, text: impl Into<String>) -> Replacement {
    Replacement { span, text: text.into() }
}

/// The element whose start tag, name or value is at `span`.
fn element_at<'d, 't>(document: &'d Document<'t>, span: Span) -> Option<Element<'d, 't>> {
    let element = document.last_begun(span.start)?;
    let is_value = || !element.has_children() && element.value_span() == span;
    (element.start_tag() == span || element.name_span() == span || is_value()).then_some(element)
}

/// Where the value of an element is written, if it has one, in one piece.
fn value_of(element: Element<'_, '_>, text: &str) -> Option<Span> {
    let content = element.content().slice(text);
    if element.has_children() || element.value().is_empty() || content.contains("<?") {
        return None;
    }
    if !content.contains("<!--") {
        return Some(element.value_span());
    }
    match element.stray_text().as_slice() {
        [only] if !content.contains("<![CDATA[") => Some(*only),
        _ => None,
    }
}

fn rename(element: Element<'_, '_>, name: &str, text: &str) -> Option<Vec<Replacement>> {
    let local = |whole: Span| {
        let prefix = whole.slice(text).find(':').map_or(0, |colon| colon as u32 + 1);
        Span::new(whole.start + prefix, whole.end)
    };
    let mut renamed = vec![replace(local(element.name_span()), name)];
    if !element.start_tag().slice(text).ends_with("/>") {
        let start = element.content().end + 2;
        let end_tag = Span::new(element.content().end, element.span().end).slice(text).strip_prefix("</")?;
        if end_tag.strip_suffix('>')?.trim_ascii_end() != element.name() {
            return None;
        }
        renamed.push(replace(local(Span::new(start, start + element.name().len() as u32)), name));
    }
    Some(renamed)
}

fn gather(element: Element<'_, '_>, text: &str) -> Option<Vec<Replacement>> {
    let is_same = |other: &Element<'_, '_>| other.local_name() == element.local_name();
    let siblings = || element.parent().into_iter().flat_map(Element::children);
    let last_of = |from: Element<'_, '_>| {
        let run = siblings().skip_while(|other| other.span() != from.span()).take_while(is_same);
        run.last().map(|last| last.span().end)
    };
    let first = siblings().find(is_same)?;
    let (place, end) = (last_of(first)?, last_of(element)?);
    if element.span().start < place {
        return None;
    }
    let moved = with_line(Span::new(element.span().start, end), text);
    let place = behind(place, text);
    Some(vec![replace(Span::at(place), moved.slice(text)), replace(moved, "")])
}

/// The attribute whose name is at `span`, with the white space before it.
fn attribute(document: &Document<'_>, span: Span) -> Option<Span> {
    let element = document.last_begun(span.start).filter(|element| span.end <= element.start_tag().end)?;
    let found = element.attributes().into_iter().find(|attribute| attribute.name == span)?;
    let before = document.text().get(..span.start as usize)?.trim_ascii_end().len() as u32;
    Some(Span::new(before, found.value.end + 1))
}

/// The text as a comment, if it can be one.
fn comment(text: &str) -> Option<String> {
    let can_be = !text.contains("--") && !text.ends_with('-') && !text.contains("<![CDATA[");
    can_be.then(|| format!("<!-- {text} -->"))
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
    use crate::xml;

    fn applied(text: &str, change: &Change) -> String {
        let mut made = text.to_owned();
        for replacement in change.replacements(&xml::parse(text)).iter().rev() {
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
        let text = "<a>\n  <b>\n    <c>1</c>\n  </b>\n  <b/>\n</a>";
        assert_eq!(applied(text, &Change::RemoveAround { span: span(text, "1") }), "<a>\n  <b/>\n</a>");
        assert_eq!(applied(text, &Change::RemoveAround { span: span(text, "<b/>") }), text, "the root stays");
    }

    #[test]
    fn elements_move_with_their_lines() {
        let text = "<a>\n  <b>1</b>\n  <c/>\n  <b>2</b>\n  <b>3</b>\n  <d/>\n</a>\n";
        let gathered = "<a>\n  <b>1</b>\n  <b>2</b>\n  <b>3</b>\n  <c/>\n  <d/>\n</a>\n";
        assert_eq!(applied(text, &Change::Gather { span: span(text, "2") }), gathered);
        let text = "<a><b>1</b><c/><b>2</b></a>";
        assert_eq!(applied(text, &Change::Gather { span: span(text, "2") }), "<a><b>1</b><b>2</b><c/></a>");
        assert_eq!(applied(text, &Change::Gather { span: span(text, "1") }), text, "it is where it belongs");
    }

    #[test]
    fn both_tags_are_renamed_and_prefixes_stay() {
        let rename =
            |text: &str, part: &str| applied(text, &Change::Rename { span: span(text, part), name: "x".into() });
        assert_eq!(rename("<a><b c='1'>1</b ></a>", "b"), "<a><x c='1'>1</x ></a>");
        assert_eq!(rename("<a><b/></a>", "<b/>"), "<a><x/></a>");
        assert_eq!(rename("<m:a xmlns:m='n'><m:b>1</m:b></m:a>", "m:b"), "<m:a xmlns:m='n'><m:x>1</m:x></m:a>");
        assert_eq!(rename("<a><b>1</c></a>", "b"), "<a><b>1</c></a>", "its end tag is another's");
    }

    #[test]
    fn values_are_escaped_and_comments_stay() {
        let set = |text: &str, span: Span| applied(text, &Change::SetValue { span, value: "x & y".into() });
        let text = "<a>\n <b> 1 &amp; 2 </b>\n</a>";
        assert_eq!(set(text, span(text, "1 &amp; 2")), "<a>\n <b> x &amp; y </b>\n</a>");
        let written = applied(text, &Change::SetValue { span: span(text, "1 &amp; 2"), value: "x\ry".into() });
        assert_eq!(written, "<a>\n <b> x&#13;y </b>\n</a>");
        let text = "<a><b><!-- c -->1</b></a>";
        assert_eq!(set(text, span(text, "<!-- c -->1")), "<a><b><!-- c -->x &amp; y</b></a>");
        let text = "<a><b><![CDATA[1]]></b></a>";
        assert_eq!(set(text, span(text, "<![CDATA[1]]>")), "<a><b>x &amp; y</b></a>");
        let text = "<a><b>1<!-- c -->2</b></a>";
        assert_eq!(set(text, span(text, "1<!-- c -->2")), text, "it is in two pieces");
    }

    #[test]
    fn attributes_go_and_text_becomes_a_comment() {
        let text = "<a>\n  <b c=\"1\"\n     d='2'/>\n</a>";
        let removed = "<a>\n  <b c=\"1\"/>\n</a>";
        assert_eq!(applied(text, &Change::RemoveAttribute { span: span(text, "d") }), removed);
        let text = "<a>\n  ask Ann\n  a -- b\n</a>";
        let commented = "<a>\n  <!-- ask Ann -->\n  a -- b\n</a>";
        assert_eq!(applied(text, &Change::Comment { span: span(text, "ask Ann") }), commented);
        assert_eq!(applied(text, &Change::Comment { span: span(text, "a -- b") }), text);
    }
}
