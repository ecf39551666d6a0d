import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, it } from "node:test";

/** For each file of the extension, the files that it imports. */
function imports(): Map<string, string[]> {
    const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const known = new Set(files.map((file) => file.replaceAll("\\", "/")));
    const resolve = (from: string, to: string): string => {
        const target = posix.join(posix.dirname(from), to);
        const found = [`${target}.ts`, `${target}/index.ts`].find((file) => known.has(file));
        assert.ok(found, `${from} imports ${to}`);
        return found;
    };
    return new Map(
        [...known].map((file) => {
            const text = readFileSync(`src/${file}`, "utf8");
            const named = [...text.matchAll(/from "(\.[^"]*)"/g)].map(([, name = ""]) => name);
            // What is data imports nothing.
            return [file, named.filter((name) => !name.endsWith(".json")).map((name) => resolve(file, name))];
        }),
    );
}

describe("imports", () => {
    it("close no circle", () => {
        const graph = imports();
        const done = new Set<string>();
        const walk = (file: string, above: string[]): void => {
            assert.ok(!above.includes(file), [...above, file].join(" -> "));
            if (done.has(file)) {
                return;
            }
            for (const next of graph.get(file) ?? []) {
                walk(next, [...above, file]);
            }
            done.add(file);
        };
        for (const file of graph.keys()) {
            walk(file, []);
        }
        assert.ok(done.size > 40, String(done.size));
    });
});
