// The page of components, with some of them, and what they write.
import { opened, until } from "./browser.js";

/** Opens the page with components such as `GuideAccept.cmp`, for a user. */
export async function panel(context, server, name, ...shown) {
  const query = shown.map((each) => `show=${encodeURIComponent(each)}`).join("&");
  const page = await opened(context, server, `components?${query}`, name);
  for (const each of shown) await page.locator(`iframe[title="${each}"][data-ready]`).waitFor();
  return page;
}

/** The frame of a component. */
export const frame = (page, component) => page.frameLocator(`iframe[title="${component}"]`);

/** What a component has written, each line with its tone. */
export async function lines(page, component) {
  const all = await page.getByLabel(`What ${component} writes`).locator("li").allTextContents();
  return all.map((line) => line.replace(/\s+/g, " ").trim());
}

/** Waits until a component has written lines that match. Gives the last. */
export async function wrote(page, component, ...patterns) {
  let found = [];
  await until(`${component} writing ${patterns.join(", ")}`, async () => {
    const all = await lines(page, component);
    found = patterns.map((pattern) => all.findLast((line) => (typeof pattern === "string" ? line === pattern : pattern.test(line))));
    if (found.some((line) => line === undefined)) throw new Error(JSON.stringify(all));
    return true;
  });
  return found.at(-1);
}
