// The pages, as people use them.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { launch, missing, open, opened, until } from "./harness/browser.js";
import { start, user } from "./harness/server.js";

describe("the pages", { skip: missing }, () => {
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
    await context?.close();
    context = await browser.newContext();
  });

  const work = async (item) => (await server.query(`SELECT Id, Status, DeclineReason, User.Username FROM AgentWork WHERE WorkItemId = '${item}' ORDER BY Id DESC LIMIT 1`))[0];
  const available = (page) => page.getByLabel("Presence status").selectOption({ label: "Available for Cases" });

  test("a rep takes a case, pauses it, raises a flag, hands it on, and goes offline", async () => {
    const page = await opened(context, server, "rep", "maria.keller");
    await page.getByText("Nothing is offered while you are offline.").waitFor();
    const granted = await page.getByLabel("Presence status").locator("> option").allTextContents();
    assert.deepEqual(granted, ["Offline", "After Missed Offer (away)", "Available for Cases", "Available for Cases and Messaging", "Available for Messaging", "Busy (away)", "Lunch (away)"]);
    await available(page);
    const item = await server.arrive("The invoice is <i>wrong</i>");
    await page.getByText("1:00 left to answer").waitFor();
    await page.getByText("Interruptible capacity: 1 of 6").waitFor();
    await page.getByRole("button", { name: "Accept The invoice is <i>wrong</i>" }).click();
    await page.getByRole("tab", { name: "The invoice is <i>wrong</i>" }).waitFor();
    // The channel folds the panel away.
    await page.getByRole("button", { name: "Show" }).click();
    assert.equal((await work(item)).Status, "Opened");
    assert.equal(await page.locator("i").count(), 0);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Paused", { exact: true }).waitFor();
    await page.getByText("Interruptible capacity: 0.25 of 6").waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("Interruptible capacity: 1 of 6").waitFor();
    await page.getByRole("button", { name: "Raise a flag" }).click();
    await page.getByLabel("Message to the supervisor (optional)").fill("Help");
    await page.getByRole("button", { name: "Raise", exact: true }).click();
    await page.getByText("Flag raised: Help").waitFor();
    await page.getByRole("button", { name: "Lower the flag" }).click();
    await page.getByRole("button", { name: "Raise a flag" }).waitFor();
    await page.getByRole("button", { name: "Transfer" }).click();
    await page.getByLabel("To", { exact: true }).selectOption({ label: "Cases_Tier_2" });
    await page.getByRole("dialog").getByRole("button", { name: "Transfer" }).click();
    await page.getByText("No work is open.").waitFor();
    await page.getByLabel("Presence status").selectOption({ label: "Offline" });
    await until("the logout", async () => (await server.query("SELECT Id FROM UserServicePresence WHERE IsCurrentState = true")).length === 0);
    const log = page.getByLabel("Events of the console, the latest first");
    for (const event of ["LoginSuccess", "WorkAssigned", "WorkAccepted", "WorkFlagUpdated", "Logout"]) await until(`the event ${event}`, async () => (await log.innerText()).includes(`lightning:omniChannel${event}`));
    assert.deepEqual(page.wrong, []);
  });

  test("a rep declines with a reason, with the keyboard alone; an offer that nobody answers goes away", async () => {
    const page = await opened(context, server, "rep", "maria.keller");
    await available(page);
    const item = await server.arrive("First");
    await page.getByRole("button", { name: "Decline First" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Wrong Team" }).focus();
    await page.keyboard.press("Enter");
    await until("the decline", async () => (await work(item)).Status === "Declined");
    // The configuration leads to another status after a decline.
    await until("the status after a decline", async () => (await page.getByLabel("Presence status").locator("option:checked").textContent()).startsWith("Busy"));
    await available(page);
    const next = await server.arrive("Second");
    await page.getByRole("button", { name: "Accept Second" }).waitFor();
    await server.advance(61);
    await page.getByText("Nothing is offered.").waitFor();
    assert.equal((await work(next)).Status, "DeclinedOnPushTimeout");
    assert.deepEqual(page.wrong, []);
  });

  test("the focus stays where it is when something happens", async () => {
    const page = await opened(context, server, "rep", "maria.keller");
    await available(page);
    await server.arrive("First");
    await page.getByRole("button", { name: "Accept First" }).focus();
    await server.arrive("Second");
    await page.getByRole("button", { name: "Accept Second" }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Accept First");
  });

  test("a supervisor sees who is online, why work waits, raises a flag, and moves people", async () => {
    const rep = await server.console("jonas.weber");
    await rep("login", { statusId: await server.status("Available_Cases") });
    const page = await opened(context, server, "supervisor", "ruth.adler");
    await page.getByText("1 of 4 reps online").waitFor();
    const item = await server.arrive("Needs help");
    await page.getByText("1 items with reps").waitFor();
    const { works } = await rep("getAgentWorks");
    await rep("acceptAgentWork", { workId: works[0].workId });
    await page.getByRole("tab", { name: "Work" }).click();
    await page.getByRole("button", { name: "Raise a flag: Needs help" }).click();
    await page.getByLabel("Message to the rep (optional)").fill("Look at the contract");
    await page.getByRole("button", { name: "Raise", exact: true }).click();
    await page.getByText("⚑ Look at the contract").waitFor();
    assert.equal((await work(item)).Status, "Opened");
    await server.arrive("Waits", "Cases_Tier_2");
    await page.getByRole("tab", { name: "Queues" }).click();
    await page.getByRole("button", { name: "Why does Waits wait?" }).click();
    await page.getByText("nobody can take it now").waitFor();
    await page.getByText(/elena\.costa@acme\.example.*: not logged in/).waitFor();
    await page.getByRole("tab", { name: "Reps" }).click();
    await page.getByRole("button", { name: "Queues: Jonas Weber" }).click();
    await page.getByLabel("Cases_Tier_2").check();
    await page.getByRole("button", { name: "Change" }).click();
    await until("the new queue's work", async () => (await rep("getAgentWorks")).works.length === 2);
    await page.getByRole("button", { name: "Message_Agents: Jonas Weber" }).click();
    await page.getByText("The flow Message_Agents was started. Flows are not run here.").waitFor();
    assert.deepEqual(page.wrong, []);
  });

  test("whoever is no supervisor is told so", async () => {
    const page = await open(context, `${server.url}/console/supervisor`);
    await page.getByLabel("Username").fill(user("maria.keller"));
    await page.getByLabel("Password").fill(server.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("alert").getByText("no supervisor configuration applies to `maria.keller@acme.example`").waitFor();
  });

  test("a wrong password is told, and nothing else", async () => {
    const page = await open(context, `${server.url}/console/rep`);
    await page.getByLabel("Username").fill(user("maria.keller"));
    await page.getByLabel("Password").fill("wrong");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByText("the username or the password is wrong").waitFor();
  });

  test("customers make work, and the clock moves", async () => {
    const page = await open(context, `${server.url}/console/customer#token=${server.accessToken}`);
    await page.getByText("Connected", { exact: true }).waitFor();
    assert.ok(!page.url().includes("token"));
    await page.getByLabel("Work", { exact: true }).selectOption({ label: "Case in Cases Tier 1" });
    await page.getByLabel("Further fields, one a line: Name = value").fill("Priority = High\nLanguage__c = German");
    await page.getByRole("button", { name: "Create ten" }).click();
    await page.getByText("Created 10 Case in Cases Tier 1").waitFor();
    const made = await server.query("SELECT Subject, Priority, Language__c FROM Case");
    assert.deepEqual([made.length, made[0].Priority, made[0].Language__c], [10, "High", "German"]);
    await page.getByText(/Pending service routing, change: created/).first().waitFor();
    const { now } = await server.send("GET", "/omnic/v1/clock");
    await page.getByRole("button", { name: "1 hour" }).click();
    await until("the hour", async () => Date.parse((await server.send("GET", "/omnic/v1/clock")).now) === Date.parse(now) + 3_600_000);
    await page.getByLabel("Further fields, one a line: Name = value").fill("no field");
    await page.getByRole("button", { name: "Create one" }).click();
    await page.getByText("`no field` is no field").waitFor();
    assert.deepEqual(page.wrong, []);
  });

  test("a partner sees requests with their replay ids, and gives one to a rep", async () => {
    const claire = await server.console("claire.dubois");
    await claire("login", { statusId: await server.status("Available_Cases") });
    const page = await opened(context, server, "partner", "ruth.adler");
    await page.getByRole("button", { name: "Subscribe" }).click();
    await page.getByText("subscribed to /topic/OmnicPartnerPage from -1").waitFor();
    const item = await server.arrive("Repair", "Partner_Repairs");
    await page.getByText(/replay id \d+/).waitFor();
    await page.getByRole("button", { name: /^Give 500/ }).click();
    await page.getByText("The work was given to the rep.").waitFor();
    assert.equal((await work(item)).User.Username, user("claire.dubois"));
    const before = await page.getByText(/replay id \d+/).count();
    assert.ok(before >= 1);
    await page.getByLabel(/^Replay id/).fill("-2");
    await page.getByRole("button", { name: "Subscribe" }).click();
    await until("events from the beginning", async () => (await page.getByText(/replay id \d+/).count()) >= 2);
    assert.deepEqual(page.wrong, []);
  });

  test("a page loads nothing from elsewhere, and runs no script that stands in it", async () => {
    for (const name of ["", "/rep", "/supervisor", "/customer", "/partner", "/components"]) {
      const answer = await fetch(`${server.url}/console${name}`);
      const policy = answer.headers.get("content-security-policy");
      assert.match(policy, /default-src 'none'; script-src 'self'/);
      assert.ok(!policy.includes("unsafe"), policy);
      assert.ok(!/<script(?![^>]* src=)/.test(await answer.text()), name);
    }
  });
});
