//! A graph before and after it is laid out.

/// The size of a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::answers::picture) struct Size {
    pub(in crate::answers::picture) width: f64,
    pub(in crate::answers::picture) height: f64,
}

/// An edge between two nodes, by their numbers, and how wide what it is called is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::answers::picture) struct Line {
    pub(in crate::answers::picture) from: usize,
    pub(in crate::answers::picture) to: usize,
    pub(in crate::answers::picture) label: f64,
}

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::answers::picture) struct Point {
    pub(in crate::answers::picture) x: f64,
    pub(in crate::answers::picture) y: f64,
}

/// An edge with the points that it runs through, from the one node's side to the other's.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::answers::picture) struct PlacedEdge {
    pub(in crate::answers::picture) from: usize,
    pub(in crate::answers::picture) to: usize,
    pub(in crate::answers::picture) points: Vec<Point>,
    /// The middle of the place for what it is called.
    pub(in crate::answers::picture) label: Point,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::answers::picture) struct Layout {
    /// For each node, its left upper corner.
    pub(in crate::answers::picture) nodes: Vec<Point>,
    pub(in crate::answers::picture) edges: Vec<PlacedEdge>,
    pub(in crate::answers::picture) width: f64,
    pub(in crate::answers::picture) height: f64,
}

/// A node, or a place where an edge passes a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    /// None where an edge passes.
    pub(super) node: Option<usize>,
    pub(super) column: usize,
    /// The slots beside it, by their numbers.
    pub(super) left: Vec<usize>,
    pub(super) right: Vec<usize>,
}

/// The slots that an edge runs through.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub(super) from: usize,
    pub(super) to: usize,
    /// From left to right, whichever way the edge runs.
    pub(super) slots: Vec<usize>,
    /// The edge runs from right to left.
    pub(super) backwards: bool,
    /// How wide what it is called is.
    pub(super) label: f64,
}

/// Slots in columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Those of the nodes first, by the numbers of these; what stands alone has one and is in no column.
    pub(super) slots: Vec<Slot>,
    /// For each column, its slots from the top to the bottom.
    pub(super) stacks: Vec<Vec<usize>>,
    pub(super) chains: Vec<Chain>,
    /// The nodes that no edge leads to or from.
    pub(super) alone: Vec<usize>,
}
