//! A large picture, made small enough to be read: kinds with many components become one node each.

use std::cmp::Reverse;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::value::{Picture, PictureEdge, PictureNode};
use crate::graph::Resolution;
use crate::schema::{Kind, Role};

/// A kind, and whether what is folded is missing: that is worth being seen apart.
type Group = (Kind, bool);

fn group(node: &PictureNode) -> Group {
    (node.kind, node.is_missing())
}

impl Picture {
    /// Folds kinds, the most numerous first, until at most `most` nodes are left or nothing is left to fold. The
    /// component in the middle stands for itself.
    #[must_use]
    pub fn folded(self, most: usize) -> Self {
        let mut sizes: FxHashMap<Group, usize> = FxHashMap::default();
        for (at, node) in self.nodes.iter().enumerate() {
            *sizes.entry(group(node)).or_default() += usize::from(Some(at) != self.center);
        }
        let mut groups: Vec<(Group, usize)> = sizes.into_iter().filter(|(_, size)| *size > 1).collect();
        groups.sort_unstable_by_key(|&(group, size)| (Reverse(size), group));
        let mut left = self.nodes.len();
        let mut folded = Vec::new();
        for (group, size) in groups {
            if left <= most {
                break;
            }
            left -= size - 1;
            folded.push(group);
        }
        if folded.is_empty() { self } else { self.fold(&folded) }
    }

    fn fold(self, folded: &[Group]) -> Self {
        let mut nodes: Vec<PictureNode> = Vec::new();
        let mut of_group: FxHashMap<Group, usize> = FxHashMap::default();
        let mut places = Vec::with_capacity(self.nodes.len());
        for (at, node) in self.nodes.into_iter().enumerate() {
            let own = group(&node);
            let is_folded = Some(at) != self.center && folded.contains(&own);
            if let Some(&place) = of_group.get(&own).filter(|_| is_folded) {
                let into = &mut nodes[place];
                into.count += 1;
                if into.resolution != node.resolution {
                    into.resolution = common(own);
                }
                places.push(place);
                continue;
            }
            places.push(nodes.len());
            if is_folded {
                of_group.insert(own, nodes.len());
                nodes.push(PictureNode { name: String::new(), path: None, ..node });
            } else {
                nodes.push(node);
            }
        }
        let mut edges: IndexMap<(usize, usize, Role), usize, FxBuildHasher> = IndexMap::default();
        for PictureEdge { from, to, role, count } in self.edges {
            *edges.entry((places[from], places[to], role)).or_default() += count;
        }
        let edges = edges.into_iter().map(|((from, to, role), count)| PictureEdge { from, to, role, count }).collect();
        Self { center: self.center.map(|at| places[at]), nodes, edges, left_out: self.left_out }
    }
}

/// What is said of several of which different things are known.
const fn common((_, is_missing): Group) -> Resolution {
    if is_missing { Resolution::Unknown { has_siblings: true } } else { Resolution::External }
}
