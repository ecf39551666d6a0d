// Bundles the extension and its webviews into dist/. `--watch` does so again at each change.

import { writeFile } from "node:fs/promises";
import esbuild from "esbuild";
import { notices } from "./notices.mjs";

const watch = process.argv.includes("--watch");
const common = {
    bundle: true,
    minify: !watch,
    sourcemap: watch ? "linked" : false,
    logLevel: "info",
    metafile: true,
    outdir: "dist",
};

const bundles = [
    {
        ...common,
        entryPoints: ["src/extension.ts"],
        platform: "node",
        target: "node20",
        format: "cjs",
        external: ["vscode"],
    },
    {
        ...common,
        entryPoints: { graph: "src/webview/graph.ts", plan: "src/webview/plan.ts", offer: "src/webview/offer.ts" },
        platform: "browser",
        target: "chrome120",
        format: "iife",
    },
];

if (watch) {
    for (const bundle of bundles) {
        await (await esbuild.context(bundle)).watch();
    }
} else {
    const inputs = [];
    for (const bundle of bundles) {
        const { metafile } = await esbuild.build(bundle);
        inputs.push(...Object.keys(metafile.inputs));
    }
    await writeFile("dist/NOTICES.txt", await notices(inputs));
}
