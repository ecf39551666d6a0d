// A real browser, and what a person does in it.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { user } from "./server.js";

const FOUND = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));

/** Why there is no browser; false if there is one. */
export const missing = FOUND ? false : "no Chromium: install it, or name it in CHROMIUM";

export function launch() {
  // Each page is its own person; the sandbox of the browser needs a kernel that lets it.
  return chromium.launch({ executablePath: FOUND, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}

/** Opens a page, and collects what goes wrong in it: errors, and what its policy blocked. */
export async function open(context, url) {
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !/Failed to load resource|net::ERR/.test(text)) wrong.push(text);
  });
  await page.goto(url);
  page.wrong = wrong;
  return page;
}

/** Signs a user in on a page. */
export async function signIn(page, server, name) {
  await page.getByLabel("Username").fill(user(name));
  await page.getByLabel("Password").fill(server.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("Connected", { exact: true }).waitFor();
}

/** Opens one of the pages, and signs a user in. */
export async function opened(context, server, path, name) {
  const page = await open(context, `${server.url}/console/${path}`);
  await signIn(page, server, name);
  return page;
}

/** Waits until something holds. */
export async function until(what, holds, milliseconds = 10_000) {
  const end = Date.now() + milliseconds;
  let last;
  for (;;) {
    try {
      if (await holds()) return;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) assert.fail(`${what} did not come${last ? `: ${last.message}` : ""}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
