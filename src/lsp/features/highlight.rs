//! The same name elsewhere in the file, or an element's other tag.

use lsp_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};

use super::named::{Named, has, named_at, plain, tags_of};
use crate::caseless;
use crate::lsp::session::context::{Answer, Context, Here};
use crate::lsp::text::cursor::{Parsed, Part, Place};
use crate::schema::Shape;
use crate::source::Span;
use crate::xml::{self, Element};

/// A file has not more of one name that anybody looks at.
const MOST: usize = 1000;

pub(in crate::lsp) fn highlight(
    cx: &Context<'_>,
    params: DocumentHighlightParams,
) -> Answer<Option<Vec<DocumentHighlight>>> {
    let Some((here, offset)) = cx.at(&params.text_document_position_params) else { return Ok(None) };
    let mut found = match (here.parsed(), named_at(&here, offset)) {
        (Some(parsed), Some(named)) => of_name(&here, &parsed, &named),
        (parsed, None) => parsed.and_then(|parsed| of_value(&parsed, offset)).unwrap_or_else(|| of_tag(&here, offset)),
        (None, Some(_)) => Vec::new(),
    };
    found.sort_unstable_by_key(|(span, _)| *span);
    found.truncate(MOST);
    let lines = cx.lines(&here.text);
    let shown = |(span, kind)| DocumentHighlight { range: lines.range(span), kind: Some(kind) };
    Ok((!found.is_empty()).then(|| found.into_iter().map(shown).collect()))
}

type Found = Vec<(Span, DocumentHighlightKind)>;

/// Every place that names the component; its own tags, if the file is its own.
fn of_name(here: &Here, parsed: &Parsed<'_>, named: &Named) -> Found {
    let is_it = |kind, name: &str| kind == named.kind && caseless::equal(name, &named.name);
    let mentions = parsed.mentions(here.version());
    let same = mentions.iter().filter(|mention| is_it(mention.to, &plain(mention.to, mention.name)));
    let mut found: Found = same.map(|mention| (mention.span, DocumentHighlightKind::Read)).collect();
    if let Some(root) = parsed.document.root().filter(|_| is_it(parsed.kind, &parsed.name)) {
        found.extend(tags_of(root, &here.text).map(|span| (span, DocumentHighlightKind::Write)));
    }
    found
}

/// The same text in the same element elsewhere, such as a field that several mappings are for.
fn of_value(parsed: &Parsed<'_>, offset: u32) -> Option<Found> {
    let place = parsed.at(offset).filter(|place| place.part == Part::Value)?;
    let element = place.element().filter(|element| has(element.value_span(), offset))?;
    let (_, field) = parsed.field(element)?;
    let value = element.value();
    if field.shape != Shape::String || value.is_empty() {
        return None;
    }
    let mut found = Vec::new();
    let path: Vec<&str> = place.path.iter().skip(1).map(|element| element.local_name()).collect();
    collect(parsed.document.root()?, &path, &mut |other| {
        if other.value() == value {
            found.push((other.value_span(), DocumentHighlightKind::Text));
        }
    });
    Some(found)
}

/// Calls `each` for every element at a path below `element`.
fn collect<'d, 't>(element: Element<'d, 't>, path: &[&str], each: &mut impl FnMut(Element<'d, 't>)) {
    let Some((name, rest)) = path.split_first() else { return each(element) };
    for child in element.children().filter(|child| child.local_name() == *name) {
        collect(child, rest, each);
    }
}

fn of_tag(here: &Here, offset: u32) -> Found {
    let document = xml::parse(&here.text);
    let element = Place::at(&document, offset).and_then(|place| place.element());
    let tags: Vec<Span> = element.map(|element| tags_of(element, &here.text).collect()).unwrap_or_default();
    if !tags.iter().any(|tag| has(*tag, offset)) {
        return Vec::new();
    }
    tags.into_iter().map(|tag| (tag, DocumentHighlightKind::Text)).collect()
}
