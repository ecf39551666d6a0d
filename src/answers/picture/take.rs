//! From the graph to a picture.

use rustc_hash::{FxHashMap, FxHashSet};

use super::value::{Picture, PictureEdge, PictureNode};
use crate::answers::around::Neighbourhood;
use crate::graph::{Graph, NodeId, Resolution};
use crate::schema::{Kind, Role};

impl Picture {
    /// The whole project: its components, and what they name. Of the types that are not Omni-Channel's own, only what
    /// has a reference.
    pub fn whole(graph: &Graph) -> Self {
        let edges = graph.edges().filter(|(.., edge)| !edge.shadowed);
        let edges: Vec<_> = edges.map(|(from, to, edge)| (from, to, edge.role)).collect();
        let ends: FxHashSet<NodeId> = edges.iter().flat_map(|&(from, to, _)| [from, to]).collect();
        let is_own = |kind: Kind, resolution| kind.is_omni_channel() && resolution == Resolution::Here;
        let nodes = graph.nodes().filter(|(id, node)| ends.contains(id) || is_own(node.kind, node.resolution));
        let mut nodes: Vec<NodeId> = nodes.map(|(id, _)| id).collect();
        let key = |id: &NodeId| (graph.node(*id).kind, graph.name(*id).to_lowercase());
        nodes.sort_by_cached_key(key);
        Self::of(graph, &nodes, &edges, None, 0)
    }

    /// What is around a component.
    pub fn around(graph: &Graph, found: &Neighbourhood) -> Self {
        Self::of(graph, &found.nodes, &found.edges, Some(0).filter(|_| !found.nodes.is_empty()), found.left_out)
    }

    fn of(
        graph: &Graph,
        nodes: &[NodeId],
        edges: &[(NodeId, NodeId, Role)],
        center: Option<usize>,
        left_out: usize,
    ) -> Self {
        let place: FxHashMap<NodeId, usize> = nodes.iter().enumerate().map(|(at, &node)| (node, at)).collect();
        let mut seen = FxHashSet::default();
        let edge = |&(from, to, role): &(NodeId, NodeId, Role)| {
            let (&from, &to) = (place.get(&from)?, place.get(&to)?);
            seen.insert((from, to, role)).then_some(PictureEdge { from, to, role, count: 1 })
        };
        let edges = edges.iter().filter_map(edge).collect();
        Self { center, nodes: nodes.iter().map(|&id| taken(graph, id)).collect(), edges, left_out }
    }

    /// Keeps what is of one of these kinds, and the component in the middle. All if there are none.
    #[must_use]
    pub fn of_kinds(mut self, kinds: &[Kind]) -> Self {
        if kinds.is_empty() {
            return self;
        }
        let is_kept = |at: usize, node: &PictureNode| Some(at) == self.center || kinds.contains(&node.kind);
        let kept: Vec<bool> = self.nodes.iter().enumerate().map(|(at, node)| is_kept(at, node)).collect();
        let mut next = 0;
        let number = |&kept: &bool| {
            let own = next;
            next += usize::from(kept);
            kept.then_some(own)
        };
        let places: Vec<Option<usize>> = kept.iter().map(number).collect();
        let place = |at: usize| places.get(at).copied().flatten();
        let edge = |edge: &PictureEdge| Some(PictureEdge { from: place(edge.from)?, to: place(edge.to)?, ..*edge });
        self.edges = self.edges.iter().filter_map(edge).collect();
        self.center = self.center.and_then(place);
        let mut kept = kept.into_iter();
        self.nodes.retain(|_| kept.next() == Some(true));
        self
    }
}

fn taken(graph: &Graph, id: NodeId) -> PictureNode {
    let node = graph.node(id);
    let file = match node.resolution {
        Resolution::Ignored(file) => graph.files.get(file.0 as usize).map(|file| &**file),
        _ => graph.components_of(id).next().and_then(|of| graph.file_of(of.location())),
    };
    PictureNode {
        kind: node.kind,
        name: node.name.to_string(),
        resolution: node.resolution,
        path: file.map(|file| file.path.clone()),
        count: 1,
    }
}
