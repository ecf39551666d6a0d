//! What components need to be deployed, and what depends on them: the references followed to their ends.

mod fields;
mod order;

use std::collections::VecDeque;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};

pub use fields::FieldNamed;

use super::{Edge, Graph, NodeId, Resolution, World};
use crate::schema::{Kind, Role};
use crate::source::Location;

/// Which way references are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// To what is named: a deploy needs it.
    Needs,
    /// To what names it.
    Dependents,
}

/// A reference by which something is in a closure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Because {
    /// What refers.
    pub from: NodeId,
    /// What is referred to.
    pub to: NodeId,
    /// What for.
    pub role: Role,
    /// Where it says so.
    pub location: Location,
}

/// A component of a closure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosureMember {
    /// The component.
    pub node: NodeId,
    /// The last reference of a shortest way from what was asked for; none for that itself.
    pub because: Option<Because>,
}

/// A name at which the way ends, because the project does not define it or keeps it out of a deploy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosureEnd {
    /// The name.
    pub node: NodeId,
    /// The first reference to it.
    pub because: Because,
    /// True if it is most likely a slip, or the user says that the project is all there is: a deploy fails.
    pub is_missing: bool,
}

/// Components, and everything that they need or that depends on them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closure {
    /// The components: each after what it needs, as far as there is no circle.
    pub members: Vec<ClosureMember>,
    /// Components that need each other, sorted; each circle once.
    pub circles: Vec<Vec<NodeId>>,
    /// The names at which the way ends, by kind and name.
    pub ends: Vec<ClosureEnd>,
}

impl Closure {
    /// Follows the references of `asked`, in the order given.
    pub fn of(graph: &Graph, asked: &[NodeId], follow: Follow) -> Self {
        let mut found: IndexMap<NodeId, Option<Because>, FxBuildHasher> = IndexMap::default();
        let mut ends: IndexMap<NodeId, ClosureEnd, FxBuildHasher> = IndexMap::default();
        let mut open = VecDeque::new();
        for &node in asked {
            if found.insert(node, None).is_none() {
                open.push_back(node);
            }
        }
        while let Some(node) = open.pop_front() {
            for (from, to, edge) in graph.around(node) {
                let (own, other) = if follow == Follow::Needs { (from, graph.meant(to, edge)) } else { (to, from) };
                if own != node || other == node {
                    continue;
                }
                let because = Because { from, to, role: edge.role, location: edge.location };
                if graph.node(other).resolution == Resolution::Here {
                    found.entry(other).or_insert_with(|| {
                        open.push_back(other);
                        Some(because)
                    });
                } else {
                    let is_missing = graph.is_missing(other, edge);
                    let end = ends.entry(other).or_insert(ClosureEnd { node: other, because, is_missing });
                    end.is_missing |= is_missing;
                }
            }
        }
        let nodes: FxHashSet<NodeId> = found.keys().copied().collect();
        let order::Ordered { nodes, circles } = order::order(graph, &nodes);
        let member = |node: NodeId| ClosureMember { node, because: found.get(&node).copied().flatten() };
        let mut ends: Vec<ClosureEnd> = ends.into_values().collect();
        ends.sort_by_cached_key(|end| order::key(graph, end.node));
        Self { members: nodes.into_iter().map(member).collect(), circles, ends }
    }
}

impl Graph {
    /// What a reference means: a flow that looks up a queue may mean the public group of that name, since in an org both are
    /// of one object.
    fn meant(&self, to: NodeId, edge: &Edge) -> NodeId {
        if edge.role != Role::MayLookUp || self.is_known(to) {
            return to;
        }
        self.find(Kind::Group, self.name(to)).filter(|&group| self.is_known(group)).unwrap_or(to)
    }

    /// True if the project should define what a reference names, and does not: by the same measure as OC201.
    fn is_missing(&self, node: NodeId, edge: &Edge) -> bool {
        let of = self.node(node);
        let Resolution::Unknown { has_siblings } = of.resolution else { return false };
        let merely_looked_up = matches!(edge.role, Role::LooksUp | Role::MayLookUp);
        match self.world {
            World::Open => false,
            World::Closed => !merely_looked_up,
            World::Project => {
                has_siblings
                    && !merely_looked_up
                    && !of.name.contains("__")
                    && self.around.dependencies.is_empty()
                    && self.around.file_of(of.kind, &of.name).is_none()
            }
        }
    }
}
