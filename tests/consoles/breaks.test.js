// What breaks: the connection, the server, a session; and many consoles at once. What a person sees is true each time.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { launch, missing, opened, signIn, until } from "./harness/browser.js";
import { proxy } from "./harness/proxy.js";
import { start, user } from "./harness/server.js";

describe("what breaks", { skip: missing }, () => {
  let server, browser, context;

  before(async () => {
    [server, browser] = await Promise.all([start(), launch()]);
  });
  after(async () => {
    await browser?.close();
    await server?.end();
  });
  beforeEach(async () => {
    await server.send("POST", "/omnic/v1/reset");
    await server.send("DELETE", "/omnic/v1/faults");
    await context?.close();
    context = await browser.newContext();
  });

  const online = async (page) => page.getByLabel("Presence status").selectOption({ label: "Available for Cases" });
  const logged = async (page) => (await page.getByLabel("Events of the console, the latest first").locator("li").allTextContents()).reverse();

  test("a broken connection is told; what happened meanwhile comes once, in its order", async (t) => {
    const way = await proxy(server);
    t.after(() => way.end());
    const page = await opened(context, { url: way.url, password: server.password }, "rep", "maria.keller");
    await online(page);
    await server.arrive("Before");
    await page.getByRole("button", { name: "Accept Before" }).waitFor();
    way.cut();
    await page.getByText(/The connection is broken since/).waitFor();
    assert.ok(await page.getByRole("button", { name: "Accept Before" }).isDisabled());
    const items = [];
    for (const subject of ["One", "Two", "Three"]) items.push(await server.arrive(subject));
    way.mend();
    await page.getByText("Connected", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Accept Three" }).waitFor();
    assert.ok(await page.getByRole("button", { name: "Accept Before" }).isEnabled());
    await until("each event", async () => (await logged(page)).filter((line) => line.includes("WorkAssigned")).length === 4);
    const assigned = (await logged(page)).filter((line) => line.includes("WorkAssigned"));
    assert.deepEqual(
      assigned.slice(1).map((line) => /"workItemId":"(\w+)"/.exec(line)[1]),
      items,
    );
    assert.equal((await logged(page)).filter((line) => line.includes("ConnectionError")).length, 1);
  });

  test("answers that are cut after they were made are not lost", async () => {
    const page = await opened(context, server, "rep", "maria.keller");
    await online(page);
    await page.getByText("Capacity: 0 of 12", { exact: true }).waitFor();
    await server.send("POST", "/omnic/v1/faults", { fault: "cutAfter", path: "/omnic/v1/console/stream", times: 2 });
    for (let count = 1; count <= 5; count += 1) await server.arrive(`Case ${count}`);
    await until("each event", async () => (await logged(page)).filter((line) => line.includes("WorkAssigned")).length === 5, 20_000);
    await page.waitForTimeout(500);
    assert.equal((await logged(page)).filter((line) => line.includes("WorkAssigned")).length, 5);
  });

  test("a session that expires leads to the sign-in, and nothing old is shown", async () => {
    const page = await opened(context, server, "rep", "maria.keller");
    await online(page);
    await server.arrive("Secret");
    await page.getByRole("button", { name: "Accept Secret" }).waitFor();
    await server.send("POST", "/omnic/v1/faults", { now: "expireSessions", user: user("maria.keller") });
    await page.getByText("The session is over. Sign in again").waitFor();
    assert.equal(await page.getByText("Secret").count(), 0);
    await signIn(page, server, "maria.keller");
    await page.getByRole("button", { name: "Accept Secret" }).waitFor();
  });

  test("a user who is no longer active is signed out", async () => {
    const page = await opened(context, server, "rep", "maria.keller");
    await server.happen({ event: "agentChanged", user: user("maria.keller"), isActive: false });
    await page.getByText("The session is over. Sign in again").waitFor();
  });

  test("two tabs of one user see the same, and share what they do", async () => {
    const [one, two] = [await opened(context, server, "rep", "maria.keller"), await opened(context, server, "rep", "maria.keller")];
    await online(one);
    await until("the status in the other tab", async () => (await two.getByLabel("Presence status").locator("option:checked").textContent()) === "Available for Cases");
    await server.arrive("Shared");
    await one.getByRole("button", { name: "Accept Shared" }).waitFor();
    await two.getByRole("button", { name: "Accept Shared" }).click();
    await one.getByRole("tab", { name: "Shared" }).waitFor();
    // Signing out of one tab leaves the other signed in.
    await one.getByRole("button", { name: "Sign out" }).click();
    await one.getByLabel("Username").waitFor();
    await server.arrive("Next");
    await two.getByRole("button", { name: "Show" }).click();
    await two.getByRole("button", { name: "Accept Next" }).waitFor();
  });

  test("fifty consoles of one browser hear what happens, through one request", async () => {
    const names = ["maria.keller", "jonas.weber", "elena.costa", "lukas.hoffmann", "david.okafor", "ingrid.larsen", "priya.nair", "felix.braun", "aisha.rahman", "tom.becker"];
    const pages = [];
    for (let count = 0; count < 50; count += 1) pages.push(await opened(context, server, "rep", names[count % names.length]));
    const maria = await server.console("maria.keller");
    const begin = Date.now();
    await maria("login", { statusId: await server.status("Busy") });
    await Promise.all(pages.filter((_, at) => at % names.length === 0).map((page) => page.getByText(/LoginSuccess/).waitFor()));
    const took = Date.now() - begin;
    assert.ok(took < 5_000, `it took ${took} ms`);
    for (const [at, page] of pages.entries()) assert.equal(await page.getByText(/LoginSuccess/).count(), at % names.length === 0 ? 1 : 0);
    const requests = await server.send("GET", "/omnic/v1/requests");
    const held = requests.slice(-200).filter(({ path, status }) => path === "/omnic/v1/console/stream" && status === null).length;
    assert.ok(held <= 100, `${held} requests were held one after the other`);
  });
});

describe("a server that is killed", { skip: missing }, () => {
  test("is told at once; with its data it comes back to the same work", async () => {
    const data = await mkdtemp(path.join(tmpdir(), "consoles-"));
    let server = await start("--data", data);
    const browser = await launch();
    try {
      const context = await browser.newContext();
      const page = await opened(context, server, "rep", "maria.keller");
      await page.getByLabel("Presence status").selectOption({ label: "Available for Cases" });
      await server.arrive("Kept");
      await page.getByRole("button", { name: "Accept Kept" }).click();
      await page.getByRole("tab", { name: "Kept" }).waitFor();
      await server.end("SIGKILL");
      await page.getByText(/The connection is broken since/).waitFor();
      assert.ok(await page.getByRole("button", { name: "Close", exact: true }).isDisabled());
      server = await start("--data", data, "--port", server.port);
      // Sessions end with the server: the page says so, and asks again.
      await page.getByText("The session is over. Sign in again").waitFor({ timeout: 20_000 });
      await signIn(page, server, "maria.keller");
      await page.getByRole("tab", { name: "Kept" }).waitFor();
    } finally {
      await browser.close();
      await server.end();
      await rm(data, { recursive: true });
    }
  });
});
