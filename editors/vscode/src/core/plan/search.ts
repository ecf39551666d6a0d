// A search in all tables of a plan.

import type { PlanRow, PlanTable } from "./tables";

export interface Found {
    table: PlanTable;
    /** The rows that match, with their places in the table. */
    rows: { row: PlanRow; index: number }[];
}

/** Rows that have every word somewhere, whatever the case. The table's title counts as part of its rows. */
export function search(tables: readonly PlanTable[], text: string): Found[] {
    const wanted = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
    return tables
        .map((table) => ({
            table,
            rows: table.rows
                .map((row, index) => ({ row, index }))
                .filter(({ row }) => {
                    const all = [table.title, ...row.cells].join("\n").toLowerCase();
                    return wanted.every((word) => all.includes(word));
                }),
        }))
        .filter(({ rows }) => rows.length > 0);
}
