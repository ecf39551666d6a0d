// Which row of a plan stands for the component at the cursor.

import type { ComponentAt, Plan } from "../protocol";
import { rowName } from "./cells";
import { rowsOf } from "./tables";

export interface RowId {
    table: string;
    row: number;
}

/** The table of each kind that has rows of its own. */
const TABLES: Record<string, string> = {
    omnichannelsettings: "settings",
    servicechannel: "channels",
    servicepresencestatus: "presence_statuses",
    presencedeclinereason: "decline_reasons",
    presenceuserconfig: "presence_configurations",
    queueroutingconfig: "routing_configurations",
    queue: "queues",
    skill: "skills",
    omnisupervisorconfig: "supervisor_views",
    messagingchannel: "messaging_channels",
    user: "users",
};

/**
 * The row for a component. `line` (from 1) is the cursor's, if the cursor is in the component's own file: of the rows
 * that come from there, such as those of the users whom a presence configuration names, the last one before it counts.
 */
export function rowOf(plan: Plan, component: ComponentAt, line?: number): RowId | undefined {
    const here = line === undefined ? undefined : nearestRow(plan, component.path, line);
    return here ?? namedRow(plan, component) ?? nearestRow(plan, component.path, Infinity, true);
}

function namedRow(plan: Plan, { kind, name }: ComponentAt): RowId | undefined {
    const table = TABLES[kind.toLowerCase().replaceAll(/[^a-z]/g, "")];
    if (table === undefined) {
        return undefined;
    }
    const rows = rowsOf(plan.tables[table]);
    const wanted = name.toLowerCase();
    const row = table === "settings" ? 0 : rows.findIndex((each) => rowName(each)?.toLowerCase() === wanted);
    return row === -1 || rows.length === 0 ? undefined : { table, row };
}

/** Of the rows of a file, the one at or before the line that is nearest to it; or the first of all. */
function nearestRow(plan: Plan, file: string, line: number, first = false): RowId | undefined {
    let best: (RowId & { line: number }) | undefined;
    for (const [table, origins] of Object.entries(plan.provenance ?? {})) {
        origins.forEach((origin, row) => {
            if (origin.file !== file || origin.line > line) {
                return;
            }
            const better = best === undefined || (first ? origin.line < best.line : origin.line > best.line);
            if (better) {
                best = { table, row, line: origin.line };
            }
        });
    }
    return best === undefined ? undefined : { table: best.table, row: best.row };
}
