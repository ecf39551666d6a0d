//! Hover: what stands here, and what it comes to.
//!
//! On the name of an element what the schema says of it; on a value what it means or names; on the root element, and on
//! the name of a queue's routing configuration, how work is really routed; on a comment what it silences.

mod directive;
mod element;
mod page;
mod value;

use lsp_types::{Hover, HoverParams};

use self::page::Page;
use crate::answers::effective;
use crate::answers::facts::{facts, label_line};
use crate::lsp::session::context::{Answer, Context, Here};
use crate::lsp::text::cursor::{Parsed, Part};
use crate::schema::Kind;
use crate::source::Span;
use crate::xml::Element;

pub(in crate::lsp) fn hover(cx: &Context<'_>, params: HoverParams) -> Answer<Option<Hover>> {
    let Some((here, offset)) = cx.at(&params.text_document_position_params) else { return Ok(None) };
    let Some(parsed) = here.parsed() else { return Ok(None) };
    let found = found(cx, &here, &parsed, offset);
    Ok(found.map(|(page, span)| Hover {
        contents: page.contents(cx.client.markdown),
        range: Some(cx.lines(&here.text).range(span)),
    }))
}

fn found(cx: &Context<'_>, here: &Here, parsed: &Parsed<'_>, offset: u32) -> Option<(Page, Span)> {
    if let Some(found) = directive::page(&parsed.document, offset) {
        return Some(found);
    }
    let place = parsed.at(offset)?;
    let element = place.element()?;
    if place.part == Part::Value {
        return value::page(here, parsed, element, offset);
    }
    let span = name_at(element, &here.text, offset)?;
    let says_names = cx.settings.hover_elements();
    let page = match element.parent() {
        None if element.local_name() == parsed.kind.as_str() => component(here, parsed, says_names)?,
        Some(_) if says_names => element::page(parsed, element, here.version())?,
        _ => return None,
    };
    Some((page, span))
}

/// The name of an element at `offset`, in its start tag or its end tag.
fn name_at(element: Element<'_, '_>, text: &str, offset: u32) -> Option<Span> {
    let start = element.name_span();
    let end = element.content().end;
    let tag = Span::new(end, element.span().end).slice(text);
    let closing = tag.strip_prefix("</").is_some_and(|rest| rest.starts_with(element.name()));
    let closing = closing.then(|| Span::new(end + 2, end + 2 + start.len()));
    [Some(start), closing].into_iter().flatten().find(|span| span.start <= offset && offset <= span.end)
}

/// The component of the file as a whole.
fn component(here: &Here, parsed: &Parsed<'_>, says_names: bool) -> Option<Page> {
    let node = here.graph().zip(here.node());
    if node.is_none() && !says_names {
        return None;
    }
    let mut page = Page::titled(value::title(parsed.kind, &parsed.name));
    if says_names {
        page.text(parsed.schema.description.as_str());
    }
    let Some((graph, node)) = node else { return Some(page) };
    match parsed.kind {
        Kind::QueueRoutingConfig => {
            let mut lines: Vec<String> = label_line(graph, node).into_iter().collect();
            lines.extend(effective::lines(graph, node, None));
            page.items(lines);
        }
        Kind::Queue => {
            page.items(facts(graph, node));
            if let Some((config, _)) = graph.config_of(node) {
                value::picture(&mut page, graph, config, node);
            }
        }
        _ => {
            page.items(facts(graph, node));
        }
    }
    Some(page)
}
