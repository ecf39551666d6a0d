// A morning: two reps, a supervisor, and a partner's adapter, in four pages; and the same morning played by `omnic run`.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { test } from "node:test";
import { launch, missing, opened, until } from "./harness/browser.js";
import { OMNIC, start, user } from "./harness/server.js";

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const ADAPTER = here("../../examples/adapter");

test("a morning in four pages", { skip: missing, timeout: 120_000 }, async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), "morning-"));
  const server = await start();
  const browser = await launch();
  let adapter;
  t.after(async () => {
    adapter?.kill();
    await browser.close();
    await server.end();
    await rm(folder, { recursive: true, force: true });
  });
  const context = await browser.newContext();
  const jonas = await opened(context, server, "rep", "jonas.weber");
  const claire = await opened(context, server, "rep", "claire.dubois");
  const ruth = await opened(context, server, "supervisor", "ruth.adler");
  const partner = await opened(context, server, "partner", "ruth.adler");
  const available = (page) => page.getByLabel("Presence status").selectOption({ label: "Available for Cases" });
  await available(jonas);
  await available(claire);
  await ruth.getByText("1 of 4 reps online").waitFor();

  // The partner's adapter decides where Omni-Channel does not; where that is not built, the partner's page does.
  const hasAdapter = ["node_modules/jsforce", "dist/main.js"].every((each) => existsSync(path.join(ADAPTER, each)));
  if (hasAdapter) {
    const env = { ...process.env, SF_LOGIN_URL: server.url, SF_USERNAME: user("ruth.adler"), SF_PASSWORD: server.password, STATE_FILE: path.join(folder, "state.json") };
    adapter = spawn(process.execPath, [path.join(ADAPTER, "dist/main.js")], { env, stdio: ["ignore", "ignore", "pipe"] });
    await new Promise((resolve) => adapter.stderr.once("data", resolve));
  }
  await partner.getByRole("button", { name: "Subscribe" }).click();
  await partner.getByText("subscribed to /topic/OmnicPartnerPage from -1").waitFor();

  await server.advance(60);
  await server.arrive("An invoice");
  await jonas.getByRole("button", { name: "Accept An invoice" }).click();
  await jonas.getByRole("tab", { name: "An invoice" }).waitFor();
  await server.arrive("A repair", "Partner_Repairs");
  await partner.getByText(/replay id \d+/).first().waitFor();
  if (!hasAdapter) await partner.getByRole("button", { name: /^Give 500/ }).click();
  await claire.getByRole("button", { name: "Accept A repair" }).click();
  await claire.getByRole("tab", { name: "A repair" }).waitFor();
  await server.advance(300);
  await ruth.getByRole("tab", { name: "Work" }).click();
  await ruth.getByText("An invoice").waitFor();
  await jonas.getByRole("button", { name: "Close", exact: true }).click();
  await claire.getByRole("button", { name: "Close", exact: true }).click();
  await until("the end of the work", async () => (await server.query("SELECT Id FROM AgentWork WHERE Status = 'Closed'")).length === 2);
  await ruth.getByText("0 items with reps").waitFor();
  await server.arrive("Nobody answers");
  // The channel has folded the panel away.
  await jonas.getByRole("button", { name: "Show" }).click();
  await jonas.getByRole("button", { name: "Decline Nobody answers" }).click();
  await jonas.getByRole("button", { name: "Wrong Team" }).click();
  await ruth.getByRole("tab", { name: "Queues" }).click();
  await ruth.getByRole("button", { name: "Why does Nobody answers wait?" }).click();
  await ruth.getByText("nobody can take it now").waitFor();
  for (const page of [jonas, claire, ruth, partner]) assert.deepEqual(page.wrong, []);

  // The exported events, played anew, come to the same records.
  const events = path.join(folder, "events.jsonl");
  await writeFile(events, await server.send("GET", "/omnic/v1/events"));
  const plan = path.join(folder, "plan.json");
  const example = here("../../examples/acme-support");
  await run(OMNIC, ["compile", example, "--records", `${example}/org`, "--output", plan]);
  const { stdout } = await run(OMNIC, ["run", plan, "--events", events], { maxBuffer: 1 << 26 });
  const played = stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const ended = played.filter((line) => line.effect === "agentWorkEnded").map((line) => line.status);
  const works = await server.query("SELECT Status FROM AgentWork WHERE Status IN ('Closed', 'Declined') ORDER BY Id");
  assert.deepEqual(ended.sort(), works.map((work) => work.Status).sort());
  assert.equal(played.filter((line) => line.effect === "refused").length, 0);
});
