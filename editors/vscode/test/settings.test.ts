import assert from "node:assert/strict";
import path from "node:path";
import { it } from "node:test";

import { toServerSettings } from "../src/core/settings";

const around = { home: "/home/ada", workspaceFolder: "/w", xmlSchemas: false };

function map(settings: Record<string, unknown>, more: Partial<typeof around> = {}): object {
    return toServerSettings((key) => settings[key], { ...around, ...more });
}

const commands = ["omnic.showReferences"];
const defaults = { commands, codeLens: true, inlayHints: true, hoverElements: true };

it("leaves to omnic.toml what is not set", () => {
    assert.deepEqual(map({}), defaults);
    assert.deepEqual(map({ minSeverity: null, strict: null, world: null, configuration: "" }), defaults);
});

it("passes what is set", () => {
    const set = { minSeverity: "note", strict: false, world: "closed" };
    assert.deepEqual(map({ ...set, "codeLens.enable": false, "inlayHints.enable": false }), {
        ...set,
        commands,
        codeLens: false,
        inlayHints: false,
        hoverElements: true,
    });
});

it("passes nothing that the server does not know", () => {
    assert.deepEqual(map({ minSeverity: "fatal", strict: "yes", world: 1, configuration: 2 }), defaults);
});

it("leaves elements to the XML extension only where asked to, and where that has schemas", () => {
    const xmlSchemas = true;
    const off = { ...defaults, hoverElements: false };
    assert.deepEqual(map({}, { xmlSchemas }), defaults);
    assert.deepEqual(map({ hoverElements: "auto" }, { xmlSchemas }), off);
    assert.deepEqual(map({ hoverElements: "auto" }), defaults);
    assert.deepEqual(map({ hoverElements: "on" }, { xmlSchemas }), defaults);
    assert.deepEqual(map({ hoverElements: "off" }), off);
});

it("makes the configuration's path absolute", () => {
    assert.deepEqual(map({ configuration: "conf/omnic.toml" }), { ...defaults, configuration: path.join("/w/conf/omnic.toml") });
    assert.deepEqual(map({ configuration: "~/omnic.toml" }), { ...defaults, configuration: "/home/ada/omnic.toml" });
});
