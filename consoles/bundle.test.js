// The scripts that the server gives are those that the sources here make.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = path.dirname(fileURLToPath(import.meta.url));

test("the committed scripts are current: npm run build", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "bundle-"));
  try {
    await promisify(execFile)(process.execPath, [path.join(here, "build.mjs"), folder]);
    const committed = path.join(here, "../src/serve/console/assets");
    const names = (await readdir(folder)).sort();
    assert.deepEqual((await readdir(committed)).sort(), names);
    for (const name of names) assert.equal(await readFile(path.join(committed, name), "utf8"), await readFile(path.join(folder, name), "utf8"), name);
  } finally {
    await rm(folder, { recursive: true });
  }
});
