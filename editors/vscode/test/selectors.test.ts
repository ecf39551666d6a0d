import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";

import {
    documentSelector,
    isComponentFile,
    isProjectFile,
    PATH_PATTERN,
    SETTINGS,
    TYPES,
    xmlFilePatterns,
} from "../src/core/selectors";

const recognise = readFileSync("../../src/schema/recognise.rs", "utf8");
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
    contributes: { languages: { filenamePatterns: string[] }[]; menus: Record<string, { when?: string }[]> };
};

it("has the folders and suffixes of omnic, and its only settings file", () => {
    const rows = /const SUFFIXES: [^=]*= \[(.*?)\n\];/s.exec(recognise)?.[1] ?? "";
    const known = [...rows.matchAll(/\(Kind::\w+, "(\w+)", "(\w+)"\)/g)].map(([, folder, suffix]) => ({ folder, suffix }));
    assert.equal(known.length, Number(/SUFFIXES: \[\(Kind, &str, &str\); (\d+)\]/.exec(recognise)?.[1]));
    const { folder, suffix, name } = SETTINGS;
    assert.deepEqual([{ folder, suffix }, ...TYPES], known);
    assert.equal(name, /SETTINGS_NAME: &str = "(\w+)"/.exec(recognise)?.[1]);
});

it("says the same in package.json", () => {
    assert.deepEqual(manifest.contributes.languages[0]?.filenamePatterns, xmlFilePatterns());
    const patterns = Object.values(manifest.contributes.menus)
        .flat()
        .flatMap(({ when }) => /resourcePath =~ \/(.*)\//.exec(when ?? "")?.[1] ?? []);
    assert.ok(patterns.length > 0);
    for (const pattern of patterns) {
        assert.equal(pattern, PATH_PATTERN);
    }
});

it("knows files by their names, in both formats", () => {
    for (const file of [
        "/a/queues/Support.queue-meta.xml",
        "C:\\a\\queues\\Support.queue",
        "Billing.queueRoutingConfig-meta.xml",
        "settings/OmniChannel.settings",
        "settings/OmniChannel.settings-meta.xml",
        "profiles/Custom%3A Support.profile",
    ]) {
        assert.ok(isComponentFile(file), file);
    }
    for (const file of [
        "/home/ada/.profile",
        "/home/ada/profiles/.profile",
        "queues/.queue-meta.xml",
        "node_modules/x/index.js.flow",
        "Support.queue",
        "other/OmniChannel.settings",
        "myqueues/Support.queue",
        "settings/Case.settings-meta.xml",
        "settings/MyOmniChannel.settings",
        "queues/README.md",
        "a.queue/b.txt",
        "Support.queue-meta.xml.orig",
        "permissionsetgroups/X.permissionsetgroup-meta.xml",
        "queue",
    ]) {
        assert.ok(!isComponentFile(file), file);
    }
});

it("asks for files, and for those that are not saved yet", () => {
    const selector = documentSelector();
    assert.deepEqual([...new Set(selector.map(({ scheme }) => scheme))], ["file", "untitled"]);
    const globs = selector.filter(({ scheme }) => scheme === "file").map(({ pattern }) => pattern);
    const suffixes = TYPES.map(({ suffix }) => suffix).join(",");
    assert.deepEqual(globs.slice(0, 2), [`**/?*.{${suffixes}}-meta.xml`, "**/OmniChannel.settings-meta.xml"]);
    assert.deepEqual(globs.slice(2), xmlFilePatterns());
    assert.ok(globs.includes("**/queues/?*.queue"));
});

it("knows what else decides about components", () => {
    for (const file of ["/a/omnic.toml", "C:\\a\\package.xml", "objects/Case/fields/Topic__c.field-meta.xml", "a/queues/A.queue"]) {
        assert.ok(isProjectFile(file), file);
    }
    for (const file of ["/a/main.ts", "omnic", "my-omnic.toml", "extension-output-omnic-#1-omnic"]) {
        assert.ok(!isProjectFile(file), file);
    }
});
