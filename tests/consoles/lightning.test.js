// The Lightning Console JavaScript API: a component for each method and event of the guide, with the calls that it shows.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { launch, missing } from "./harness/browser.js";
import { frame, lines, panel, wrote } from "./harness/panel.js";
import { proxy } from "./harness/proxy.js";
import { start, user } from "./harness/server.js";

describe("the Lightning API", { skip: missing }, () => {
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

  /** Maria is online, and is offered a case. */
  const offered = async (subject = "A case") => {
    await maria("login", { statusId: await server.status("Available_Cases") });
    const id = await server.arrive(subject);
    const { works } = await maria("getAgentWorks");
    assert.equal(works.at(-1).workItemId, id);
    return works.at(-1);
  };
  const opened = async () => {
    const work = await offered();
    await maria("acceptAgentWork", { workId: work.workId });
    return work;
  };
  const clicked = async (component, button) => {
    const page = await panel(context, server, "maria.keller", component);
    await frame(page, component).getByRole("button", { name: button }).click();
    return page;
  };
  const statusOf = async (workId) => (await server.query(`SELECT Status FROM AgentWork WHERE Id = '${workId}'`))[0].Status;

  test("acceptAgentWork", async () => {
    const { workId } = await offered();
    const page = await clicked("GuideAccept.cmp", "Accept");
    await wrote(page, "GuideAccept.cmp", "log accepted: true");
    assert.equal(await statusOf(workId), "Opened");
    // What is accepted cannot be accepted again: the promise is rejected, with the reason.
    await frame(page, "GuideAccept.cmp").getByRole("button", { name: "Accept" }).click();
    await wrote(page, "GuideAccept.cmp", `log refused: wrongStatus: \`${workId}\` is Opened, not Assigned`);
    assert.deepEqual(page.wrong, []);
  });

  test("closeAgentWork", async () => {
    const { workId } = await opened();
    const page = await clicked("GuideClose.cmp", "Close");
    await wrote(page, "GuideClose.cmp", "log closed: true");
    assert.equal(await statusOf(workId), "Closed");
  });

  test("declineAgentWork", async () => {
    const { workId } = await offered();
    const page = await clicked("GuideDecline.cmp", "Decline");
    await wrote(page, "GuideDecline.cmp", "log declined: true");
    const [work] = await server.query(`SELECT Status, DeclineReason FROM AgentWork WHERE Id = '${workId}'`);
    assert.deepEqual([work.Status, work.DeclineReason], ["Declined", "Wrong_Team"]);
  });

  test("getAgentWorks", async () => {
    const { workId, workItemId } = await offered();
    const page = await clicked("GuideWorks.cmp", "Get works");
    await wrote(page, "GuideWorks.cmp", `log work ${workId} on ${workItemId}, engaged: false`);
    assert.equal(workId.length, 15);
  });

  test("getAgentWorkload", async () => {
    await offered();
    const page = await clicked("GuideWorkload.cmp", "Get workload");
    await wrote(page, "GuideWorkload.cmp", "log configured 12, current 1", "log interruptible 6, current 1");
  });

  test("getServicePresenceStatusChannels", async () => {
    await offered();
    const page = await clicked("GuideChannels.cmp", "Get channels");
    await wrote(page, "GuideChannels.cmp", /^log channel 0N9\w{12} is Cases$/);
  });

  test("getServicePresenceStatusId", async () => {
    await offered();
    const page = await clicked("GuideStatusId.cmp", "Get status");
    await wrote(page, "GuideStatusId.cmp", `log status ${await server.status("Available_Cases")}, Available for Cases, Available_Cases`);
  });

  test("login", async () => {
    const page = await panel(context, server, "maria.keller", "GuideLogin.cmp");
    await frame(page, "GuideLogin.cmp").getByLabel("Status id").fill(await server.status("Available_Cases"));
    await frame(page, "GuideLogin.cmp").getByRole("button", { name: "Log in" }).click();
    await wrote(page, "GuideLogin.cmp", "log logged in: true");
    assert.equal((await maria("getServicePresenceStatusId")).statusApiName, "Available_Cases");
  });

  test("logout", async () => {
    await offered();
    const page = await clicked("GuideLogout.cmp", "Log out");
    await wrote(page, "GuideLogout.cmp", "log logged out: true");
    await assert.rejects(maria("getServicePresenceStatusId"), /is not logged in/);
  });

  test("raiseAgentWorkFlag", async () => {
    await opened();
    const page = await clicked("GuideRaiseFlag.cmp", "Raise a flag");
    await wrote(page, "GuideRaiseFlag.cmp", "log raised: true");
  });

  test("lowerAgentWorkFlag", async () => {
    const { workId } = await opened();
    await maria("raiseAgentWorkFlag", { workId });
    const page = await clicked("GuideLowerFlag.cmp", "Lower the flag");
    await wrote(page, "GuideLowerFlag.cmp", "log lowered: true");
  });

  test("setServicePresenceStatus", async () => {
    // Whoever is not logged in is logged in by it.
    const page = await panel(context, server, "maria.keller", "GuideSetStatus.cmp");
    const [input, button] = [frame(page, "GuideSetStatus.cmp").getByLabel("Status id"), frame(page, "GuideSetStatus.cmp").getByRole("button")];
    const available = await server.status("Available_Cases");
    await input.fill(available);
    await button.click();
    const line = await wrote(page, "GuideSetStatus.cmp", new RegExp(`^log status ${available}, Available for Cases, Available_Cases, channels \\[`));
    assert.match(line, /"developerName":"Cases"/);
    // Away: there are no channels, and the text is empty.
    const busy = await server.status("Busy");
    await input.fill(busy);
    await button.click();
    await wrote(page, "GuideSetStatus.cmp", new RegExp(`^log status ${busy}, Busy, Busy, channels$`));
  });

  /** What is heard by the component of an event, after something happened. */
  const heard = async (event, happens, way = server) => {
    const component = `On${event}.cmp`;
    const page = await panel(context, way, "maria.keller", component);
    await happens();
    await wrote(page, component, `log heard ${event}`);
    return { page, component, all: await lines(page, component) };
  };
  const values = ({ all }) => Object.fromEntries(all.filter((line) => line.includes(" = ")).map((line) => line.replace("log ", "").split(" = ")));

  test("omniChannelLoginSuccess", async () => {
    const statusId = await server.status("Available_Cases");
    const told = await heard("LoginSuccess", () => maria("login", { statusId }));
    assert.deepEqual(values(told), { statusId });
  });

  test("omniChannelStatusChanged", async () => {
    const [available, busy] = [await server.status("Available_Cases"), await server.status("Busy")];
    await maria("login", { statusId: busy });
    const told = await heard("StatusChanged", () => maria("setServicePresenceStatus", { statusId: available }));
    const { channels, ...rest } = values(told);
    assert.deepEqual(rest, { statusId: available, statusName: "Available for Cases", statusApiName: "Available_Cases" });
    assert.equal(JSON.parse(channels)[0].developerName, "Cases");
  });

  test("omniChannelLogout", async () => {
    await offered();
    await heard("Logout", () => maria("logout"));
  });

  test("omniChannelWorkAssigned", async () => {
    await maria("login", { statusId: await server.status("Available_Cases") });
    let id;
    const told = await heard("WorkAssigned", async () => (id = await server.arrive("A case")));
    const { workItemId, workId } = values(told);
    assert.equal(workItemId, id);
    assert.match(workId, /^0Bz\w{12}$/);
  });

  for (const [event, method, state] of [
    ["WorkAccepted", "acceptAgentWork", offered],
    ["WorkDeclined", "declineAgentWork", offered],
    ["WorkClosed", "closeAgentWork", opened],
  ])
    test(`omniChannel${event}`, async () => {
      const { workId, workItemId } = await state();
      const more = method === "declineAgentWork" ? { declineReason: "Wrong_Team" } : {};
      const told = await heard(event, () => maria(method, { workId, ...more }));
      assert.deepEqual(values(told), { workItemId, workId });
    });

  test("omniChannelWorkFlagUpdated", async () => {
    const { workId } = await opened();
    const told = await heard("WorkFlagUpdated", () => maria("raiseAgentWorkFlag", { workId, message: "Please look" }));
    const [{ Id }] = await server.query(`SELECT Id FROM User WHERE Username = '${user("maria.keller")}'`);
    assert.deepEqual(values(told), { workId, isFlagged: "true", message: "Please look", roleUpdatedBy: "AGENT", updatedBy: Id.slice(0, 15) });
  });

  test("omniChannelWorkloadChanged", async () => {
    await maria("login", { statusId: await server.status("Available_Cases") });
    const told = await heard("WorkloadChanged", () => server.arrive("A case"));
    assert.deepEqual(values(told), { configuredCapacity: "12", previousWorkload: "0", newWorkload: "1" });
  });

  test("omniChannelConnectionError", async (t) => {
    const way = await proxy(server);
    t.after(() => way.end());
    const told = await heard("ConnectionError", () => way.cut(), { url: way.url, password: server.password });
    assert.match(values(told).error, /connection to the server is broken/);
  });
});
