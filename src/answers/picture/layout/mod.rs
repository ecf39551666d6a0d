//! Places the nodes of a graph in columns, so that edges run from left to right: the usual four steps of a layered
//! layout (no circles, columns, order within columns, coordinates). All lengths are in pixels.
//!
//! The editor's extension places nodes in the same way. Of the published crates none gives the ways of edges, which
//! must not run through other nodes.

mod columns;
#[expect(clippy::cast_precision_loss, reason = "nobody draws so many nodes")]
mod coordinates;
#[expect(clippy::cast_precision_loss, reason = "nobody draws so many nodes")]
mod order;
mod shapes;

pub(super) use shapes::{Layout, Line, PlacedEdge, Point, Size};

/// Same graph, same layout. An edge of a node with itself is left out, and so is the second from one node to another.
/// What no edge leads to or from stands in rows below the others.
pub(super) fn layout(sizes: &[Size], edges: &[Line]) -> Layout {
    let mut columns = columns::columns(sizes, edges);
    order::order(&mut columns);
    coordinates::coordinates(&columns, sizes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BOX: Size = Size { width: 100.0, height: 44.0 };

    fn laid_out(nodes: usize, edges: &[(usize, usize)]) -> Layout {
        let lines: Vec<Line> = edges.iter().map(|&(from, to)| Line { from, to, label: 30.0 }).collect();
        layout(&vec![BOX; nodes], &lines)
    }

    /// No two boxes overlap, all lie in the picture, and each edge runs from its one node's side to the other's.
    fn is_sound(layout: &Layout) -> bool {
        let inside = |p: &Point| {
            p.x >= 0.0 && p.y >= -0.1 && p.x + BOX.width <= layout.width && p.y + BOX.height <= layout.height + 0.1
        };
        let apart = |a: &Point, b: &Point| (a.x - b.x).abs() >= BOX.width || (a.y - b.y).abs() >= BOX.height;
        let nodes = &layout.nodes;
        let no_overlap = nodes.iter().enumerate().all(|(at, a)| nodes[at + 1..].iter().all(|b| apart(a, b)));
        let touches = |node: usize, end: &Point| {
            let corner = nodes[node];
            let side = (end.x - corner.x).abs() < 0.1 || (end.x - corner.x - BOX.width).abs() < 0.1;
            side && (end.y - corner.y - BOX.height / 2.0).abs() < 0.1
        };
        let joined = |edge: &PlacedEdge| {
            let ends = edge.points.first().zip(edge.points.last());
            ends.is_some_and(|(start, end)| touches(edge.from, start) && touches(edge.to, end))
        };
        nodes.iter().all(inside) && no_overlap && layout.edges.iter().all(joined)
    }

    #[test]
    fn edges_run_to_the_right_unless_they_close_a_circle() {
        let layout = laid_out(4, &[(0, 1), (1, 2), (0, 2), (0, 0), (0, 1)]);
        assert!(is_sound(&layout));
        assert_eq!(layout.edges.len(), 3, "one of itself and a second one are left out");
        let x = |node: usize| layout.nodes[node].x;
        assert!(x(0) < x(1) && x(1) < x(2));
        assert!(layout.nodes[3].y > layout.nodes[..3].iter().map(|p| p.y).fold(0.0, f64::max), "alone, and below");
        let circle = laid_out(3, &[(0, 1), (1, 2), (2, 0)]);
        assert!(is_sound(&circle));
        let back = circle.edges.iter().filter(|edge| circle.nodes[edge.from].x > circle.nodes[edge.to].x).count();
        assert_eq!(back, 1);
    }

    #[test]
    fn nothing_is_laid_out_as_nothing() {
        assert_eq!(laid_out(0, &[]), Layout::default());
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_graph_boxes_stand_apart(
            (nodes, edges) in (1_usize..24).prop_flat_map(|nodes| (Just(nodes), prop::collection::vec((0..nodes, 0..nodes), 0..50)))
        ) {
            let layout = laid_out(nodes, &edges);
            prop_assert!(is_sound(&layout), "{layout:?}");
            prop_assert_eq!(&layout, &laid_out(nodes, &edges));
        }
    }
}
