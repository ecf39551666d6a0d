// Bundles each file in test/ and runs them with node's own test runner: with the paths of this platform, and with those
// of Windows.

import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import esbuild from "esbuild";

/** Puts `path.win32` in the place of `path`. Node opens files by such paths only on Windows: no test does. */
const windowsPaths = {
    name: "windows-paths",
    setup(build) {
        build.onResolve({ filter: /^node:path$/ }, () => ({ path: "windows", namespace: "paths" }));
        build.onLoad({ filter: /.*/, namespace: "paths" }, () => ({
            contents: `module.exports = require("node:path/win32");`,
        }));
    },
};

const files = (await readdir("test")).filter((file) => file.endsWith(".test.ts"));
const outdir = await mkdtemp("dist-test-");
try {
    for (const plugins of [[], [windowsPaths]]) {
        await esbuild.build({
            entryPoints: files.map((file) => `test/${file}`),
            bundle: true,
            platform: "node",
            target: "node20",
            format: "cjs",
            outdir,
            plugins,
            sourcemap: "inline",
            logLevel: "warning",
        });
        const built = files.map((file) => `${outdir}/${file.replace(/ts$/, "js")}`);
        console.log(plugins.length === 0 ? "With the paths of this platform" : "With the paths of Windows");
        const options = ["--enable-source-maps", "--test", "--test-reporter=spec"];
        const { status } = spawnSync(process.execPath, [...options, ...built], { stdio: "inherit" });
        process.exitCode = process.exitCode || (status ?? 1);
    }
} finally {
    await rm(outdir, { recursive: true });
}
