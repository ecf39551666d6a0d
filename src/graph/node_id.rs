//! What stands for a node outside of the graph.

use petgraph::graph::NodeIndex;

/// A node of one graph: a component, or a name that something mentions. In another graph it stands for something else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(NodeIndex);

impl NodeId {
    pub(super) fn new(number: usize) -> Self {
        Self(NodeIndex::new(number))
    }

    pub(super) const fn of(node: NodeIndex) -> Self {
        Self(node)
    }

    /// Its number among all nodes.
    pub(super) fn number(self) -> usize {
        self.0.index()
    }

    /// What petgraph knows it by.
    pub(super) const fn in_net(self) -> NodeIndex {
        self.0
    }
}
