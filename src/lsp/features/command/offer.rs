//! Why a rep is offered a queue's work, or is not.

use lsp_types::{Range, Uri};
use serde::{Deserialize, Serialize};

use super::subject::{At, Subject};
use crate::answers::{Explanation, Holds, Step};
use crate::graph::{Graph, NodeId};
use crate::lsp::session::context::{Answer, Context, Refused};
use crate::schema::Kind;

/// What `explainOffer` can be asked.
#[derive(Serialize)]
pub(super) struct Choices {
    queues: Vec<String>,
    agents: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    queue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Params {
    uri: Uri,
    queue: String,
    agent: String,
}

#[derive(Serialize)]
pub(super) struct Explained {
    queue: String,
    agent: String,
    offered: Holds,
    text: String,
    reasons: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    holds: Holds,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<Uri>,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

pub(super) fn choices(cx: &Context<'_>, at: &At) -> Option<Choices> {
    let subject = Subject::of(cx, at)?;
    let graph = subject.graph();
    let names = |kind| {
        let nodes = graph.nodes().filter(|(_, node)| node.kind == kind);
        let mut names: Vec<String> = nodes.map(|(_, node)| node.name.to_string()).collect();
        names.sort_unstable();
        names
    };
    let of = |kind| {
        let found = [subject.named, subject.own].into_iter().flatten().find(|&node| graph.node(node).kind == kind);
        found.map(|node| graph.name(node).to_owned())
    };
    Some(Choices {
        queues: names(Kind::Queue),
        agents: names(Kind::User),
        queue: of(Kind::Queue),
        agent: of(Kind::User),
    })
}

pub(super) fn explain(cx: &Context<'_>, params: &Params) -> Answer<Option<Explained>> {
    let Some(subject) = Subject::of(cx, &At { uri: params.uri.clone(), position: None }) else { return Ok(None) };
    let graph = subject.graph();
    let queue = find(graph, Kind::Queue, &params.queue)?;
    let agent = find(graph, Kind::User, &params.agent)?;
    let explanation = Explanation::of(graph, queue, agent);
    let text = explanation.markdown(graph);
    let (queue, agent) = (graph.name(queue).to_owned(), graph.name(agent).to_owned());
    let Explanation { offered, steps, .. } = explanation;
    let told = steps.into_iter().map(|Step { holds, text, place, .. }| {
        let place = place.and_then(|place| cx.location(&subject.project, place));
        let (uri, range) = place.map(|place| (place.uri, place.range)).unzip();
        Told { holds, text, uri, range }
    });
    let reasons = told.collect();
    Ok(Some(Explained { queue, agent, offered, text, reasons }))
}

fn find(graph: &Graph, kind: Kind, name: &str) -> Answer<NodeId> {
    let noun = if kind == Kind::User { "rep" } else { kind.noun() };
    let unknown = || Refused::new(format!("neither the project nor its records know the {noun} `{name}`"));
    graph.find(kind, name).ok_or_else(unknown)
}
