// The values of a plan in words. What a row leaves out is at its default, which says nothing.

import { TABLES } from "./schema";

/** Keys that say only how the one value beside them is meant. */
const WRAPPERS = new Set(["named", "units", "percent", "text", "resource"]);

/** Keys that a record is about: `Case (channel: Cases)`. */
const SUBJECTS = new Set(["object", "value", "skill", "tab"]);

/** Keys that say, in one table, whether the value of another is all; they are told in its cell. */
export const FOLDED: Record<string, { table: string; key: string }> = {
    agents_complete: { table: "queues", key: "agents" },
    statuses_complete: { table: "agents", key: "statuses" },
    presence_configuration_known: { table: "agents", key: "presence_configuration" },
};

/** What a row says of a key that it leaves out, where that follows from another; a switch that is on is the schema's. */
const LEFT_OUT: Record<string, Record<string, (row: Record<string, unknown>) => unknown>> = {
    queues: { agents: (row) => (isRecord(row.members) ? row.members.users : undefined) },
};

/** What a key of a row is that it leaves out, where that is not nothing. */
function leftOut(row: Record<string, unknown>, key: string, table: string): unknown {
    return TABLES[table]?.on.has(key) === true ? true : LEFT_OUT[table]?.[key]?.(row);
}

/** The name of a row: itself, or its `name`. */
export function rowName(row: unknown): string | undefined {
    if (typeof row === "string") {
        return row;
    }
    const name = isRecord(row) ? row.name : undefined;
    return typeof name === "string" ? name : undefined;
}

/** A row's value under a key, and whether that is all. */
export function cell(row: Record<string, unknown>, key: string, table: string): string {
    const value = (key: string): unknown => row[key] ?? leftOut(row, key, table);
    const text = words(value(key), key);
    const isOf = (folded: { table: string; key: string }): boolean => folded.table === table && folded.key === key;
    const open = Object.entries(FOLDED).some(([flag, folded]) => isOf(folded) && value(flag) !== true);
    if (!open) {
        return text;
    }
    return text === "" ? "not known" : `${text}; others are not known`;
}

/** A value in words. `key` is the key that it stands under. */
export function words(value: unknown, key: string): string {
    if (value === null || value === undefined) {
        return "";
    }
    if (Array.isArray(value)) {
        return value.map((item: unknown) => words(item, key)).join(", ");
    }
    if (isRecord(value)) {
        return recordWords(value);
    }
    if (typeof value === "boolean") {
        return value ? "yes" : "no";
    }
    if (typeof value === "number") {
        return key === "percent" ? `${value} %` : String(value);
    }
    return typeof value === "string" ? value : "";
}

function recordWords(record: Record<string, unknown>): string {
    const subjects = (entry: [string, unknown]): number => (SUBJECTS.has(entry[0]) ? 0 : 1);
    const shown = Object.entries(record)
        .filter(([, value]) => !isEmpty(value))
        .toSorted((one, other) => subjects(one) - subjects(other));
    const [first] = shown;
    if (shown.length === 1 && first !== undefined && WRAPPERS.has(first[0])) {
        const inner = words(first[1], first[0]);
        return first[0] === "resource" ? `{!${inner}}` : inner;
    }
    const pair = ([inner, inside]: [string, unknown]): string =>
        inner === "named" ? words(inside, inner) : `${title(inner).toLowerCase()}: ${words(inside, inner)}`;
    if (first === undefined || !SUBJECTS.has(first[0])) {
        return shown.map(pair).join("; ");
    }
    const subject = words(first[1], first[0]);
    return shown.length === 1 ? subject : `${subject} (${shown.slice(1).map(pair).join(", ")})`;
}

function isEmpty(value: unknown): boolean {
    return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `push_timeout_seconds` as "Push timeout seconds". */
export function title(key: string): string {
    const text = key.replaceAll("_", " ");
    return text.charAt(0).toUpperCase() + text.slice(1);
}
