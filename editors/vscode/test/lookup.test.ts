import assert from "node:assert/strict";
import path from "node:path";
import { describe, it } from "node:test";

import { findProgram, type LookupContext, programName } from "../src/core/lookup";
import { expand, expandAbsolute, inside } from "../src/core/paths";
import { isAtLeast, parseVersion } from "../src/core/version";

/** The same file as the platform writes it, so that these tests hold on each. */
const file = (...parts: string[]): string => path.join("/", ...parts);

/** A machine with these programs on it. */
function machine(programs: string[], more: Partial<LookupContext> = {}): LookupContext {
    return {
        setting: "",
        trusted: true,
        workspaceFolder: "/my folder",
        home: "/home/ada",
        extensionDir: "/extension",
        searchPath: ["/usr/bin", "/opt/bin"].join(path.delimiter),
        platform: "linux",
        isProgram: (file) => programs.includes(file),
        ...more,
    };
}

describe("the program", () => {
    const bundled = file("extension", "server", "omnic");
    const onPath = file("opt", "bin", "omnic");
    const cargo = file("home", "ada", ".cargo", "bin", "omnic");

    it("is looked for in order", () => {
        const all = [cargo, onPath, bundled];
        const setting = "/own/omnic";
        assert.equal(findProgram(machine([...all, setting], { setting })).program, setting);
        assert.equal(findProgram(machine(all)).program, bundled);
        assert.deepEqual(findProgram(machine([cargo, onPath])), { program: onPath, from: "PATH" });
        assert.equal(findProgram(machine([cargo])).program, cargo);
    });

    it("is not another one if the setting leads nowhere", () => {
        assert.deepEqual(findProgram(machine([onPath], { setting: "~/omnic" })), {
            program: undefined,
            looked: ["the setting omnic.path: no program /home/ada/omnic"],
        });
    });

    it("may be in the workspace, if that is trusted", () => {
        const setting = "${workspaceFolder}/bin/omnic";
        const programs = ["/my folder/bin/omnic"];
        assert.equal(findProgram(machine(programs, { setting })).program, programs[0]);
        assert.equal(findProgram(machine(programs, { setting, trusted: false })).program, undefined);
        assert.equal(findProgram(machine(programs, { setting, workspaceFolder: undefined })).program, undefined);
    });

    it("is never one of a relative folder", () => {
        const searchPath = [".", "", "bin", "/opt/bin"].join(path.delimiter);
        assert.equal(findProgram(machine(["omnic", "bin/omnic"], { searchPath })).program, undefined);
        assert.equal(findProgram(machine(["omnic"], { setting: "omnic" })).program, undefined);
    });

    it("is told where it was looked for", () => {
        assert.deepEqual(findProgram(machine([])), {
            program: undefined,
            looked: [
                "the setting omnic.path: empty",
                `beside the extension: no ${bundled}`,
                "PATH: in none of its 2 folders",
                `Cargo's folder: no ${cargo}`,
            ],
        });
    });

    it("has a suffix on Windows", () => {
        assert.equal(programName("win32"), "omnic.exe");
        assert.equal(programName("win32-x64"), "omnic.exe");
        assert.equal(programName("darwin"), "omnic");
    });
});

describe("paths", () => {
    const places = { home: "/home/ada", workspaceFolder: "/w" };

    it("are written with ~ and the workspace folder", () => {
        assert.equal(expand("~/x", places), "/home/ada/x");
        assert.equal(expand("~ada/x", places), "~ada/x");
        assert.equal(expand("${workspaceFolder}/x", places), "/w/x");
        assert.equal(expand("${workspaceFolder}/x", { ...places, workspaceFolder: undefined }), undefined);
        assert.equal(expandAbsolute("conf/omnic.toml", places), file("w", "conf", "omnic.toml"));
        assert.equal(expandAbsolute("  ", places), undefined);
    });

    it("of a plan stay in the project", () => {
        assert.equal(inside("/w/p", "a/b.xml"), path.resolve("/w/p/a/b.xml"));
        assert.equal(inside("/w/p", "..a/b.xml"), path.resolve("/w/p/..a/b.xml"));
        for (const out of ["../b.xml", "a/../../b.xml", "/etc/passwd", ".", ".."]) {
            assert.equal(inside("/w/p", out), undefined, out);
        }
    });
});

describe("versions", () => {
    it("are read from what the program prints", () => {
        assert.equal(parseVersion("omnic 0.12.3\n"), "0.12.3");
        assert.equal(parseVersion("omnic 1.0.0-rc.1 (abc)"), "1.0.0-rc.1");
        assert.equal(parseVersion("other 1.0.0"), undefined);
        assert.equal(parseVersion(""), undefined);
    });

    it("are compared by number", () => {
        assert.ok(isAtLeast("0.10.0", "0.9.9"));
        assert.ok(isAtLeast("0.2.0-rc.1", "0.2.0"));
        assert.ok(isAtLeast("1.0.0", "1.0.0"));
        assert.ok(!isAtLeast("0.9.10", "0.10.0"));
    });
});
