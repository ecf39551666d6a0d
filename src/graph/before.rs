//! What the graph of a project before an edit tells of the one after it.

use std::sync::Arc;

use petgraph::graph::Edge as NetEdge;

use super::input::ComponentInput;
use super::{Edge, Graph, NodeId};
use crate::schema::Kind;

/// The graph of what the project was. To look up each of a hundred thousand names takes longer than all else; of the
/// components that are still the same, the edges tell which of them are one name.
pub(super) struct Before<'g> {
    graph: &'g Graph,
    /// For each component of now, its edges of then, one for each mention, if it is the same.
    edges: Vec<Option<&'g [NetEdge<Edge>]>>,
}

/// What the nodes of a kind have become, as far as they have been met.
pub(super) struct Met<'g> {
    graph: &'g Graph,
    /// The first node of the kind.
    first: usize,
    /// For each of them, its number now.
    nodes: Vec<Option<u32>>,
}

impl<'g> Before<'g> {
    /// Both have their components in the order of their files.
    pub(super) fn of(graph: &'g Graph, components: &[Arc<ComponentInput>]) -> Self {
        let mut rest = graph.net.raw_edges();
        let own = |input: &'g Arc<ComponentInput>| {
            let (own, others) = rest.split_at_checked(input.mentions.len()).unwrap_or_default();
            rest = others;
            (input, own)
        };
        let mut then = graph.components.iter().map(own).peekable();
        let known = |input: &Arc<ComponentInput>| {
            while then.next_if(|(known, _)| known.component.file < input.component.file).is_some() {}
            let (_, edges) = then.next_if(|(known, _)| Arc::ptr_eq(known, input))?;
            (edges.len() == input.mentions.len()).then_some(edges)
        };
        Self { graph, edges: components.iter().map(known).collect() }
    }

    /// The edges that a component had, one for each of its mentions, if it is the same.
    pub(super) fn edges_of(&self, component: usize) -> Option<&'g [NetEdge<Edge>]> {
        self.edges.get(component).copied().flatten()
    }

    /// None of the nodes of this kind is met yet.
    pub(super) fn nodes_of(&self, kind: Kind) -> Met<'g> {
        let count = self.graph.names[kind as usize].len();
        Met { graph: self.graph, first: self.graph.first[kind as usize] as usize, nodes: vec![None; count] }
    }
}

impl Met<'_> {
    /// How many nodes there were.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The number of a node among those of the kind; none if it is of another.
    pub(super) fn number(&self, node: NodeId) -> Option<usize> {
        node.number().checked_sub(self.first).filter(|&number| number < self.nodes.len())
    }

    /// What the node with this number has become, if that is known.
    pub(super) fn now(&self, number: usize) -> Option<u32> {
        self.nodes.get(number).copied().flatten()
    }

    /// Remembers what a node has become. Not of a node that is written otherwise now: each of its mentions is compared.
    pub(super) fn meet(&mut self, number: usize, now: u32, name: &str) {
        let is_same = self.graph.name(NodeId::new(self.first + number)) == name;
        if let Some(known) = self.nodes.get_mut(number).filter(|_| is_same) {
            *known = Some(now);
        }
    }
}
