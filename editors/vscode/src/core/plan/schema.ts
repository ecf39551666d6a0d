// What a plan may hold, from the schema of its format. It is bundled: the extension reads no file for it.

import schema from "../../../../../schemas/plan.schema.json";

interface Definition {
    properties?: Record<string, { default?: unknown }>;
    required?: string[];
}

/** The fields of a table's rows. */
export interface Fields {
    names: string[];
    /** Those that no row leaves out. */
    required: string[];
    /** Switches that are on where a row leaves them out. */
    on: ReadonlySet<string>;
}

// As any schema: what this one happens to hold, type by type, is nothing to rely on.
const definitions = schema.$defs as unknown as Record<string, Definition>;

/** Each table by its name. Rows that are names alone are shown as if they had a `name`. */
export const TABLES: Record<string, Fields> = Object.fromEntries(
    Object.entries(definitions.Tables?.properties ?? {}).map(([table, rows]) => {
        const type = /#\/\$defs\/(\w+)/.exec(JSON.stringify(rows))?.[1];
        return [table, fields(type === undefined ? undefined : definitions[type])];
    }),
);

function fields(definition: Definition | undefined): Fields {
    const { properties, required = [] } = definition ?? {};
    if (properties === undefined) {
        return { names: ["name"], required: ["name"], on: new Set() };
    }
    const on = Object.entries(properties).filter(([, field]) => field.default === true);
    return { names: Object.keys(properties), required, on: new Set(on.map(([name]) => name)) };
}
