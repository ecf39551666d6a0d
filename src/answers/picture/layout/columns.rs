//! Steps one and two: turns edges round so that there is no circle, gives each node a column, and cuts edges that pass
//! columns into pieces, with a place in each column that they pass.

use petgraph::Direction;
use petgraph::algo::{greedy_feedback_arc_set, toposort};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashSet;

use super::shapes::{Chain, Columns, Line, Size, Slot};

type Net = DiGraph<(), ()>;

pub(super) fn columns(sizes: &[Size], lines: &[Line]) -> Columns {
    let mut seen = FxHashSet::default();
    let is_new = |&&Line { from, to, .. }: &&Line| from != to && to.max(from) < sizes.len() && seen.insert((from, to));
    let lines: Vec<Line> = lines.iter().filter(is_new).copied().collect();
    let edges: Vec<(usize, usize)> = lines.iter().map(|line| (line.from, line.to)).collect();
    let (net, backwards) = without_circles(sizes.len(), &edges);
    let depth = depths(&net);
    let mut made = Columns::default();
    for (node, &column) in depth.iter().enumerate() {
        made.slots.push(Slot { node: Some(node), column, ..Slot::default() });
        if net.neighbors_undirected(NodeIndex::new(node)).next().is_none() {
            made.alone.push(node);
        } else {
            made.stand(node, column);
        }
    }
    for (number, &(from, to)) in edges.iter().enumerate() {
        let backwards = backwards.contains(&number);
        let (start, end) = if backwards { (to, from) } else { (from, to) };
        let mut slots = vec![start];
        for column in depth[start] + 1..depth[end] {
            let slot = made.slots.len();
            made.slots.push(Slot { column, ..Slot::default() });
            made.stand(slot, column);
            slots.push(slot);
        }
        slots.push(end);
        for pair in slots.windows(2) {
            made.slots[pair[0]].right.push(pair[1]);
            made.slots[pair[1]].left.push(pair[0]);
        }
        made.chains.push(Chain { from, to, slots, backwards, label: lines[number].label });
    }
    made
}

impl Columns {
    fn stand(&mut self, slot: usize, column: usize) {
        if self.stacks.len() <= column {
            self.stacks.resize(column + 1, Vec::new());
        }
        self.stacks[column].push(slot);
    }
}

/// The graph with few edges turned round so that no circle is left, and the numbers of these edges.
fn without_circles(nodes: usize, edges: &[(usize, usize)]) -> (Net, FxHashSet<usize>) {
    let mut net = Net::with_capacity(nodes, edges.len());
    for _ in 0..nodes {
        net.add_node(());
    }
    for &(from, to) in edges {
        net.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
    }
    let mut turned: FxHashSet<usize> = FxHashSet::default();
    if toposort(&net, None).is_err() {
        turned = greedy_feedback_arc_set(&net).map(|edge| edge.id().index()).collect();
        let ends = |number: usize| edges.get(number).copied().unwrap_or_default();
        let mut straight = Net::with_capacity(nodes, edges.len());
        for _ in 0..nodes {
            straight.add_node(());
        }
        for number in 0..edges.len() {
            let (from, to) = ends(number);
            let (from, to) = if turned.contains(&number) { (to, from) } else { (from, to) };
            straight.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
        }
        net = straight;
    }
    (net, turned)
}

/// The longest way to each node; then nodes that only have something on their right move next to it.
fn depths(net: &Net) -> Vec<usize> {
    let mut depth = vec![0_usize; net.node_count()];
    // Without circles there is an order.
    for node in toposort(net, None).unwrap_or_default() {
        let before = net.neighbors_directed(node, Direction::Incoming);
        depth[node.index()] = before.map(|before| depth[before.index()] + 1).max().unwrap_or(0);
    }
    for node in net.node_indices() {
        let right = net.neighbors_directed(node, Direction::Outgoing).map(|next| depth[next.index()]).min();
        if let Some(right) = right
            && net.neighbors_directed(node, Direction::Incoming).next().is_none()
        {
            depth[node.index()] = right.saturating_sub(1);
        }
    }
    depth
}
