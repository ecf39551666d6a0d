//! The routing graph around a component.

use lsp_types::{Position, Range, Uri};
use serde::{Deserialize, Serialize};

use super::subject::{At, Subject};
use crate::answers::state::state;
use crate::answers::{Neighbourhood, facts, roles};
use crate::graph::{Graph, NodeId};
use crate::lsp::session::context::Context;
use crate::schema::Role;

/// How far it goes unless somebody says otherwise.
const DEPTH: usize = 2;

#[derive(Deserialize)]
pub(super) struct Params {
    uri: Uri,
    #[serde(default)]
    position: Option<Position>,
    #[serde(default)]
    depth: Option<usize>,
}

#[derive(Serialize)]
pub(super) struct RoutingGraph {
    center: Option<String>,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    mermaid: String,
    text: String,
}

#[derive(Serialize)]
struct Node {
    id: String,
    kind: &'static str,
    noun: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<Uri>,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
    facts: Vec<String>,
}

#[derive(Serialize)]
struct Edge {
    from: String,
    to: String,
    role: String,
    label: &'static str,
}

pub(super) fn graph(cx: &Context<'_>, params: &Params) -> Option<RoutingGraph> {
    let subject = Subject::of(cx, &At { uri: params.uri.clone(), position: params.position })?;
    let graph = subject.graph();
    let center = subject.named.or(subject.own)?;
    let found = Neighbourhood::of(graph, center, params.depth.unwrap_or(DEPTH));
    let node = |&node: &NodeId| {
        let (uri, range) = cx.home(&subject.project, node).map(|home| (home.uri, home.range)).unzip();
        let of = graph.node(node);
        Node {
            id: id(graph, node),
            kind: of.kind.as_str(),
            noun: of.kind.noun(),
            name: of.name.to_string(),
            label: facts::label(graph, node).map(str::to_owned),
            state: state(of.resolution),
            uri,
            range,
            facts: facts::facts(graph, node),
        }
    };
    let edge = |&(from, to, role): &(NodeId, NodeId, Role)| Edge {
        from: id(graph, from),
        to: id(graph, to),
        role: roles::name_of(role),
        label: roles::words(role),
    };
    Some(RoutingGraph {
        center: Some(id(graph, center)),
        nodes: found.nodes.iter().map(node).collect(),
        edges: found.edges.iter().map(edge).collect(),
        mermaid: found.mermaid(graph),
        text: found.text(graph),
    })
}

/// The same in every session.
fn id(graph: &Graph, node: NodeId) -> String {
    let of = graph.node(node);
    format!("{}:{}", of.kind.as_str(), of.name)
}
