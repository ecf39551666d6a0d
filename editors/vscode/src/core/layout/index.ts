// Places the nodes of a graph in columns, so that edges run from left to right: the usual four steps of a layered layout
// (no circles, columns, order within columns, coordinates). Graphs here have tens of nodes, so plain loops do.

import { columns } from "./columns";
import { order } from "./order";
import { coordinates } from "./coordinates";
import type { Gaps, Layout, Line, Size } from "./shapes";

export type { Gaps, Layout, Line, PlacedEdge, PlacedNode, Point, Size } from "./shapes";

const GAPS: Gaps = { column: 120, row: 18, margin: 16 };

/** Same graph, same layout. Edges between the same two nodes, and of a node with itself, count once or not at all. */
export function layout(sizes: readonly Size[], lines: readonly Line[], gaps: Gaps = GAPS): Layout {
    const nodes = [...new Map(sizes.map((size) => [size.id, size])).values()];
    const known = new Set(nodes.map(({ id }) => id));
    const edges = [...new Map(lines.map((line) => [JSON.stringify([line.from, line.to]), line])).values()].filter(
        ({ from, to }) => from !== to && known.has(from) && known.has(to),
    );
    return coordinates(order(columns(nodes, edges)), gaps);
}
