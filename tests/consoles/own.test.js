// Components that do what components in use do, one of them wrongly; and what the frame does with what it does not support.
import assert from "node:assert/strict";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { launch, missing } from "./harness/browser.js";
import { frame, lines, panel, wrote } from "./harness/panel.js";
import { COMPONENTS, start } from "./harness/server.js";

describe("components", { skip: missing }, () => {
  let server, browser, context, maria, folder;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "components-"));
    await cp(COMPONENTS, folder, { recursive: true });
    [server, browser] = await Promise.all([start("--components", folder), launch()]);
    maria = await server.console("maria.keller");
    await answer("AutoLogin", { preferredStatus: { returnValue: await server.status("Available_Cases") } });
  });
  after(async () => {
    await browser?.close();
    await server?.end();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    await server.send("POST", "/omnic/v1/reset");
    await context?.close();
    context = await browser.newContext();
  });

  const answer = (name, apex) => writeFile(path.join(folder, "own", name, "apex.json"), JSON.stringify(apex));
  const login = async () => maria("login", { statusId: await server.status("Available_Cases") });
  const own = (page, name) => frame(page, `${name}.cmp`);

  test("AutoLogin enters the status that Apex names, and says so", async () => {
    const page = await panel(context, server, "maria.keller", "AutoLogin.cmp");
    await own(page, "AutoLogin").getByText("Now in Available_Cases").waitFor();
    await wrote(page, "AutoLogin.cmp", "toast Omni-Channel: You are online");
    assert.equal((await maria("getServicePresenceStatusId")).statusApiName, "Available_Cases");
    assert.deepEqual(page.wrong, []);
  });

  test("AutoLogin shows an error of Apex, and is loaded anew when its files change", async () => {
    await answer("AutoLogin", { preferredStatus: { error: "no status for you" } });
    const page = await panel(context, server, "maria.keller", "AutoLogin.cmp");
    await own(page, "AutoLogin").getByText("No status: no status for you").waitFor();
    await answer("AutoLogin", { preferredStatus: { returnValue: await server.status("Available_Cases") } });
    await own(page, "AutoLogin").getByText("Now in Available_Cases").waitFor();
  });

  test("BusyLight hears every event", async () => {
    const page = await panel(context, server, "maria.keller", "BusyLight.cmp");
    await own(page, "BusyLight").getByText("Come in").waitFor();
    await login();
    const id = await server.arrive("A case");
    const { works } = await maria("getAgentWorks");
    assert.equal(works[0].workItemId, id);
    await maria("acceptAgentWork", { workId: works[0].workId });
    await maria("raiseAgentWorkFlag", { workId: works[0].workId });
    await maria("closeAgentWork", { workId: works[0].workId });
    await maria("setServicePresenceStatus", { statusId: await server.status("Busy") });
    await own(page, "BusyLight").getByText("Do not disturb").waitFor();
    await maria("logout");
    await own(page, "BusyLight").getByText("off", { exact: true }).waitFor();
    const heard = await own(page, "BusyLight").locator("li").allTextContents();
    const kinds = new Set(heard);
    for (const event of ["LoginSuccess", "StatusChanged", "WorkAssigned", "WorkloadChanged", "WorkAccepted", "WorkFlagUpdated", "WorkClosed", "Logout"])
      assert.ok(kinds.has(event), `${event} of ${heard}`);
  });

  test("DeclineWhenBusy declines what is offered", async () => {
    await login();
    await server.arrive("A case");
    const { works } = await maria("getAgentWorks");
    const page = await panel(context, server, "maria.keller", "DeclineWhenBusy.cmp");
    await maria("setServicePresenceStatus", { statusId: await server.status("Busy") });
    // `reason` is no argument of declineAgentWork: it is left out, and said.
    await wrote(page, "DeclineWhenBusy.cmp", /^warn declineAgentWork: it has no argument `reason`/, /^log (declined|not declined)/);
    const told = (await lines(page, "DeclineWhenBusy.cmp")).some((line) => line === `log declined ${works[0].workId}: true`);
    const [{ Status }] = await server.query(`SELECT Status FROM AgentWork WHERE Id = '${works[0].workId}'`);
    assert.equal(told, Status === "Declined");
  });

  test("WorkList shows work, accepts and closes it, with callbacks", async () => {
    const page = await panel(context, server, "maria.keller", "WorkList.cmp");
    await own(page, "WorkList").getByText("Nothing to do").waitFor();
    await login();
    const id = await server.arrive("A case");
    await own(page, "WorkList").getByText(`1. ${id} offered`).waitFor();
    await own(page, "WorkList").getByRole("button", { name: "Accept 1" }).click();
    await own(page, "WorkList").getByText(`1. ${id} open`).waitFor();
    await own(page, "WorkList").getByRole("button", { name: "Close 1" }).click();
    await own(page, "WorkList").getByText("Nothing to do").waitFor();
    await own(page, "WorkList").getByLabel("Filter").pressSequentially("ab");
    await own(page, "WorkList").getByText("filter changed 2 times").waitFor();
    assert.equal(await own(page, "WorkList").getByLabel("Filter").inputValue(), "ab");
    await wrote(page, "WorkList.cmp", "log filter is now a", "log filter is now ab");
  });

  test("Misuse is told what is wrong, with its reason and its line", async () => {
    await login();
    const page = await panel(context, server, "maria.keller", "Misuse.cmp");
    const press = (name) => own(page, "Misuse").getByRole("button", { name }).click();
    const says = (...patterns) => wrote(page, "Misuse.cmp", ...patterns);
    await says("problem Misuse.cmp, line 4: <lightning:workspaceAPI> is not supported", "problem Misuse.cmp, line 13: <script> is not supported");
    await press("Bare id");
    await says('log rejected: acceptAgentWork: it takes an object, {workId}, and was given "0Bz000000000001".');
    await press("Unknown status");
    await says("log rejected: setServicePresenceStatus: `statusId` is `Available`, which is the id of no presence status");
    await press("No argument");
    await says("log rejected: closeAgentWork: `workId` is missing; it takes {workId}.", "warn closeAgentWork: it has no argument `workid`, which is left out; it takes {workId}.");
    await press("Somebody else");
    await says(/^log rejected: acceptAgentWork: `workId` is `0Bz000000000zzz`, which is the id of no work/);
    await press("Unknown method");
    await says("problem MisuseController.js: unknownMethod: omniToolkitAPI.getAgentStatus is not supported by omnic serve");
    await press("Unknown action");
    await says("problem Misuse.cmp, line 10: the controller has no action `nowhere`");
    await press("Uncaught");
    await says(/^problem MisuseController.js: a promise was rejected, and nothing catches that: declineAgentWork: `workId` is `x`/);
    await server.arrive("A case");
    await says("log id = undefined, agent work = undefined");
    // The link runs nothing, and no policy was broken.
    await own(page, "Misuse").getByRole("link").click();
    assert.ok(!(await lines(page, "Misuse.cmp")).some((line) => line.startsWith("alert")));
  });

  test("a frame has no way to the org but its calls, and no way out", async () => {
    await writeFile(path.join(folder, "own", "Escape.page"), `<apex:page>
  <script>
    var found = [];
    try { found.push("parent " + window.parent.document.title); } catch (error) { found.push("parent: no"); }
    try { found.push("storage " + window.sessionStorage.length); } catch (error) { found.push("storage: no"); }
    try { eval("found.push('eval')"); } catch (error) { found.push("eval: no"); }
    fetch("/omnic/v1/health").then(function () { alert("fetch"); }, function () { alert("fetch: no"); });
    alert(found.join(", "));
  </script>
  <apex:pageBlock title="x" />
  <p>{!$User.Id}</p>
</apex:page>`);
    const page = await panel(context, server, "maria.keller", "Escape.page");
    await wrote(page, "Escape.page", "alert parent: no, storage: no, eval: no", "alert fetch: no");
    await wrote(page, "Escape.page", "problem Escape.page, line 10: <apex:pageBlock> is not supported", "problem Escape.page, line 11: the merge field `{!$User.Id}` is not supported");
  });

  test("an error in a controller is told with its file and line", async () => {
    const at = path.join(folder, "own", "Broken");
    await cp(path.join(folder, "own", "WorkList"), at, { recursive: true });
    for (const [from, to] of [["WorkList.cmp", "Broken.cmp"], ["WorkListController.js", "BrokenController.js"]]) await cp(path.join(at, from), path.join(at, to));
    await rm(path.join(at, "WorkList.cmp"));
    await writeFile(path.join(at, "BrokenController.js"), "({\n  refresh: function () {\n    return 1 +;\n  }\n})\n");
    const page = await panel(context, server, "maria.keller", "Broken.cmp");
    await wrote(page, "Broken.cmp", /^problem BrokenController.js, line 3: .*SyntaxError/);
  });

  test("components are given to nobody who does not know the key", async () => {
    const get = (path, headers = {}) => fetch(server.url + path, { headers }).then((answer) => answer.status);
    assert.equal(await get("/console/components/list"), 401);
    assert.equal(await get("/console/components/cmp/wrong/Misuse/controller.js"), 404);
    const { key } = await server.send("GET", "/console/components/list");
    assert.equal(await get(`/console/components/cmp/${key}/Misuse/controller.js`), 200);
    assert.equal(await get(`/console/components/cmp/${key}/..%2FMisuse/controller.js`), 404);
  });
});
