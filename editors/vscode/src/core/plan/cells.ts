// The values of a plan in words. Keys say what a number means; a key that is not known here is shown as it is.

/** Keys whose numbers are rows of a table; a text there is the name of something outside of the project. */
export const REFERENCES: Record<string, string> = {
    agents: "users",
    user: "users",
    users: "users",
    queue: "queues",
    queues: "queues",
    queue_by_label: "queues",
    routing_configuration: "routing_configurations",
    routing_configuration_by_label: "routing_configurations",
    routing_configurations: "routing_configurations",
    channel: "channels",
    channels: "channels",
    presence_configuration: "presence_configurations",
    status: "presence_statuses",
    statuses: "presence_statuses",
    status_on_push_timeout: "presence_statuses",
    reasons: "decline_reasons",
    skill: "skills",
    skills: "skills",
};

/** Keys whose numbers are ten-thousandths of a unit of capacity. */
const UNITS = new Set(["capacity", "interruptible_capacity", "units"]);

/** Keys that say only how the one value beside them is meant. */
const WRAPPERS = new Set(["named", "units", "share", "text", "resource"]);

/** Keys that a record is about: `Case (channel: Cases)`. */
const SUBJECTS = new Set(["object", "value", "skill", "tab"]);

/** Keys that say how the value of another is meant, and are told in its cell. */
export const FOLDED: Record<string, string> = {
    agents_complete: "agents",
    statuses_complete: "statuses",
    presence_configuration_known: "presence_configuration",
};

export type Tables = Record<string, unknown>;

/** The name of a row: itself, or its `name`. */
export function rowName(row: unknown): string | undefined {
    if (typeof row === "string") {
        return row;
    }
    const name = isRecord(row) ? row.name : undefined;
    return typeof name === "string" ? name : undefined;
}

/** A row's value under a key, and whether that is all. */
export function cell(row: Record<string, unknown>, key: string, tables: Tables, parent: string): string {
    const text = words(row[key], key, tables, parent);
    const open = Object.entries(FOLDED).some(([flag, folded]) => folded === key && row[flag] === false);
    if (!open) {
        return text;
    }
    return text === "" ? "not known" : `${text}; others are not known`;
}

/** A value in words. `key` is the key that it stands under, `parent` the one above that. */
export function words(value: unknown, key: string, tables: Tables, parent = ""): string {
    if (value === null || value === undefined) {
        return "";
    }
    if (Array.isArray(value)) {
        return value.map((item: unknown) => words(item, key, tables, parent)).join(", ");
    }
    if (isRecord(value)) {
        return recordWords(value, key, tables);
    }
    if (typeof value === "boolean") {
        return value ? "yes" : "no";
    }
    return typeof value === "number" ? numberWords(value, key, tables, parent) : typeof value === "string" ? value : "";
}

function recordWords(record: Record<string, unknown>, key: string, tables: Tables): string {
    const subjects = (entry: [string, unknown]): number => (SUBJECTS.has(entry[0]) ? 0 : 1);
    const shown = Object.entries(record)
        .filter(([, value]) => !isEmpty(value))
        .toSorted((one, other) => subjects(one) - subjects(other));
    const [first] = shown;
    if (shown.length === 1 && first !== undefined && WRAPPERS.has(first[0])) {
        // `{ "named": 3 }` under `queue` is the fourth queue.
        const inner = words(first[1], first[0] === "named" ? key : first[0], tables);
        return first[0] === "resource" ? `{!${inner}}` : inner;
    }
    // The numbers under `named` are rows of the table that the key above leads to.
    const pair = ([inner, inside]: [string, unknown]): string =>
        inner === "named"
            ? words(inside, key, tables)
            : `${title(inner).toLowerCase()}: ${words(inside, inner, tables, key)}`;
    if (first === undefined || !SUBJECTS.has(first[0])) {
        return shown.map(pair).join("; ");
    }
    const subject = words(first[1], first[0], tables, key);
    return shown.length === 1 ? subject : `${subject} (${shown.slice(1).map(pair).join(", ")})`;
}

function numberWords(value: number, key: string, tables: Tables, parent: string): string {
    const table = tables[REFERENCES[key] ?? ""];
    if (Array.isArray(table)) {
        return rowName(table[value]) ?? String(value);
    }
    if (key === "share") {
        return `${value / 100} %`;
    }
    // A level of an agent's skill is fixed-point, that of a skill rule is not.
    return UNITS.has(key) || (key === "level" && parent === "skills") ? String(value / 10_000) : String(value);
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
