// The Console Integration Toolkit: a page for each method and event of the guide, with the calls that it shows.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { launch, missing, open } from "./harness/browser.js";
import { frame, lines, panel, wrote } from "./harness/panel.js";
import { start } from "./harness/server.js";

describe("the Classic toolkit", { skip: missing }, () => {
  let server, browser, context, maria;

  before(async () => {
    [server, browser] = await Promise.all([start(), launch()]);
    maria = await server.console("maria.keller");
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

  const login = async () => maria("login", { statusId: await server.status("Available_Cases") });
  const offered = async () => {
    await login();
    const id = await server.arrive("A case");
    const { works } = await maria("getAgentWorks");
    assert.equal(works[0].workItemId, id);
    return works[0];
  };
  const opened = async () => {
    const work = await offered();
    await maria("acceptAgentWork", { workId: work.workId });
    return work;
  };
  const clicked = async (name, link) => {
    const page = await panel(context, server, "maria.keller", `${name}.page`);
    await frame(page, `${name}.page`).getByRole("link", { name: link, exact: true }).click();
    return page;
  };
  const statusOf = async (workId) => (await server.query(`SELECT Status FROM AgentWork WHERE Id = '${workId}'`))[0].Status;

  for (const [name, link, state, line, status] of [
    ["ClassicAccept", "Accept", offered, "alert accepted: true", "Opened"],
    ["ClassicClose", "Close", opened, "alert closed: true", "Closed"],
    ["ClassicDeclineReason", "Decline with a reason", offered, "alert declined: true", "Declined"],
  ])
    test(name, async () => {
      const { workId } = await state();
      const page = await clicked(name, link);
      await wrote(page, `${name}.page`, line);
      assert.equal(await statusOf(workId), status);
      assert.deepEqual(page.wrong, []);
    });

  test("ClassicDecline: where reasons are asked for, one without fails", async () => {
    const { workId } = await offered();
    const page = await clicked("ClassicDecline", "Decline");
    await wrote(page, "ClassicDecline.page", /^alert declined: (true|false)$/);
    const told = (await lines(page, "ClassicDecline.page")).find((line) => line.startsWith("alert"));
    assert.equal(told === "alert declined: true", (await statusOf(workId)) === "Declined");
  });

  test("ClassicWorks", async () => {
    const { workId, workItemId } = await offered();
    const page = await clicked("ClassicWorks", "Get works");
    await wrote(page, "ClassicWorks.page", `alert success true, work ${workId} on ${workItemId}, engaged: false`);
  });

  test("ClassicWorkload", async () => {
    await offered();
    const page = await clicked("ClassicWorkload", "Get workload");
    await wrote(page, "ClassicWorkload.page", "alert success true, configured 12, current 1");
  });

  test("ClassicChannels", async () => {
    await login();
    const page = await clicked("ClassicChannels", "Get channels");
    await wrote(page, "ClassicChannels.page", /^alert success true, channel 0N9\w{12} is Cases$/);
  });

  test("ClassicStatusId", async () => {
    const page = await clicked("ClassicStatusId", "Get status");
    // Nobody is logged in: it fails, and says so.
    await wrote(page, "ClassicStatusId.page", /^alert success false, status undefined/);
    await login();
    await frame(page, "ClassicStatusId.page").getByRole("link").click();
    await wrote(page, "ClassicStatusId.page", `alert success true, status ${await server.status("Available_Cases")}, Available for Cases, Available_Cases`);
  });

  test("ClassicLogin", async () => {
    const page = await panel(context, server, "maria.keller", "ClassicLogin.page");
    await frame(page, "ClassicLogin.page").getByLabel("Status id").fill(await server.status("Available_Cases"));
    await frame(page, "ClassicLogin.page").getByRole("link").click();
    await wrote(page, "ClassicLogin.page", "alert logged in: true");
    await frame(page, "ClassicLogin.page").getByLabel("Status id").fill("0N5000000000zzz");
    await frame(page, "ClassicLogin.page").getByRole("link").click();
    await wrote(page, "ClassicLogin.page", "alert logged in: false", /^warn sforce.console.presence.login: .*the id of no presence status/);
  });

  test("ClassicLogout", async () => {
    await login();
    const page = await clicked("ClassicLogout", "Log out");
    await wrote(page, "ClassicLogout.page", "alert logged out: true");
    await assert.rejects(maria("getServicePresenceStatusId"), /is not logged in/);
  });

  test("ClassicSetStatus", async () => {
    const page = await panel(context, server, "maria.keller", "ClassicSetStatus.page");
    const busy = await server.status("Busy");
    await frame(page, "ClassicSetStatus.page").getByLabel("Status id").fill(busy);
    await frame(page, "ClassicSetStatus.page").getByRole("link").click();
    await wrote(page, "ClassicSetStatus.page", new RegExp(`^alert success true, status ${busy}, Busy, Busy, channels$`));
  });

  const heard = async (name, event, happens) => {
    const page = await panel(context, server, "maria.keller", `ClassicOn${name}.page`);
    await happens();
    const line = await wrote(page, `ClassicOn${name}.page`, new RegExp(`^alert heard ${event} `));
    return JSON.parse(line.replace(`alert heard ${event} `, ""));
  };

  test("ClassicOnLoginSuccess", async () => {
    assert.deepEqual(await heard("LoginSuccess", "LOGIN_SUCCESS", login), { statusId: await server.status("Available_Cases") });
  });

  test("ClassicOnStatusChanged", async () => {
    await login();
    const statusId = await server.status("Busy");
    const told = await heard("StatusChanged", "STATUS_CHANGED", () => maria("setServicePresenceStatus", { statusId }));
    assert.deepEqual(told, { statusId, statusName: "Busy", statusApiName: "Busy", channels: "" });
  });

  test("ClassicOnLogout", async () => {
    await login();
    assert.deepEqual(await heard("Logout", "LOGOUT", () => maria("logout")), {});
  });

  test("ClassicOnWorkAssigned", async () => {
    await login();
    let id;
    const told = await heard("WorkAssigned", "WORK_ASSIGNED", async () => (id = await server.arrive("A case")));
    assert.equal(told.workItemId, id);
  });

  for (const [name, event, method, state] of [
    ["WorkAccepted", "WORK_ACCEPTED", "acceptAgentWork", offered],
    ["WorkDeclined", "WORK_DECLINED", "declineAgentWork", offered],
    ["WorkClosed", "WORK_CLOSED", "closeAgentWork", opened],
  ])
    test(`ClassicOn${name}`, async () => {
      const { workId, workItemId } = await state();
      const more = method === "declineAgentWork" ? { declineReason: "Wrong_Team" } : {};
      assert.deepEqual(await heard(name, event, () => maria(method, { workId, ...more })), { workId, workItemId });
    });

  test("ClassicOnWorkloadChanged", async () => {
    await login();
    const told = await heard("WorkloadChanged", "WORKLOAD_CHANGED", () => server.arrive("A case"));
    assert.deepEqual(told, { ConfiguredCapacity: 12, PreviousWorkload: 0, NewWorkload: 1 });
  });

  test("ClassicTabs: OPEN_TAB and CLOSE_TAB, of any tab or of one", async () => {
    const page = await clicked("ClassicTabs", "Open");
    await wrote(page, "ClassicTabs.page", "alert tab true scc-pt-0", "alert opened scc-pt-0, object 500000000000001");
    await frame(page, "ClassicTabs.page").getByRole("link", { name: "Listen to this tab" }).click();
    await page.getByRole("button", { name: "Open a tab" }).click();
    await wrote(page, "ClassicTabs.page", "alert opened scc-pt-1, object");
    await page.getByRole("button", { name: "Close the tab Tab 2" }).click();
    await wrote(page, "ClassicTabs.page", "alert closed scc-pt-1");
    await page.getByRole("button", { name: "Close the tab A case" }).click();
    await wrote(page, "ClassicTabs.page", "alert closed scc-pt-0", "alert this tab closed");
    const own = (await lines(page, "ClassicTabs.page")).filter((line) => line === "alert this tab closed");
    assert.equal(own.length, 1);
  });

  test("ClassicLogoutFirst: callbacks of CONSOLE_LOGOUT run before the logout", async () => {
    await login();
    const page = await panel(context, server, "maria.keller", "ClassicLogoutFirst.page");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("Username").waitFor();
    await assert.rejects(maria("getServicePresenceStatusId"), /is not logged in/);
  });

  test("ClassicCustom: fireEvent, addEventListener, removeEventListener, isInConsole", async () => {
    const page = await clicked("ClassicCustom", "Fire");
    await wrote(page, "ClassicCustom.page", "alert fired: true", "alert custom: hello");
    await frame(page, "ClassicCustom.page").getByRole("link", { name: "Stop" }).click();
    await frame(page, "ClassicCustom.page").getByRole("link", { name: "Fire" }).click();
    await page.waitForTimeout(200);
    const custom = (await lines(page, "ClassicCustom.page")).filter((line) => line.startsWith("alert custom"));
    assert.equal(custom.length, 1);
  });

  test("a page outside of a console is told so", async () => {
    const page = await open(context, `${server.url}/omnic/v1/health`);
    const answer = await page.request.get(`${server.url}/support/console/57.0/integration.js`);
    const plain = await context.newPage();
    await plain.evaluate(await answer.text());
    assert.equal(await plain.evaluate("sforce.console.isInConsole()"), false);
    const result = await plain.evaluate("new Promise((done) => sforce.console.presence.getAgentWorks(done))");
    assert.deepEqual(result, { success: false, error: "This page is not in a console." });
  });
});
