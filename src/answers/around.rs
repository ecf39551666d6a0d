//! The routing graph around a component: which components are near it, and how they name each other.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::graph::{Graph, NodeId};
use crate::schema::{Kind, Role};

/// Who looks at more than these sees nothing.
const MOST_NODES: usize = 200;

/// One that is walked on from.
struct Step {
    node: NodeId,
    far: usize,
    /// It lies on the way from a queue to those who grant the presence statuses that take its work.
    decides: bool,
}

/// False for what many name that have nothing to do with each other: it is shown, and what else names it is not.
const fn leads_on(kind: Kind) -> bool {
    !matches!(kind, Kind::OmniSupervisorConfig | Kind::Object | Kind::Profile | Kind::PermissionSet | Kind::User)
}

/// True for the way that decides who is offered work, from a queue's object over service channel and presence status to
/// profiles and permission sets. It is shown to its end, however far that is.
const fn decides(role: Role, forward: bool) -> bool {
    match role {
        Role::Holds => forward,
        Role::Carries | Role::Offers | Role::GrantsStatus => !forward,
        _ => false,
    }
}

/// The components around one, and the references between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbourhood {
    /// The component in the middle, then the others: the nearest first.
    pub nodes: Vec<NodeId>,
    /// The references between them: which component names which, and in which role.
    pub edges: Vec<(NodeId, NodeId, Role)>,
    /// How many are left out, though they are near enough.
    pub left_out: usize,
}

impl Neighbourhood {
    /// The neighbourhood of a component: what is at most `depth` references away, and what decides who is offered work.
    pub fn of(graph: &Graph, center: NodeId, depth: usize) -> Self {
        let mut nodes = vec![center];
        let mut seen = FxHashSet::from_iter([center]);
        let mut open = VecDeque::from([Step { node: center, far: 0, decides: true }]);
        let mut deciding = FxHashSet::default();
        while let Some(step) = open.pop_front() {
            let node = step.node;
            let walks = step.far < depth && (node == center || leads_on(graph.node(node).kind));
            for (from, to, edge) in graph.around(node) {
                let decides = depth > 1 && decides(edge.role, from == node) && (step.decides || from == node && walks);
                if !walks && !decides {
                    continue;
                }
                let other = if from == node { to } else { from };
                let is_new = seen.insert(other);
                if is_new && nodes.len() < MOST_NODES {
                    nodes.push(other);
                }
                // One that was found beside the way is walked on from again if it lies on it.
                let again = decides && deciding.insert(other);
                if nodes.len() < MOST_NODES && (is_new || again) {
                    open.push_back(Step { node: other, far: step.far + 1, decides });
                }
            }
        }
        let left_out = seen.len() - nodes.len();
        let place: FxHashMap<NodeId, usize> = nodes.iter().enumerate().map(|(at, &node)| (node, at)).collect();
        let all = nodes.iter().flat_map(|&node| graph.around(node).into_iter().filter(move |(from, ..)| *from == node));
        let mut told = FxHashSet::default();
        let edges = all.map(|(from, to, edge)| (from, to, edge.role));
        let edges = edges.filter(|edge| place.contains_key(&edge.1) && told.insert(*edge)).collect();
        Self { nodes, edges, left_out }
    }
}
