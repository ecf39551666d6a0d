// What package.json promises is there.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { it } from "node:test";

import { isAtLeast } from "../src/core/version";

interface Manifest {
    version: string;
    minimumServerVersion: string;
    icon: string;
    capabilities: { untrustedWorkspaces: { supported: string; restrictedConfigurations: string[] } };
    contributes: {
        commands: { command: string }[];
        menus: Record<string, { command?: string; submenu?: string }[]>;
        submenus: { id: string }[];
        configuration: { properties: Record<string, { scope: string; default: unknown }> };
    };
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const { commands, menus, submenus, configuration } = manifest.contributes;
const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(`src/${file}`, "utf8"))
    .join("\n");

it("registers each command, and no other but the one for code lenses", () => {
    const registered = [...sources.matchAll(/register\("(omnic\.\w+)"/g)].map(([, name]) => name);
    assert.deepEqual(registered.toSorted(), commands.map(({ command }) => command).toSorted());
    assert.match(sources, /register\(SHOW_REFERENCES,/);
});

it("has only known commands in menus", () => {
    const known = new Set([...commands.map(({ command }) => command), ...submenus.map(({ id }) => id)]);
    for (const { command, submenu } of Object.values(menus).flat()) {
        assert.ok(known.has(command ?? submenu ?? ""), command ?? submenu);
    }
});

it("reads each setting, and each that it reads is there", () => {
    const read = [...sources.matchAll(/\bread\("([\w.]+)"\)/g)].map(([, key]) => `omnic.${key ?? ""}`);
    assert.deepEqual([...new Set(read)].toSorted(), Object.keys(configuration.properties).toSorted());
});

it("lets no workspace that is not trusted choose what is run", () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, "limited");
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    assert.deepEqual(restricted, ["omnic.path", "omnic.args"]);
    for (const setting of restricted) {
        assert.equal(configuration.properties[setting]?.scope, "machine-overridable");
    }
});

it("lets webviews load only what is its own, and trusts no text", () => {
    // One place makes webviews and says what they may.
    assert.equal(sources.match(/createWebviewPanel\(/g)?.length, 1);
    assert.equal(sources.match(/enableScripts/g)?.length, 1);
    assert.match(sources, /\benableScripts: true, localResourceRoots: \[file\("dist"\), file\("media"\)\]/);
    for (const never of [
        "enableCommandUris",
        "enableForms",
        "portMapping",
        "isTrusted: true",
        "supportHtml",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "DOMParser",
        "eval(",
        "new Function",
    ]) {
        assert.ok(!sources.includes(never), never);
    }
});

it("asks for a server that there is", () => {
    const cargo = readFileSync("../../Cargo.toml", "utf8");
    const version = /^version = "(.*)"$/m.exec(cargo)?.[1] ?? "";
    assert.ok(isAtLeast(version, manifest.minimumServerVersion));
    assert.equal(manifest.version, version);
});

it("has its icon, and a lock file that names no host", () => {
    assert.ok(existsSync(manifest.icon));
    assert.doesNotMatch(readFileSync("package-lock.json", "utf8"), /"resolved"/);
});
