// Which part of a drawing that is wider than its frame is seen first.

import type { PlacedNode } from "./shapes";

/** Space that is left beside the leftmost node. */
const BESIDE = 8;

/**
 * The left edge of a part as wide as `seen`, with the node of an id as near to its middle as can be without another
 * node being cut off on the left.
 */
export function leftEdge(nodes: readonly PlacedNode[], id: string | undefined, seen: number): number {
    const middle = nodes.find((node) => node.id === id);
    if (middle === undefined) {
        return 0;
    }
    const wish = middle.x + middle.width / 2 - seen / 2;
    const edges = nodes
        .map(({ x }) => Math.max(0, x - BESIDE))
        .filter((edge) => edge <= middle.x && middle.x + middle.width <= edge + seen)
        .filter((edge) => !nodes.some(({ x, width }) => x < edge && edge < x + width))
        .toSorted((one, other) => Math.abs(one - wish) - Math.abs(other - wish));
    return edges[0] ?? Math.max(0, Math.min(wish, middle.x));
}
