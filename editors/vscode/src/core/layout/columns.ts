// Steps one and two: turns edges round so that there is no circle, gives each node a column, and cuts edges that pass
// columns into pieces, with a place in each column that they pass.

import type { Line, Size } from "./shapes";

/** A node, or a place where an edge passes a column. */
export interface Slot {
    /** None where an edge passes. */
    node: Size | undefined;
    column: number;
    left: Slot[];
    right: Slot[];
}

export interface Chain {
    line: Line;
    /** From left to right, whichever way the edge runs. */
    slots: Slot[];
    /** The edge runs from right to left. */
    backwards: boolean;
}

export interface Columns {
    columns: Slot[][];
    chains: Chain[];
}

export function columns(nodes: readonly Size[], lines: readonly Line[]): Columns {
    const backwards = backEdges(nodes, lines);
    const forward = lines.map((line) => (backwards.has(line) ? { from: line.to, to: line.from } : line));
    const depth = depths(nodes, forward);
    const slots = new Map(nodes.map((node) => [node.id, newSlot(node, depth.get(node.id) ?? 0)]));
    const result: Slot[][] = [];
    for (const slot of slots.values()) {
        (result[slot.column] ??= []).push(slot);
    }
    const chains: Chain[] = [];
    forward.forEach(({ from, to }, index) => {
        const [start, end, line] = [slots.get(from), slots.get(to), lines[index]];
        if (start === undefined || end === undefined || line === undefined) {
            return;
        }
        const passed: Slot[] = [];
        for (let column = start.column + 1; column < end.column; column += 1) {
            const slot = newSlot(undefined, column);
            passed.push(slot);
            (result[column] ??= []).push(slot);
        }
        const chain = [start, ...passed, end];
        let previous = start;
        for (const slot of chain.slice(1)) {
            previous.right.push(slot);
            slot.left.push(previous);
            previous = slot;
        }
        chains.push({ line, slots: chain, backwards: backwards.has(line) });
    });
    return { columns: result, chains };
}

function newSlot(node: Size | undefined, column: number): Slot {
    return { node, column, left: [], right: [] };
}

/** The edges that close a circle, in a walk through the graph. */
function backEdges(nodes: readonly Size[], lines: readonly Line[]): Set<Line> {
    const out = by(lines, ({ from }) => from);
    const state = new Map<string, "open" | "done">();
    const found = new Set<Line>();
    const visit = (id: string): void => {
        state.set(id, "open");
        for (const line of out.get(id) ?? []) {
            const seen = state.get(line.to);
            if (seen === "open") {
                found.add(line);
            } else if (seen === undefined) {
                visit(line.to);
            }
        }
        state.set(id, "done");
    };
    // From where nothing leads to, first: it is the natural left side.
    const targets = new Set(lines.map(({ to }) => to));
    for (const { id } of [...nodes].sort((one, other) => Number(targets.has(one.id)) - Number(targets.has(other.id)))) {
        if (!state.has(id)) {
            visit(id);
        }
    }
    return found;
}

/** The longest way to each node; then nodes that only have something on their right move next to it. */
function depths(nodes: readonly Size[], lines: readonly Line[]): Map<string, number> {
    const out = by(lines, ({ from }) => from);
    const into = by(lines, ({ to }) => to);
    const depth = new Map<string, number>();
    const measure = (id: string): number => {
        const known = depth.get(id);
        if (known !== undefined) {
            return known;
        }
        const result = Math.max(-1, ...(into.get(id) ?? []).map(({ from }) => measure(from))) + 1;
        depth.set(id, result);
        return result;
    };
    nodes.forEach(({ id }) => measure(id));
    for (const { id } of nodes) {
        const next = (out.get(id) ?? []).map(({ to }) => depth.get(to) ?? 0);
        if (!into.has(id) && next.length > 0) {
            depth.set(id, Math.min(...next) - 1);
        }
    }
    return depth;
}

function by(lines: readonly Line[], end: (line: Line) => string): Map<string, Line[]> {
    const groups = new Map<string, Line[]>();
    for (const line of lines) {
        const group = groups.get(end(line));
        if (group === undefined) {
            groups.set(end(line), [line]);
        } else {
            group.push(line);
        }
    }
    return groups;
}
