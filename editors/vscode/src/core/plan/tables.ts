// A plan as tables of text, to be shown and searched.

import type { Origin, Plan } from "../protocol";
import { cell, FOLDED, isRecord, rowName, title } from "./cells";
import { TABLES } from "./schema";

export interface PlanRow {
    cells: string[];
    origin?: Origin;
}

export interface PlanTable {
    id: string;
    title: string;
    columns: string[];
    rows: PlanRow[];
}

/** First what people ask for most; then whatever else the plan has, in its own order: also what a later schema knows. */
const ORDER = ["queues", "routing_configurations", "channels", "presence_configurations", "presence_statuses", "skills"];

/**
 * What tells rows apart comes first, then what decides, then the rest; neither JSON nor the schema has an order of fields.
 * A field that is not here needs no entry: after these come those that no row leaves out, then the others by name.
 */
export const FIRST: Record<string, readonly string[]> = {
    settings: ["omni_channel", "skills_based_routing", "status_based_capacity", "secondary_routing_priority"],
    queues: ["name", "routing_configuration", "objects", "agents"],
    routing_configurations: [
        "name",
        "model",
        "priority",
        "cost",
        "paused_cost",
        "capacity_type",
        "push_timeout_seconds",
        "overflow",
        "attribute_based",
        "skills",
    ],
    channels: ["name", "object", "capacity_model", "interruptible", "auto_accept", "secondary_priority", "status_capacity"],
    presence_configurations: [
        "name",
        "capacity",
        "interruptible_capacity",
        "acceptance",
        "status_on_push_timeout",
        "after_conversation_work",
    ],
    presence_statuses: ["name", "channels", "away", "granted_by_profiles", "granted_by_permission_sets"],
    skills: ["name", "users"],
    skill_rules: ["object", "field", "value", "skill", "level", "additional", "drop_priority", "active"],
    route_works: [
        "flow",
        "action",
        "active",
        "routing_type",
        "channel",
        "queue",
        "queue_by_label",
        "agent",
        "agent_required",
        "bot",
        "routing_configuration",
        "routing_configuration_by_label",
        "skill_option",
        "skill_requirements",
        "accept_by",
    ],
    messaging_channels: ["name", "kind", "handler", "queue", "flow", "user", "agent"],
    supervisor_views: [
        "name",
        "users",
        "profiles",
        "queues",
        "skills",
        "groups",
        "skill_visibility",
        "timeline_hidden",
        "tabs",
    ],
    outside: [
        "queues",
        "routing_configurations",
        "channels",
        "presence_statuses",
        "decline_reasons",
        "skills",
        "users",
    ],
    agents: ["user", "profile", "presence_configuration", "groups", "queues"],
};

/** The columns of each table in their order. Of the fields, those that are told in another's cell have none. */
export const COLUMNS: Record<string, readonly string[]> = Object.fromEntries(
    Object.entries(TABLES).map(([table, { names, required }]) => {
        const shown = names.filter((name) => !(name in FOLDED)).toSorted();
        return [table, byPlace([...(FIRST[table] ?? []), ...required], shown)];
    }),
);

function byPlace<T>(order: readonly T[], keys: readonly T[]): T[] {
    const place = (key: T): number => (order.includes(key) ? order.indexOf(key) : order.length);
    return keys.toSorted((one, other) => place(one) - place(other));
}

export function planTables(plan: Plan): PlanTable[] {
    return byPlace(ORDER, Object.keys(plan.tables))
        .map((id) => planTable(plan, id))
        .filter(({ rows }) => rows.length > 0);
}

function planTable(plan: Plan, id: string): PlanTable {
    const rows = rowsOf(plan.tables[id]);
    const folded = Object.values(FOLDED).filter(({ table }) => table === id).map(({ key }) => key);
    const known = new Set([...rows.flatMap((row) => (isRecord(row) ? Object.keys(row) : ["name"])), ...folded]);
    const keys = byPlace(COLUMNS[id] ?? [], [...known].filter((key) => !(key in FOLDED)));
    const labels = rows.map((row) => plan.display?.[id]?.[rowName(row) ?? ""]?.label ?? "");
    const hasLabels = labels.some((label) => label !== "");
    // A label stands behind the name.
    const labelled = <T>(cells: T[], label: T): T[] => (hasLabels ? [...cells.slice(0, 1), label, ...cells.slice(1)] : cells);
    const origins = plan.provenance?.[id] ?? [];
    return {
        id,
        title: title(id),
        columns: labelled(keys.map(title), "Label"),
        rows: rows.map((row, index) => {
            const record = isRecord(row) ? row : { name: row };
            const cells = labelled(keys.map((key) => cell(record, key, id)), labels[index] ?? "");
            const origin = origins[index];
            return origin === undefined ? { cells } : { cells, origin };
        }),
    };
}

/** The settings are one row. */
export function rowsOf(table: unknown): unknown[] {
    return Array.isArray(table) ? table : isRecord(table) ? [table] : [];
}
