import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

import { FOLDED, words } from "../src/core/plan/cells";
import { rowOf } from "../src/core/plan/match";
import { search } from "../src/core/plan/search";
import { TABLES } from "../src/core/plan/schema";
import { COLUMNS, FIRST, planTables } from "../src/core/plan/tables";
import type { ComponentAt, Plan } from "../src/core/protocol";

const plan: Plan = {
    digest: "",
    tables: {
        settings: { known: true, omni_channel: false },
        users: ["ada@acme.example", "ben@acme.example"],
        channels: [{ name: "Cases", object: "Case" }],
        presence_configurations: [{ name: "Tier_1", capacity: 6.5 }],
        governed_by_user: [
            { user: "ada@acme.example", presence_configuration: "Tier_1" },
            { user: "ben@acme.example", presence_configuration: "Tier_1" },
        ],
        routing_configurations: [
            {
                name: "By_Skill",
                cost: { units: 2 },
                paused_cost: { percent: 52.25 },
                skills: ["French", "Org_Skill"],
                overflow: { queue: "Rest" },
            },
        ],
        queues: [
            {
                name: "Billing",
                routing_configuration: "By_Skill",
                objects: [{ object: "Case", channel: "Cases" }, { object: "Lead" }],
                agents: ["ada@acme.example", "ben@acme.example"],
                agents_complete: true,
            },
            { name: "Rest", agents_complete: true },
        ],
        skills: [{ name: "French", users: ["ben@acme.example"] }],
        skill_rules: [{ skill: "French", level: 5 }],
        agents: [
            {
                user: "ada@acme.example",
                presence_configuration_known: true,
                skills: [{ skill: "French", level: 5.5 }],
                statuses: ["Online"],
            },
        ],
        outside: { skills: ["Org_Skill"] },
        decline_reasons: [],
    },
    provenance: {
        settings: [{ file: "s.settings", line: 2 }],
        presence_configurations: [{ file: "t1.xml", line: 2 }],
        governed_by_user: [
            { file: "t1.xml", line: 8 },
            { file: "t1.xml", line: 11 },
        ],
        queues: [
            { file: "billing.xml", line: 2 },
            { file: "rest.xml", line: 2 },
        ],
    },
};

function rows(id: string): string[][] {
    return planTables(plan).find((table) => table.id === id)?.rows.map(({ cells }) => cells) ?? [];
}

describe("the tables of a plan", () => {
    it("have names, and say nothing of what a row leaves out", () => {
        assert.deepEqual(rows("queues"), [
            ["Billing", "By_Skill", "Case (channel: Cases), Lead", "ada@acme.example, ben@acme.example"],
            ["Rest", "", "", ""],
        ]);
        assert.deepEqual(rows("governed_by_user")[1], ["ben@acme.example", "Tier_1"]);
    });

    it("have capacity in units and in percent", () => {
        assert.deepEqual(rows("presence_configurations"), [["Tier_1", "6.5"]]);
        assert.deepEqual(rows("routing_configurations"), [["By_Skill", "2", "52.25 %", "queue: Rest", "French, Org_Skill"]]);
    });

    it("have levels as they are meant", () => {
        assert.deepEqual(rows("skill_rules"), [["French", "5"]]);
        assert.deepEqual(rows("agents"), [["ada@acme.example", "", "French (level: 5.5)", "Online; others are not known"]]);
    });

    it("have settings as one row, and users by name", () => {
        assert.deepEqual(rows("settings"), [["no", "yes"]]);
        assert.deepEqual(rows("users"), [["ada@acme.example"], ["ben@acme.example"]]);
    });

    it("come in a set order, without those that are empty", () => {
        const ids = planTables(plan).map(({ id }) => id);
        assert.deepEqual(ids.slice(0, 3), ["queues", "routing_configurations", "channels"]);
        assert.ok(!ids.includes("decline_reasons"));
    });

    it("begin with names, whatever the order of keys", () => {
        const tables = { queues: [{ agents: [], agents_complete: true, name: "Billing", objects: [{ channel: "Cases", object: "Case" }] }] };
        const [queues] = planTables({ digest: "", tables });
        assert.deepEqual(queues?.columns, ["Name", "Objects", "Agents"]);
        assert.deepEqual(queues.rows[0]?.cells, ["Billing", "Case (channel: Cases)", ""]);
    });

    it("say in words whether a list is whole", () => {
        const row = { name: "Billing", agents: ["ada"] };
        const tables = { queues: [row, { ...row, agents: [] }, { ...row, agents_complete: true }] };
        const [queues] = planTables({ digest: "", tables });
        assert.deepEqual(queues?.columns, ["Name", "Agents"]);
        assert.deepEqual(queues.rows.map(({ cells }) => cells[1]), ["ada; others are not known", "not known", "ada"]);
    });

    it("say of a list that is left out what it is then", () => {
        const queues = [
            { name: "Billing", members: { users: ["ada"] }, agents_complete: true },
            { name: "By_Skill", members: { users: ["ben"] }, agents: [] },
        ];
        const skill_rules = [{ skill: "French" }, { skill: "German", active: false }];
        const [first, second] = planTables({ digest: "", tables: { queues, skill_rules } });
        assert.deepEqual(first?.rows.map(({ cells }) => cells[1]), ["ada", "not known"]);
        assert.deepEqual(second?.rows.map(({ cells }) => cells), [["French", "yes"], ["German", "no"]]);
    });

    it("have labels behind the names, where a plan has them", () => {
        const tables = { queues: [{ name: "Billing", agents_complete: true }, { name: "Rest", agents_complete: true }] };
        const [queues] = planTables({ digest: "", tables, display: { queues: { Billing: { label: "Billing (DE)" } } } });
        assert.deepEqual(queues?.columns, ["Name", "Label", "Agents"]);
        assert.deepEqual(queues.rows.map(({ cells }) => cells), [["Billing", "Billing (DE)", ""], ["Rest", "", ""]]);
    });

    it("know where rows come from", () => {
        assert.deepEqual(planTables(plan)[0]?.rows[1]?.origin, { file: "rest.xml", line: 2 });
        const { provenance, ...without } = plan;
        assert.ok(provenance);
        assert.equal(planTables(without)[0]?.rows[1]?.origin, undefined);
    });

    it("show what flows give", () => {
        assert.equal(words({ named: "Billing" }, "queue"), "Billing");
        assert.equal(words({ resource: "Get_Queue.Id" }, "queue"), "{!Get_Queue.Id}");
        assert.equal(words({ text: "QueueBased" }, "routing_type"), "QueueBased");
    });
});

describe("the columns of a plan", () => {
    const schema = JSON.parse(readFileSync("../../schemas/plan.schema.json", "utf8")) as {
        $defs: Record<string, { properties?: Record<string, unknown> }>;
    };
    const tables = Object.entries(schema.$defs.Tables?.properties ?? {});

    it("are those of its schema", () => {
        assert.deepEqual(Object.keys(COLUMNS).toSorted(), tables.map(([table]) => table).toSorted());
        for (const [table, property] of tables) {
            const ref = /#\/\$defs\/(\w+)/.exec(JSON.stringify(property))?.[1];
            const fields = ref === undefined ? ["name"] : Object.keys(schema.$defs[ref]?.properties ?? {});
            const shown = fields.filter((field) => !(field in FOLDED));
            assert.deepEqual(COLUMNS[table]?.toSorted(), shown.toSorted(), table);
        }
    });

    it("begin with what tells rows apart, and end with what has no place of its own", () => {
        assert.deepEqual(COLUMNS.governed_by_user, ["user", "presence_configuration"]);
        assert.deepEqual(COLUMNS.skills, ["name", "users", "profiles"]);
        assert.deepEqual(COLUMNS.agents?.slice(-3), ["queues", "skills", "statuses"]);
        assert.deepEqual(COLUMNS.settings?.slice(-2), ["secondary_routing_priority", "known"]);
    });

    it("have no place for what the schema does not know", () => {
        for (const [table, first] of Object.entries(FIRST)) {
            assert.deepEqual(first.filter((name) => !(COLUMNS[table] ?? []).includes(name)), [], table);
        }
        for (const [name, { table, key }] of Object.entries(FOLDED)) {
            assert.ok(TABLES[table]?.names.includes(name), name);
            assert.ok(COLUMNS[table]?.includes(key), key);
        }
    });
});

describe("a search", () => {
    const found = (text: string): string[] =>
        search(planTables(plan), text).flatMap(({ table, rows }) => rows.map(({ index }) => `${table.id}/${index}`));

    it("finds rows with all words", () => {
        assert.deepEqual(found("BILLING case"), ["queues/0"]);
        assert.deepEqual(found("queues rest"), ["queues/1"]);
        assert.deepEqual(found("nothing"), []);
    });

    it("finds all without words", () => {
        assert.equal(found(" ").length, planTables(plan).reduce((sum, { rows }) => sum + rows.length, 0));
    });
});

describe("the row of a component", () => {
    const component = (kind: string, name: string, path: string): ComponentAt => ({ kind, noun: "", name, path });
    const config = component("PresenceUserConfig", "Tier_1", "t1.xml");

    it("is that of the cursor's line in its own file", () => {
        assert.deepEqual(rowOf(plan, config, 1), { table: "presence_configurations", row: 0 });
        assert.deepEqual(rowOf(plan, config, 7), { table: "presence_configurations", row: 0 });
        assert.deepEqual(rowOf(plan, config, 9), { table: "governed_by_user", row: 0 });
        assert.deepEqual(rowOf(plan, config, 40), { table: "governed_by_user", row: 1 });
    });

    it("is that of its name when it is named elsewhere", () => {
        assert.deepEqual(rowOf(plan, component("Queue", "REST", "rest.xml")), { table: "queues", row: 1 });
        assert.deepEqual(rowOf(plan, component("User", "ben@acme.example", "")), { table: "users", row: 1 });
        assert.deepEqual(rowOf(plan, component("OmniChannelSettings", "OmniChannel", "")), { table: "settings", row: 0 });
    });

    it("is the first of its file where the kind has no table", () => {
        assert.deepEqual(rowOf(plan, component("WorkSkillRouting", "Case", "t1.xml")), {
            table: "presence_configurations",
            row: 0,
        });
        assert.equal(rowOf(plan, component("PermissionSet", "X", "x.xml")), undefined);
        assert.equal(rowOf(plan, component("Queue", "None", "none.xml")), undefined);
    });
});
