// Makes the .vsix. `--target linux-x64 --server FILE` makes one for a single platform, with the program in it.

import { chmod, copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({
    options: { target: { type: "string" }, server: { type: "string" }, "pre-release": { type: "boolean" } },
});
if ((values.target === undefined) !== (values.server === undefined)) {
    console.error("--target PLATFORM and --server FILE go together");
    process.exit(2);
}

const { name, version } = JSON.parse(await readFile("package.json", "utf8"));
const out = [name, ...(values.target === undefined ? [] : [values.target]), version].join("-") + ".vsix";

run("scripts/build.mjs");
await rm("server", { recursive: true, force: true });
try {
    if (values.server !== undefined) {
        const file = values.target.startsWith("win32") ? "server/omnic.exe" : "server/omnic";
        await mkdir("server");
        await copyFile(values.server, file);
        await chmod(file, 0o755);
    }
    run(
        "node_modules/@vscode/vsce/vsce",
        "package",
        // All is bundled, and there is no repository to point at yet.
        "--no-dependencies",
        "--allow-missing-repository",
        ...(values.target === undefined ? [] : ["--target", values.target]),
        ...(values["pre-release"] ? ["--pre-release"] : []),
        "--out",
        out,
    );
} finally {
    await rm("server", { recursive: true, force: true });
}

function run(...args) {
    const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
    if (status !== 0) {
        throw new Error(`${args[0]} ended with status ${status}`);
    }
}
