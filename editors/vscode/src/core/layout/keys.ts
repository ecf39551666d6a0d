// Which node an arrow key leads to.

import type { PlacedNode } from "./shapes";

const DIRECTIONS: Record<string, { x: number; y: number }> = {
    ArrowLeft: { x: -1, y: 0 },
    ArrowRight: { x: 1, y: 0 },
    ArrowUp: { x: 0, y: -1 },
    ArrowDown: { x: 0, y: 1 },
};

/** The nearest node in that direction; what lies aside of it counts as farther. */
export function nextNode(nodes: readonly PlacedNode[], from: string, key: string): string | undefined {
    const direction = DIRECTIONS[key];
    const start = nodes.find(({ id }) => id === from);
    if (direction === undefined || start === undefined) {
        return undefined;
    }
    let best: { id: string; cost: number } | undefined;
    for (const node of nodes) {
        const x = node.x + node.width / 2 - start.x - start.width / 2;
        const y = node.y + node.height / 2 - start.y - start.height / 2;
        const along = x * direction.x + y * direction.y;
        const aside = Math.abs(x * direction.y) + Math.abs(y * direction.x);
        // Up and down stay in the column: nodes of one column have one middle.
        const reachable = along > 1 && (direction.x !== 0 || aside <= 1);
        const cost = along + 2 * aside;
        if (reachable && (best === undefined || cost < best.cost)) {
            best = { id: node.id, cost };
        }
    }
    return best?.id;
}
