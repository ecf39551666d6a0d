// Bundles the pages and scripts. Without an argument it writes them where the server takes them from.
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? path.join(here, "../src/serve/console/assets");
await mkdir(out, { recursive: true });
const common = { bundle: true, target: "es2022", charset: "utf8", legalComments: "none", absWorkingDir: here, logLevel: "warning" };
const pages = ["home", "rep", "supervisor", "customer", "partner", "components"];
await build({ ...common, format: "esm", outdir: out, entryPoints: pages.map((name) => `src/pages/${name}.ts`) });
await build({ ...common, format: "iife", outdir: out, entryPoints: { worker: "src/common/worker.ts" } });
await build({ ...common, format: "iife", outdir: out, entryPoints: { frame: "src/frame/frame.ts", integration: "src/frame/integration.ts" } });
for (const name of ["consoles.css", "frame.css"]) await copyFile(path.join(here, "src/styles", name), path.join(out, name));
