// Step three: orders each column so that few edges cross, by the middle of the neighbours' places.

import type { Columns, Slot } from "./columns";

const SWEEPS = 8;

export function order(input: Columns): Columns {
    let best = input.columns.map((column) => [...column]);
    let fewest = crossings(best);
    let current = best;
    for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
        current = sweep % 2 === 0 ? rightward(current) : leftward(current);
        const now = crossings(current);
        if (now < fewest) {
            [best, fewest] = [current, now];
        }
    }
    return { ...input, columns: best };
}

function rightward(columns: Slot[][]): Slot[][] {
    const result: Slot[][] = [];
    columns.forEach((column, index) => {
        result.push(sorted(column, result[index - 1], ({ left }) => left));
    });
    return result;
}

function leftward(columns: Slot[][]): Slot[][] {
    const result: Slot[][] = [];
    columns.toReversed().forEach((column, index) => {
        result.push(sorted(column, result[index - 1], ({ right }) => right));
    });
    return result.reverse();
}

/** A slot without neighbours on that side stays about where it is. */
function sorted(column: Slot[], beside: Slot[] | undefined, neighbours: (slot: Slot) => Slot[]): Slot[] {
    if (beside === undefined) {
        return [...column];
    }
    const place = positions(beside);
    const wish = new Map(
        column.map((slot, index) => {
            const places = neighbours(slot).map((each) => place.get(each) ?? 0);
            const own = ((index + 0.5) / column.length) * beside.length - 0.5;
            return [slot, places.length === 0 ? own : places.reduce((sum, each) => sum + each, 0) / places.length];
        }),
    );
    return [...column].sort((one, other) => (wish.get(one) ?? 0) - (wish.get(other) ?? 0));
}

/** How many pairs of edges cross. */
export function crossings(columns: readonly Slot[][]): number {
    let count = 0;
    columns.forEach((column, index) => {
        const place = positions(columns[index + 1] ?? []);
        const ends: number[] = [];
        for (const slot of column) {
            const own = slot.right.map((each) => place.get(each) ?? 0);
            for (const end of own) {
                count += ends.filter((before) => before > end).length;
            }
            ends.push(...own);
        }
    });
    return count;
}

function positions(column: readonly Slot[]): Map<Slot, number> {
    return new Map(column.map((slot, index) => [slot, index]));
}
