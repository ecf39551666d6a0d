//! What the server can be told to run: each command takes one object and gives JSON.
//!
//! In: a command's name and its argument. Out: its result; null where there is nothing to say. `subject` finds the
//! component that is meant; `graph`, `plan`, `offer` and `choices` each hold one command.

mod graph;
mod offer;
mod plan;
mod subject;

use lsp_types::{
    ExecuteCommandParams, Location, LspAny, PartialResultParams, ReferenceContext, ReferenceParams,
    TextDocumentIdentifier, TextDocumentPositionParams, WorkDoneProgressParams,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use subject::At;

use super::references;
use crate::lsp::session::context::{Answer, Context, Refused};

/// The commands that the server runs.
pub(in crate::lsp) const NAMES: [&str; 6] = [
    "omnic.server.routingGraph",
    "omnic.server.compiledPlan",
    "omnic.server.componentAt",
    "omnic.server.offerChoices",
    "omnic.server.explainOffer",
    "omnic.server.references",
];

pub(in crate::lsp) fn execute(cx: &Context<'_>, params: ExecuteCommandParams) -> Answer<Option<LspAny>> {
    let ExecuteCommandParams { command, arguments, .. } = params;
    let argument = arguments.unwrap_or_default().into_iter().next().unwrap_or_default();
    let argument = Argument { command: &command, value: argument };
    match command.as_str() {
        "omnic.server.routingGraph" => result(graph::graph(cx, &argument.read()?)),
        "omnic.server.compiledPlan" => result(plan::plan(cx, &argument.read()?)?),
        "omnic.server.componentAt" => result(subject::component_at(cx, &argument.read()?)),
        "omnic.server.offerChoices" => result(offer::choices(cx, &argument.read()?)),
        "omnic.server.explainOffer" => result(offer::explain(cx, &argument.read()?)?),
        "omnic.server.references" => result(named_at(cx, argument.read()?)?),
        _ => Err(Refused::new(format!("`{command}` is no command of omnic"))),
    }
}

/// The places of a lens as they are; else those that name what stands at a place.
fn named_at(cx: &Context<'_>, asked: Places) -> Answer<Option<Vec<Location>>> {
    if asked.locations.is_some() {
        return Ok(asked.locations);
    }
    let At { uri, position } = asked.at;
    let text_document_position_params = TextDocumentPositionParams {
        text_document: TextDocumentIdentifier { uri },
        position: position.unwrap_or_default(),
    };
    let params = ReferenceParams {
        context: ReferenceContext { include_declaration: false },
        text_document_position_params,
        work_done_progress_params: WorkDoneProgressParams::default(),
        partial_result_params: PartialResultParams::default(),
    };
    references::references(cx, params)
}

struct Argument<'c> {
    command: &'c str,
    value: LspAny,
}

impl Argument<'_> {
    fn read<T: DeserializeOwned>(&self) -> Answer<T> {
        let refused = |error| Refused::new(format!("the argument of `{}` makes no sense: {error}", self.command));
        serde_json::from_value(self.value.clone()).map_err(refused)
    }
}

/// A place, or places that are known already.
#[derive(Debug, Deserialize)]
struct Places {
    #[serde(flatten)]
    at: At,
    #[serde(default)]
    locations: Option<Vec<Location>>,
}

fn result<T: Serialize>(value: Option<T>) -> Answer<Option<LspAny>> {
    value.map(serde_json::to_value).transpose().map_err(|error| Refused::new(error.to_string()))
}
