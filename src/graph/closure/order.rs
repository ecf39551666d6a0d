//! The order in which components can be deployed, and their circles.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::{Graph, NodeId};
use crate::schema::Kind;

/// Components, each after what it needs.
pub(super) struct Ordered {
    pub(super) nodes: Vec<NodeId>,
    pub(super) circles: Vec<Vec<NodeId>>,
}

/// By what components that may stand in any order are sorted.
pub(super) fn key(graph: &Graph, node: NodeId) -> (Kind, String, NodeId) {
    (graph.node(node).kind, graph.name(node).to_lowercase(), node)
}

/// Orders components. A circle stands together, in the place of its first.
pub(super) fn order(graph: &Graph, nodes: &FxHashSet<NodeId>) -> Ordered {
    let mut sorted: Vec<NodeId> = nodes.iter().copied().collect();
    sorted.sort_by_cached_key(|&node| key(graph, node));
    let place: FxHashMap<NodeId, usize> = sorted.iter().enumerate().map(|(at, &node)| (node, at)).collect();
    let mut net: DiGraph<(), ()> = DiGraph::with_capacity(sorted.len(), 0);
    for _ in &sorted {
        net.add_node(());
    }
    for (at, &node) in sorted.iter().enumerate() {
        let needed = graph.around(node).into_iter().filter(|(from, ..)| *from == node);
        let needed = needed.filter_map(|(_, to, edge)| place.get(&graph.meant(to, edge)));
        for &to in needed.filter(|&&to| to != at) {
            net.update_edge(NodeIndex::new(at), NodeIndex::new(to), ());
        }
    }
    // Whatever the order of petgraph, ours is by names.
    let mut groups: Vec<Vec<usize>> = kosaraju_scc(&net)
        .into_iter()
        .map(|group| {
            let mut group: Vec<usize> = group.into_iter().map(NodeIndex::index).collect();
            group.sort_unstable();
            group
        })
        .collect();
    groups.sort_unstable();
    let circles = groups.iter().filter(|group| group.len() > 1);
    let circles = circles.map(|group| group.iter().map(|&at| sorted[at]).collect()).collect();
    let nodes = after_needs(&net, &groups).into_iter().map(|at| sorted[at]).collect();
    Ordered { nodes, circles }
}

/// The members of the groups, each group after those it needs: of those that can be next, the first.
fn after_needs(net: &DiGraph<(), ()>, groups: &[Vec<usize>]) -> Vec<usize> {
    let mut group_of = vec![0; net.node_count()];
    for (number, group) in groups.iter().enumerate() {
        for &at in group {
            group_of[at] = number;
        }
    }
    let mut left = vec![0_usize; groups.len()];
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    for edge in net.raw_edges() {
        let (from, to) = (group_of[edge.source().index()], group_of[edge.target().index()]);
        if from != to {
            left[from] += 1;
            needed_by[to].push(from);
        }
    }
    let ready = left.iter().enumerate().filter(|(_, left)| **left == 0);
    let mut ready: BinaryHeap<Reverse<usize>> = ready.map(|(number, _)| Reverse(number)).collect();
    let mut order = Vec::with_capacity(net.node_count());
    while let Some(Reverse(number)) = ready.pop() {
        order.extend(&groups[number]);
        for &other in &needed_by[number] {
            left[other] -= 1;
            if left[other] == 0 {
                ready.push(Reverse(other));
            }
        }
    }
    order
}
