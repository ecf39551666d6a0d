//! Code lenses: above the root element, what else has to do with the component. What is not known is not shown.

use lsp_types::{CodeLens, CodeLensParams, Command, Range};
use serde_json::json;

use crate::answers::counts;
use crate::lsp::session::context::{Answer, Context, Here};
use crate::source::Location;
use crate::text::one_line;

/// The command that shows places, if the client has it.
const SHOW: &str = "omnic.showReferences";
/// What stands in for it.
const ASK: &str = "omnic.server.references";

pub(in crate::lsp) fn lenses(cx: &Context<'_>, params: CodeLensParams) -> Answer<Option<Vec<CodeLens>>> {
    let uri = &params.text_document.uri;
    let Some(here) = cx.here(uri).filter(|_| cx.settings.code_lens()) else { return Ok(None) };
    let (Some(graph), Some(node), Some(parsed)) = (here.graph(), here.node(), here.parsed()) else { return Ok(None) };
    if parsed.document.root().is_none() {
        return Ok(None);
    }
    let range = cx.lines(&here.text).range(parsed.whole());
    let shown = counts::of(graph, node).into_iter();
    let shown = shown.map(|(title, places)| CodeLens {
        range,
        command: Some(command(cx, &here, uri, range, title, &places)),
        data: None,
    });
    Ok(Some(shown.collect()))
}

fn command(
    cx: &Context<'_>,
    here: &Here,
    uri: &lsp_types::Uri,
    range: Range,
    title: String,
    places: &[Location],
) -> Command {
    let project = here.project.as_ref();
    let places = project.map(|(project, _)| cx.locations(project, places)).unwrap_or_default();
    let (command, arguments) = if cx.settings.commands.iter().any(|command| command == SHOW) {
        (SHOW, vec![json!(uri), json!(range.start), json!(places)])
    } else {
        // It answers the places that it is handed: those that the lens counts.
        (ASK, vec![json!({ "uri": uri, "position": range.start, "locations": places })])
    };
    Command { title: one_line(&title), tooltip: None, command: command.to_owned(), arguments: Some(arguments) }
}
