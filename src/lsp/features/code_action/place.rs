//! Where a new element stands among those that are there.

use super::draft::{Draft, Style};
use crate::diagnostics::Replacement;
use crate::graph::DIRECTIVE;
use crate::schema::{Field, IndexMap};
use crate::source::Span;
use crate::xml::{Document, Element};

/// How a text is laid out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings<'t> {
    pub(super) line_end: &'static str,
    /// What one level is indented with.
    pub(super) unit: &'t str,
}

impl<'t> Surroundings<'t> {
    pub(super) fn of(document: &Document<'t>) -> Self {
        let text = document.text();
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let first = document.root().and_then(|root| root.children().next());
        let indent = first.and_then(|first| starts_line(text, first.span().start));
        Self { line_end, unit: indent.filter(|indent| !indent.is_empty()).unwrap_or("    ") }
    }
}

/// The white space before `at`, if nothing else stands before it on its line.
pub(super) fn starts_line(text: &str, at: u32) -> Option<&str> {
    let before = text.get(..at as usize)?;
    let above = before.trim_end_matches([' ', '\t']);
    let is_first = above.is_empty() || above.ends_with(['\n', '\r', '\u{feff}']);
    before.get(above.len()..).filter(|_| is_first)
}

/// Puts new elements into `parent`, whose fields these are, each where the order of its type has it.
pub(super) fn insert(
    document: &Document<'_>,
    parent: Element<'_, '_>,
    fields: &IndexMap<String, Field>,
    mut new: Vec<Draft>,
) -> Vec<Replacement> {
    let number = |name: &str| fields.get_index_of(name);
    new.sort_by_key(|draft| number(draft.name));
    let into = Into { document, parent, layout: Surroundings::of(document) };
    if parent.has_text() || new.is_empty() {
        return Vec::new();
    }
    if !parent.has_children() {
        return vec![into.empty(&new)];
    }
    let mut made: Vec<Replacement> = Vec::new();
    for draft in new {
        let own = number(draft.name);
        let before =
            parent.children().filter(|child| number(child.local_name()) <= own && number(child.local_name()).is_some());
        let after = before.max_by_key(|child| (number(child.local_name()), child.span().start));
        let one = into.behind(after, &draft);
        match made.iter_mut().find(|other| other.span == one.span) {
            Some(other) => other.text.push_str(&one.text),
            None => made.push(one),
        }
    }
    made.sort_by_key(|one| one.span.start);
    made
}

struct Into<'d, 't> {
    document: &'d Document<'t>,
    parent: Element<'d, 't>,
    layout: Surroundings<'t>,
}

impl<'t> Into<'_, 't> {
    fn style(&self, inline: bool) -> Style<'t> {
        let name = self.parent.name();
        let prefix = name.find(':').and_then(|colon| name.get(..=colon)).unwrap_or_default();
        Style { unit: self.layout.unit, line_end: self.layout.line_end, prefix, inline }
    }

    /// Behind an element of the parent, or before all of them.
    fn behind(&self, after: Option<Element<'_, '_>>, draft: &Draft) -> Replacement {
        let text = self.document.text();
        let beside = after.or_else(|| self.parent.children().next());
        let indent = beside.and_then(|beside| starts_line(text, beside.span().start));
        let end = after.map_or(self.parent.start_tag().end, |after| after.span().end);
        let mut made = String::new();
        let Some(indent) = indent else {
            draft.write(&mut made, "", &self.style(true));
            return Replacement { span: Span::at(end), text: made };
        };
        made.push_str(self.layout.line_end);
        made.push_str(indent);
        draft.write(&mut made, indent, &self.style(false));
        Replacement { span: Span::at(past_comment(text, end)), text: made }
    }

    /// Into a parent that holds nothing.
    fn empty(&self, new: &[Draft]) -> Replacement {
        let text = self.document.text();
        let own = starts_line(text, self.parent.span().start);
        let (line_end, style) = (self.layout.line_end, self.style(own.is_none()));
        let inner = format!("{}{}", own.unwrap_or_default(), self.layout.unit);
        let mut made = String::new();
        for draft in new {
            if own.is_some() {
                made.extend([line_end, &inner]);
            }
            draft.write(&mut made, &inner, &style);
        }
        let last = own.map(|own| format!("{line_end}{own}")).unwrap_or_default();
        let tag = self.parent.start_tag();
        if let Some(open) = tag.slice(text).strip_suffix("/>") {
            let span = Span::new(tag.start + open.trim_end().len() as u32, tag.end);
            return Replacement { span, text: format!(">{made}{last}</{}>", self.parent.name()) };
        }
        let has_lines = self.parent.content().slice(text).contains('\n');
        let text = if has_lines { made } else { format!("{made}{last}") };
        Replacement { span: Span::at(tag.end), text }
    }
}

/// The end of the line if nothing but a comment stands between: it belongs to what is before it. One that tells us to be
/// silent belongs to what comes after.
fn past_comment(text: &str, at: u32) -> u32 {
    let rest = text.get(at as usize..).unwrap_or_default();
    let line = rest.split(['\r', '\n']).next().unwrap_or_default();
    let said = line.trim();
    let is_comment = said.starts_with("<!--") && said.ends_with("-->") && !said.contains(DIRECTIVE);
    if said.is_empty() || is_comment { at + line.len() as u32 } else { at }
}
