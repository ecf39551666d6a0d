//! What stands around a node.

use petgraph::Direction;
use petgraph::visit::EdgeRef;

use super::super::{Edge, Graph, NodeId};

impl Graph {
    /// The references that a node makes and those to it, as an org gets them: from, to, and the reference, in the order
    /// of the components' paths and places.
    pub fn around(&self, node: NodeId) -> Vec<(NodeId, NodeId, &Edge)> {
        let out = self.net.edges_directed(node, Direction::Outgoing);
        let into = self.net.edges_directed(node, Direction::Incoming).filter(|edge| edge.source() != node);
        let mut edges: Vec<_> = out.chain(into).filter(|edge| !edge.weight().shadowed).collect();
        edges.sort_unstable_by_key(EdgeRef::id);
        edges.into_iter().map(|edge| (edge.source(), edge.target(), edge.weight())).collect()
    }
}
