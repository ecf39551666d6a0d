// Step four: columns become x, places in them y, as near to the neighbours' as the order allows.

import type { Gaps, Layout, PlacedEdge, PlacedNode, Point } from "./shapes";
import type { Chain, Columns, Slot } from "./columns";

const ROUNDS = 6;

export function coordinates({ columns, chains }: Columns, gaps: Gaps): Layout {
    const middle = rows(columns, gaps.row);
    const left: number[] = [];
    let x = gaps.margin;
    const widths = columns.map((column) => Math.max(0, ...column.map(({ node }) => node?.width ?? 0)));
    for (const width of widths) {
        left.push(x);
        x += width + gaps.column;
    }
    const top = Math.min(...[...middle].map(([slot, y]) => y - height(slot) / 2)) - gaps.margin;
    const at = (slot: Slot): Point => ({
        x: (left[slot.column] ?? 0) + (widths[slot.column] ?? 0) / 2,
        y: (middle.get(slot) ?? 0) - top,
    });
    const nodes = columns.flat().flatMap((slot): PlacedNode[] => {
        if (slot.node === undefined) {
            return [];
        }
        const center = at(slot);
        return [{ ...slot.node, x: center.x - slot.node.width / 2, y: center.y - slot.node.height / 2 }];
    });
    const bottom = Math.max(0, ...nodes.map((node) => node.y + node.height));
    return {
        nodes,
        edges: chains.map((chain) => edge(chain, at, widths)),
        width: columns.length === 0 ? 2 * gaps.margin : x - gaps.column + gaps.margin,
        height: bottom + gaps.margin,
    };
}

/** From the right side of the one node to the left side of the other; columns in between are passed straight. */
function edge({ line, slots, backwards }: Chain, at: (slot: Slot) => Point, widths: readonly number[]): PlacedEdge {
    const points = slots.flatMap((slot, index) => {
        const { x, y } = at(slot);
        const half = (slot.node?.width ?? widths[slot.column] ?? 0) / 2;
        const sides = [
            { x: x - half, y },
            { x: x + half, y },
        ];
        return index === 0 ? sides.slice(1) : index === slots.length - 1 ? sides.slice(0, 1) : sides;
    });
    return { ...line, points: backwards ? points.reverse() : points };
}

function height(slot: Slot): number {
    return slot.node?.height ?? 0;
}

/** The middle of each slot. */
function rows(columns: readonly Slot[][], gap: number): Map<Slot, number> {
    const middle = new Map<Slot, number>();
    for (const column of columns) {
        place(column, () => undefined, middle, gap);
    }
    for (let round = 0; round < ROUNDS; round += 1) {
        const [inOrder, side]: [readonly Slot[][], "left" | "right"] =
            round % 2 === 0 ? [columns, "left"] : [columns.toReversed(), "right"];
        for (const column of inOrder) {
            place(column, (slot) => mean(slot[side].map((each) => middle.get(each) ?? 0)), middle, gap);
        }
    }
    return middle;
}

/**
 * Gives each slot of a column the place it wishes, as near as the order and the gaps allow. Slots that would overlap
 * form a block, which goes where its slots wish it on average (the pool-adjacent-violators algorithm).
 */
function place(
    column: readonly Slot[],
    wish: (slot: Slot) => number | undefined,
    middle: Map<Slot, number>,
    gap: number,
): void {
    let offset = 0;
    const blocks: { slots: { slot: Slot; offset: number }[]; wish: number }[] = [];
    for (const slot of column) {
        offset += height(slot) / 2;
        const wanted = wish(slot) ?? middle.get(slot) ?? offset;
        let block = { slots: [{ slot, offset }], wish: wanted - offset };
        for (let before = blocks.at(-1); before !== undefined && before.wish > block.wish; before = blocks.at(-1)) {
            const [many, few] = [before.slots.length, block.slots.length];
            block = {
                slots: [...before.slots, ...block.slots],
                wish: (before.wish * many + block.wish * few) / (many + few),
            };
            blocks.pop();
        }
        blocks.push(block);
        offset += height(slot) / 2 + gap;
    }
    for (const block of blocks) {
        for (const each of block.slots) {
            middle.set(each.slot, block.wish + each.offset);
        }
    }
}

function mean(numbers: readonly number[]): number | undefined {
    return numbers.length === 0 ? undefined : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}
