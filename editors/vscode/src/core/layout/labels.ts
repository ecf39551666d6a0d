// Keeps what is written on edges from being written on one another.

import type { Point } from "./shapes";

export interface Label extends Point {
    /** Of the text, which stands with its middle at `x`. */
    width: number;
}

/** The height of each label's place: moved down, from the top on, as far as others are in the way. */
export function spread(labels: readonly Label[], height: number): number[] {
    const places = labels.map(({ y }) => y);
    const done: { label: Label; y: number }[] = [];
    const fromTop = labels.map((label, index) => ({ label, index })).sort((one, other) => one.label.y - other.label.y);
    for (const { label, index } of fromTop) {
        let { y } = label;
        const beside = done
            .filter(({ label: { x, width } }) => Math.abs(x - label.x) < (width + label.width) / 2)
            .sort((one, other) => one.y - other.y);
        for (const other of beside) {
            if (Math.abs(other.y - y) < height) {
                y = other.y + height;
            }
        }
        places[index] = y;
        done.push({ label, y });
    }
    return places;
}
