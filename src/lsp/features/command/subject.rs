//! The component that a command is about.

use std::sync::Arc;

use lsp_types::{Position, Range, Uri};
use serde::{Deserialize, Serialize};

use crate::graph::{Graph, NodeId};
use crate::lsp::session::context::{Context, Here};
use crate::lsp::session::state::ProjectState;
use crate::lsp::text::cursor::mention_at;

/// A file, and perhaps a place in it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct At {
    pub(super) uri: Uri,
    #[serde(default)]
    pub(super) position: Option<Position>,
}

/// What a command is about.
pub(super) struct Subject {
    pub(super) project: Arc<ProjectState>,
    /// What is named at the place.
    pub(super) named: Option<NodeId>,
    /// The component of the file.
    pub(super) own: Option<NodeId>,
}

impl Subject {
    /// None if the file is of no project.
    pub(super) fn of(cx: &Context<'_>, at: &At) -> Option<Self> {
        let here = cx.here(&at.uri)?;
        let (project, _) = here.project.as_ref()?;
        let project = Arc::clone(project);
        let named = at.position.and_then(|position| named(cx, &here, position));
        let own = here.node();
        Some(Self { project, named, own })
    }

    pub(super) fn graph(&self) -> &Graph {
        &self.project.analysis.graph
    }
}

/// What is named at a place of the buffer, if the project knows the name.
fn named(cx: &Context<'_>, here: &Here, position: Position) -> Option<NodeId> {
    let offset = cx.offset(&here.text, position);
    let parsed = here.parsed()?;
    let mentions = parsed.mentions(here.version());
    let mention = mention_at(offset, &mentions)?;
    here.graph()?.find(mention.to, mention.name)
}

/// A component, for the client.
#[derive(Serialize)]
pub(super) struct ComponentAt {
    kind: &'static str,
    noun: &'static str,
    name: String,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<Uri>,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

/// The component that is named at the place, else that of the file.
pub(super) fn component_at(cx: &Context<'_>, at: &At) -> Option<ComponentAt> {
    let subject = Subject::of(cx, at)?;
    let graph = subject.graph();
    let is_here = |node: &NodeId| graph.components_of(*node).next().is_some();
    let node = subject.named.filter(is_here).or(subject.own)?;
    let of = graph.node(node);
    let own = graph.components_of(node).next().and_then(|component| graph.files.get(component.file.0 as usize));
    let file = own.or_else(|| graph.files.get(subject.project.file_of(of.kind, &of.name)?.0 as usize))?;
    let home = cx.home(&subject.project, node);
    let (uri, range) = home.map(|home| (home.uri, home.range)).unzip();
    let (kind, noun) = (of.kind.as_str(), of.kind.noun());
    Some(ComponentAt { kind, noun, name: of.name.to_string(), path: file.path.clone(), uri, range })
}
