//! What stands around a node.

use petgraph::Direction;
use petgraph::visit::EdgeRef;

use super::super::{Edge, Graph, NodeId, in_order};

impl Graph {
    /// The references that a node makes and those to it, as an org gets them: from, to, and the reference, in the order
    /// of the components' paths and places.
    pub fn around(&self, node: NodeId) -> Vec<(NodeId, NodeId, &Edge)> {
        let out = self.net.edges_directed(node.in_net(), Direction::Outgoing);
        let into =
            self.net.edges_directed(node.in_net(), Direction::Incoming).filter(|edge| edge.source() != node.in_net());
        in_order(out.chain(into).filter(|edge| !edge.weight().shadowed))
    }
}
