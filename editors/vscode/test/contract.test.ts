// What the server says, by its source and its tests' snapshots, against core/protocol.ts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

const server = readFileSync("../../src/lsp/features/command/mod.rs", "utf8");
const protocol = readFileSync("src/core/protocol.ts", "utf8");

function snapshot(name: string): unknown {
    const text = readFileSync(`../../tests/lsp/snapshots/lsp__commands__${name}.snap`, "utf8");
    return JSON.parse(text.split(/^---$/m)[2] ?? "");
}

/** The fields of an interface in protocol.ts: their names, and whether they must be there. */
function fields(type: string): Map<string, boolean> {
    const body = new RegExp(`^export interface ${type} \\{\\n(.*?)^\\}`, "ms").exec(protocol)?.[1];
    assert.ok(body, type);
    return new Map([...body.matchAll(/^ {4}(\w+)(\??):/gm)].map(([, name = "", optional]) => [name, optional === ""]));
}

function assertIs(value: unknown, type: string): void {
    const has = Object.keys(value as object);
    const known = fields(type);
    for (const name of has) {
        assert.ok(known.has(name), `${type} has no ${name}`);
    }
    for (const [name, needed] of known) {
        assert.ok(!needed || has.includes(name), `${type} lacks ${name}`);
    }
}

/** The values that a union of texts in protocol.ts allows. */
function texts(type: string): string[] {
    const line = new RegExp(`^export type ${type} = (.*);$`, "m").exec(protocol)?.[1] ?? "";
    return [...line.matchAll(/"(\w+)"/g)].map(([, text = ""]) => text);
}

describe("the commands", () => {
    it("are those of the server, but for the one that other editors' code lenses run", () => {
        const names = /NAMES: \[&str; \d+\] = \[(.*?)\];/s.exec(server)?.[1] ?? "";
        const given = [...names.matchAll(/"([\w.]+)"/g)].map(([, name]) => name);
        const known = [...protocol.matchAll(/^ {4}"(omnic\.server\.\w+)":/gm)].map(([, name]) => name);
        assert.ok(known.length > 0);
        assert.deepEqual([...known, "omnic.server.references"].toSorted(), given.toSorted());
    });
});

describe("what they give", () => {
    it("is a graph", () => {
        const graph = snapshot("the_routing_graph_is_drawn") as {
            nodes: { state: string; range?: object }[];
            edges: object[];
        };
        assertIs(graph, "RoutingGraph");
        assert.ok(graph.nodes.length > 0 && graph.edges.length > 0);
        for (const node of graph.nodes) {
            assertIs(node, "GraphNode");
            assert.ok(texts("NodeState").includes(node.state), node.state);
        }
        for (const edge of graph.edges) {
            assertIs(edge, "GraphEdge");
        }
        assertIs(graph.nodes.find(({ range }) => range !== undefined)?.range, "Range");
    });

    it("is a component at a place", () => {
        for (const component of snapshot("the_component_at_a_place_is_told") as unknown[]) {
            assertIs(component, "ComponentAt");
        }
    });

    it("is what can be asked, and the answer", () => {
        assertIs(snapshot("the_component_at_a_place_is_told-2"), "OfferChoices");
        const offer = snapshot("without_records_much_is_not_known") as {
            offered: string;
            reasons: { holds: string }[];
        };
        assertIs(offer, "Offer");
        assert.ok(offer.reasons.length > 0);
        for (const reason of offer.reasons) {
            assertIs(reason, "Reason");
        }
        for (const answer of [offer.offered, ...offer.reasons.map(({ holds }) => holds)]) {
            assert.ok(texts("Answer").includes(answer), answer);
        }
    });

    it("is a plan, by the fields of the server's own type", () => {
        const plan = readFileSync("../../src/lsp/features/command/plan.rs", "utf8");
        const body = /struct CompiledPlan \{\n(.*?)^\}/ms.exec(plan)?.[1] ?? "";
        const given = [...body.matchAll(/^ {4}(\w+):/gm)].map(([, name]) => name);
        assert.deepEqual([...fields("CompiledPlan").keys()], given);
    });
});
