//! What can be written at the cursor.
//!
//! Most of the time the text is broken, because someone is writing it: the outline in `text` makes the best of it, `place` says what
//! is to be completed, and the others say what there is to offer.

mod comments;
mod elements;
mod flow;
mod insert;
mod item;
mod names;
mod place;
mod values;
mod writer;

use std::iter::once;

use lsp_types::{
    CompletionContext, CompletionItem, CompletionList, CompletionParams, CompletionResponse, CompletionTriggerKind,
};

use crate::lsp::session::context::{Answer, Context, Here};
use crate::lsp::text::cursor;
use crate::lsp::text::outline::Outline;
use crate::lsp::text::uri;
use crate::schema::{self, Kind};
use crate::source::{ApiVersion, Span};
use item::{Asked, Offer, documentation};
use names::PartialValue;
use place::CompletionTarget;
use writer::Writer;

/// Answers `textDocument/completion`.
pub(in crate::lsp) fn complete(cx: &Context<'_>, params: CompletionParams) -> Answer<Option<CompletionResponse>> {
    let Some((here, cursor)) = cx.at(&params.text_document_position_params) else { return Ok(None) };
    let Some((kind, name)) = cursor::component_at(&here.path) else { return Ok(None) };
    let Some(schema) = schema::get(kind) else { return Ok(None) };
    let outline = Outline::new(&here.text, schema, cursor);
    let Some(place) = CompletionTarget::find(&outline, cursor) else { return Ok(None) };
    let Some(place) = flow::narrowed(kind, &outline, place, cursor) else { return Ok(None) };
    if !is_asked_for(params.context.as_ref(), place) || outline.slice(place.begun()).contains(['\n', '\r']) {
        return Ok(None);
    }
    let lines = cx.lines(&here.text);
    let line_end = if here.text.contains("\r\n") { "\r\n" } else { "\n" };
    let around = || cx.state.project_around(&here.path);
    let project = here.project.as_ref().map(|(project, _)| project).or_else(around);
    let graph = project.map(|project| &project.analysis.graph);
    let version = project.map_or(ApiVersion::NEWEST, |project| project.project.api_version);
    let indent = indent_of(&outline);
    let uri = &params.text_document_position_params.text_document.uri;
    let writer =
        Writer { client: cx.client, uri, lines: &lines, kind, name: &name, schema, version, graph, indent, line_end };
    let typed = outline.slice(Span::new(place.begun().start, cursor)).to_lowercase();
    let (offers, is_cut) = writer.offers(&here, &outline, place, &typed);
    // Before the first analysis no names are known.
    let is_incomplete = is_cut || (graph.is_none() && matches!(place, CompletionTarget::Value { .. }));
    let items = offers.into_iter().enumerate().map(|(at, offer)| writer.item(at, place.begun(), offer)).collect();
    Ok(Some(CompletionList { is_incomplete, items, ..Default::default() }.into()))
}

/// Answers `completionItem/resolve`: says of a name what it is.
pub(in crate::lsp) fn resolve(cx: &Context<'_>, mut item: CompletionItem) -> Answer<CompletionItem> {
    let about = || {
        let Asked { uri, kind, name } = serde_json::from_value(item.data.clone()?).ok()?;
        let path = uri::stand_in(&uri);
        let of_file = cx.state.project_of(&path).map(|(project, _)| project);
        let graph = &of_file.or_else(|| cx.state.project_around(&path))?.analysis.graph;
        let kind = Kind::all().find(|known| known.as_str() == kind)?;
        names::about(graph, graph.find(kind, &name)?)
    };
    if item.documentation.is_none() {
        item.documentation = about().map(|text| documentation(cx.client, &text));
    }
    Ok(item)
}

impl Writer<'_> {
    /// What there is to offer, and whether more of it fits if something else is typed.
    fn offers(&self, here: &Here, outline: &Outline<'_>, place: CompletionTarget, typed: &str) -> (Vec<Offer>, bool) {
        let offers = match place {
            CompletionTarget::Skeleton { begun } => elements::component(self, outline, begun).into_iter().collect(),
            CompletionTarget::Element { of, form, .. } => elements::elements(self, outline, of, form),
            CompletionTarget::End { of, .. } => elements::end(outline, of).into_iter().collect(),
            CompletionTarget::Value { of, is_closed, begun } => {
                let wanted = PartialValue { of, begun, typed };
                return values::values(self, here, outline, wanted, is_closed);
            }
            CompletionTarget::Comment { before, .. } => comments::comment(self, here, outline.slice(before)),
        };
        (offers, false)
    }
}

/// True unless a character that was typed asks for something else than there is: a `>` asks for a value, not for the
/// next element.
fn is_asked_for(context: Option<&CompletionContext>, place: CompletionTarget) -> bool {
    let Some(context) = context.filter(|context| context.trigger_kind == CompletionTriggerKind::TriggerCharacter)
    else {
        return true;
    };
    match context.trigger_character.as_deref() {
        Some("<") => !matches!(place, CompletionTarget::Value { .. } | CompletionTarget::Comment { .. }),
        Some(">" | ".") => matches!(place, CompletionTarget::Value { .. }),
        Some("/") => matches!(place, CompletionTarget::End { .. }),
        _ => true,
    }
}

/// One step of the file's indentation: the white space before the first element in the root that begins a line. Where
/// none of the first does, the file may well be one long line.
fn indent_of<'t>(outline: &Outline<'t>) -> &'t str {
    const FIRST: usize = 8;
    let before = |start: u32| outline.text.get(..start as usize).unwrap_or("");
    let indents = outline.children(0).take(FIRST).filter_map(|(_, node)| {
        let line = before(node.start_tag.start).rsplit(['\n', '\r']).next()?;
        (!line.is_empty() && line.bytes().all(|b| matches!(b, b' ' | b'\t'))).then_some(line)
    });
    indents.chain(once("    ")).next().unwrap_or_default()
}
