// What the extension and its webviews say to each other.

import type { RowId } from "./plan/match";
import type { PlanTable } from "./plan/tables";
import type { Offer, Position, RoutingGraph } from "./protocol";

/** The place that a view is about. */
export interface Target {
    uri: string;
    position: Position;
}

/** What a view keeps while it is hidden, and over a restart of the editor. */
export interface Kept {
    pinned: boolean;
    depth: number;
    target?: Target;
}

/** At two, the neighbours of an object that all queues hold hide those of the component. */
export const DEFAULT_DEPTH = 1;
export const MAX_DEPTH = 5;

export type ToGraph =
    | { type: "graph"; graph: RoutingGraph; kept: Kept }
    | { type: "message"; text: string; kept: Kept };

export type ToPlan =
    | { type: "plan"; tables: PlanTable[]; kept: Kept }
    | { type: "row"; row: RowId | null; kept: Kept }
    | { type: "message"; text: string; problems: boolean; kept: Kept };

export type ToOffer = { type: "offer"; offer: Offer } | { type: "message"; text: string };

export type FromView =
    | { type: "ready"; kept?: Partial<Kept> }
    | { type: "pin"; pinned: boolean }
    | { type: "depth"; depth: number }
    | { type: "openNode"; id: string }
    | { type: "openOrigin"; file: string; line: number }
    | { type: "openReason"; reason: number }
    | { type: "problems" };

/** Takes what a webview kept; anything may have been written there by an older version. */
export function restore(kept: unknown): Kept {
    const from = (typeof kept === "object" && kept !== null ? kept : {}) as Partial<Record<keyof Kept, unknown>>;
    const result: Kept = { pinned: from.pinned === true, depth: depth(from.depth) };
    if (isTarget(from.target)) {
        result.target = from.target;
    }
    return result;
}

export function depth(value: unknown): number {
    return typeof value === "number" && Number.isInteger(value) ? Math.min(Math.max(value, 1), MAX_DEPTH) : DEFAULT_DEPTH;
}

function isTarget(value: unknown): value is Target {
    const target = value as Partial<Target> | null | undefined;
    return (
        typeof target?.uri === "string" &&
        typeof target.position?.line === "number" &&
        typeof target.position.character === "number"
    );
}
