// Each page by axe-core, in light and dark, wide and narrow.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { launch, missing, open, opened } from "./harness/browser.js";
import { start } from "./harness/server.js";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8").catch(() => "");

/** Pages to look at, each with something on it. */
const PAGES = {
  home: (context, server) => open(context, `${server.url}/console`),
  "sign-in": (context, server) => open(context, `${server.url}/console/rep`),
  rep: async (context, server) => {
    const page = await opened(context, server, "rep", "maria.keller");
    await page.getByRole("tab").first().waitFor();
    return page;
  },
  supervisor: (context, server) => opened(context, server, "supervisor", "ruth.adler"),
  "supervisor's queues": async (context, server) => {
    const page = await opened(context, server, "supervisor", "ruth.adler");
    await page.getByRole("tab", { name: "Queues" }).click();
    await page.getByRole("button", { name: /^Why does/ }).first().click();
    return page;
  },
  customer: async (context, server) => {
    const page = await open(context, `${server.url}/console/customer#token=${server.accessToken}`);
    await page.getByText("Connected", { exact: true }).waitFor();
    return page;
  },
  partner: (context, server) => opened(context, server, "partner", "ruth.adler"),
  components: (context, server) => opened(context, server, "components?show=WorkList.cmp", "maria.keller"),
};

describe("accessibility", { skip: missing }, () => {
  let server, browser;

  before(async () => {
    [server, browser] = await Promise.all([start(), launch()]);
    const maria = await server.console("maria.keller");
    await maria("login", { statusId: await server.status("Available_Cases") });
    await server.arrive("A first case with a subject that is long enough to need two lines on a narrow screen");
    await server.arrive("A second case");
    const { works } = await maria("getAgentWorks");
    await maria("acceptAgentWork", { workId: works[0].workId });
    await maria("raiseAgentWorkFlag", { workId: works[0].workId, message: "Please look" });
    await server.arrive("Waits", "Cases_Tier_2");
    await server.arrive("Repair", "Partner_Repairs");
  });
  after(async () => {
    await browser?.close();
    await server?.end();
  });

  for (const colorScheme of ["light", "dark"])
    for (const [screen, viewport] of [["wide", { width: 1280, height: 900 }], ["narrow", { width: 360, height: 740 }]])
      for (const [name, shown] of Object.entries(PAGES))
        test(`${name}, ${colorScheme}, ${screen}`, async () => {
          // Axe comes from outside of the page, which its policy would not let in.
          const context = await browser.newContext({ colorScheme, viewport, bypassCSP: true });
          const page = await shown(context, server);
          await page.waitForTimeout(200);
          await page.evaluate(AXE);
          const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
          const told = violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => `${node.html} ${node.failureSummary}`).join("; ")}`);
          assert.deepEqual(told, []);
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(width <= viewport.width, `the page is ${width} wide`);
          await context.close();
        });
});
