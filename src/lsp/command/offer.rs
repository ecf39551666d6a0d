//! Why a rep is offered a queue's work, or is not.

use lsp_types::{Range, Uri};
use serde::{Deserialize, Serialize};

use super::At;
use super::offer_words::Answers;
use super::subject::Subject;
use crate::graph::{Graph, NodeId};
use crate::lsp::context::{Answer, Context, Refused};
use crate::schema::Kind;
use crate::source::Location;
use crate::text::markdown::{code, prose};
use crate::text::one_line;

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

/// Whether something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Holds {
    Yes,
    No,
    Unknown,
}

/// One step on the way from work to rep.
#[derive(Clone, Debug)]
pub(super) struct Reason {
    pub(super) holds: Holds,
    /// A sentence without a full stop; what stands in back-quotes is code.
    pub(super) text: String,
    pub(super) place: Option<Location>,
    /// True if it is about some of the work alone.
    pub(super) for_some: bool,
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
    let reasons = Answers { graph, queue, agent }.all();
    let holds = |holds| reasons.iter().any(|reason| reason.holds == holds && !reason.for_some);
    let depends = reasons.iter().any(|reason| reason.holds != Holds::Yes && reason.for_some);
    let offered = if holds(Holds::No) {
        Holds::No
    } else if holds(Holds::Unknown) || depends {
        Holds::Unknown
    } else {
        Holds::Yes
    };
    let (queue, agent) = (graph.name(queue).to_owned(), graph.name(agent).to_owned());
    let text = markdown(&queue, &agent, offered, &reasons);
    let told = reasons.into_iter().map(|Reason { holds, text, place, .. }| {
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

/// The answer as people read it: what decides first, then every step.
fn markdown(queue: &str, agent: &str, offered: Holds, reasons: &[Reason]) -> String {
    let of_all = |holds| reasons.iter().find(|reason| reason.holds == holds && !reason.for_some);
    let words = |reason: &Reason| prose(&one_line(&reason.text));
    let first = |holds| of_all(holds).map(words).unwrap_or_default();
    let (agent, queue) = (code(&one_line(agent)), code(&one_line(queue)));
    let head = match offered {
        Holds::Yes => {
            format!("**{agent} is offered work of {queue}**, while online in such a status and with capacity left.")
        }
        Holds::No => format!("**{agent} is not offered work of {queue}:** {}.", first(Holds::No)),
        Holds::Unknown if of_all(Holds::Unknown).is_none() => {
            format!("**Whether {agent} is offered work of {queue} depends on the work:** see below.")
        }
        Holds::Unknown => {
            format!("**Whether {agent} is offered work of {queue} is not known:** {}.", first(Holds::Unknown))
        }
    };
    let line = |reason: &Reason| {
        let holds = match reason.holds {
            Holds::Yes => "yes",
            Holds::No => "no",
            Holds::Unknown => "unknown",
        };
        format!("- **{holds}**: {}\n", words(reason))
    };
    let lines: String = reasons.iter().map(line).collect();
    format!("{head}\n\n{lines}")
}
