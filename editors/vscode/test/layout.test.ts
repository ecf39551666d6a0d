import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { layout, type Layout, type Line, type PlacedNode } from "../src/core/layout";
import { spread } from "../src/core/layout/labels";
import { leftEdge } from "../src/core/layout/scroll";
import { nextNode } from "../src/core/layout/keys";

const size = (id: string): { id: string; width: number; height: number } => ({ id, width: 100, height: 40 });
const gaps = { column: 50, row: 10, margin: 5 };

function draw(ids: string, edges: string): Layout {
    const lines = edges.split(" ").filter(Boolean).map((edge): Line => ({ from: edge.charAt(0), to: edge.charAt(1) }));
    return layout(Array.from(ids, size), lines, gaps);
}

function find(drawn: Layout, id: string): PlacedNode {
    const node = drawn.nodes.find((each) => each.id === id);
    assert.ok(node, id);
    return node;
}

function assertApart({ nodes }: Layout): void {
    for (const one of nodes) {
        for (const other of nodes) {
            const apart =
                one.id === other.id ||
                one.x + one.width <= other.x ||
                other.x + other.width <= one.x ||
                one.y + one.height + gaps.row <= other.y + 1e-6 ||
                other.y + other.height + gaps.row <= one.y + 1e-6;
            assert.ok(apart, `${one.id} ${other.id}`);
        }
    }
}

describe("the layout", () => {
    it("puts a chain into columns", () => {
        const drawn = draw("abc", "ab bc");
        assert.deepEqual(drawn.nodes.map(({ id, x, y }) => [id, x, y]), [
            ["a", 5, 5],
            ["b", 155, 5],
            ["c", 305, 5],
        ]);
        assert.deepEqual([drawn.width, drawn.height], [410, 50]);
        assert.deepEqual(drawn.edges[0]?.points, [
            { x: 105, y: 25 },
            { x: 155, y: 25 },
        ]);
    });

    it("draws an edge that closes a circle backwards", () => {
        const drawn = draw("abc", "ab bc ca");
        assert.ok(find(drawn, "a").x < find(drawn, "c").x);
        const points = drawn.edges.find(({ from }) => from === "c")?.points ?? [];
        assert.ok((points[0]?.x ?? 0) > (points.at(-1)?.x ?? 0));
        assert.equal(points.length, 4);
    });

    it("leads a long edge around the nodes that it passes", () => {
        const drawn = draw("abc", "ab bc ac");
        const way = drawn.edges.find(({ from, to }) => from === "a" && to === "c")?.points[1];
        const passed = find(drawn, "b");
        assert.ok(way && (way.y < passed.y || way.y > passed.y + passed.height));
    });

    it("orders columns so that edges do not cross", () => {
        const drawn = draw("abxy", "ay bx");
        assert.equal(find(drawn, "a").y < find(drawn, "b").y, find(drawn, "y").y < find(drawn, "x").y);
    });

    it("moves nodes that nothing leads to next to what they lead to", () => {
        const drawn = draw("abcd", "ab bc dc");
        assert.equal(find(drawn, "d").x, find(drawn, "b").x);
    });

    it("keeps nodes apart, and is the same each time", () => {
        const edges = "ab ac ad be ce de ef eg eh gi hi fi xa ya za ix";
        const drawn = draw("abcdefghixyz", edges);
        assertApart(drawn);
        assert.deepEqual(draw("abcdefghixyz", edges), drawn);
        for (const { x, y, width, height } of drawn.nodes) {
            assert.ok(x >= gaps.margin - 1e-6 && y >= gaps.margin - 1e-6);
            assert.ok(x + width <= drawn.width && y + height <= drawn.height);
        }
    });

    it("takes what has no edges, doubles, loops and names that are not there", () => {
        assert.deepEqual(draw("", "").nodes, []);
        assertApart(draw("abc", ""));
        const drawn = draw("aab", "ab ab aa aq");
        assert.equal(drawn.nodes.length, 2);
        assert.equal(drawn.edges.length, 1);
    });
});

describe("labels", () => {
    it("move down where they would lie on one another", () => {
        const label = (x: number, y: number): { x: number; y: number; width: number } => ({ x, y, width: 20 });
        assert.deepEqual(spread([label(0, 12), label(5, 10), label(50, 10)], 10), [20, 10, 10]);
        assert.deepEqual(spread([label(0, 0), label(0, 0), label(0, 5), label(0, 100)], 10), [0, 10, 20, 100]);
    });
});

describe("the part of a drawing that is seen first", () => {
    const { nodes } = draw("abcd", "ab bc cd");

    it("has its node near the middle, and cuts none off", () => {
        // Columns begin at 5, 155, 305 and 455.
        assert.equal(leftEdge(nodes, "c", 250), 297);
        assert.equal(leftEdge(nodes, "c", 280), 147);
        assert.equal(leftEdge(nodes, "a", 280), 0);
        assert.equal(leftEdge(nodes, "d", 1000), 0);
        assert.equal(leftEdge(nodes, undefined, 280), 0);
    });

    it("begins with its node where that alone is too wide", () => {
        assert.equal(leftEdge(nodes, "c", 50), 305);
    });
});

describe("arrow keys", () => {
    it("lead to neighbours", () => {
        const { nodes } = draw("abcd", "ab ac ad");
        assert.equal(nextNode(nodes, "a", "ArrowRight"), "c");
        assert.equal(nextNode(nodes, "c", "ArrowUp"), "b");
        assert.equal(nextNode(nodes, "c", "ArrowDown"), "d");
        assert.equal(nextNode(nodes, "c", "ArrowLeft"), "a");
        assert.equal(nextNode(nodes, "a", "ArrowLeft"), undefined);
        assert.equal(nextNode(nodes, "a", "Enter"), undefined);
    });
});
