// What runs in the frame of a component or a page before its own scripts: it takes what they define, and tells what goes wrong.
import { Aura } from "./aura.ts";
import { Bridge } from "./bridge.ts";
import type { Markup, Report, Write } from "./contract.ts";
import { build, type Handler } from "./visualforce.ts";

const holder = window as unknown as { omnicBridge?: Bridge; omnicFrame?: unknown; $A?: unknown };
const bridge = (holder.omnicBridge ??= new Bridge());
const write: Write = (tone, text) => bridge.say({ omnic: 1, type: "line", tone, text });

function shown(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Error) return value.message;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

for (const tone of ["log", "warn", "error"] as const) {
  const before = console[tone].bind(console);
  console[tone] = (...all: unknown[]) => {
    before(...all);
    write(tone, all.map(shown).join(" "));
  };
}
console.info = console.log;
console.debug = console.log;
window.alert = (text?: unknown) => write("alert", shown(text));
window.confirm = (text?: string) => {
  write("alert", `${text ?? ""} (answered with OK)`);
  return true;
};

let name = "";
let kind: "cmp" | "page" = "cmp";

/** The file of the component that a script's address stands for. */
function fileOf(address: string): string {
  const part = address.split("/").pop() ?? "";
  const files: { [part: string]: string } = { "controller.js": `${name}Controller.js`, "helper.js": `${name}Helper.js`, "renderer.js": `${name}Renderer.js` };
  return files[part] ?? (kind === "page" ? `${name}.page` : part);
}

const report: Report = (line, message, file) =>
  bridge.say({ omnic: 1, type: "problem", line, message, file: file === "controller" ? `${name}Controller.js` : (file ?? `${name}.${kind}`) });

const early: { line: number; message: string; address: string }[] = [];
window.addEventListener("error", (event) => {
  const problem = { line: event.lineno, message: event.message || "a script cannot be loaded", address: event.filename };
  if (name === "") early.push(problem);
  else report(problem.line, problem.message, fileOf(problem.address));
});
window.addEventListener("unhandledrejection", (event) => {
  report(0, `a promise was rejected, and nothing catches that: ${shown(event.reason)}`, "controller");
});

const parts: { controller: { [name: string]: never }; helper: object } = { controller: {}, helper: {} };
let hasRenderer = false;
const handlers: Handler[] = [];

holder.omnicFrame = {
  define(what: string, value: unknown): void {
    if (what === "renderer") hasRenderer = true;
    else if (value === null || typeof value !== "object") early.push({ line: 1, message: "the file must hold an object in parentheses", address: `${what}.js` });
    else if (what === "controller") parts.controller = value as typeof parts.controller;
    else parts.helper = value;
  },
  handler(handler: Handler): void {
    handlers.push(handler);
  },
  markup(markup: Markup): void {
    name = markup.name;
    kind = markup.kind;
    document.title = name;
    const root = document.getElementById("omnic-root");
    if (!root) return;
    for (const problem of markup.problems) report(problem.line, problem.message, problem.message.startsWith("apex.json") ? "apex.json" : undefined);
    for (const problem of early) report(problem.line, problem.message, fileOf(problem.address));
    if (hasRenderer) report(0, "renderers are not supported", `${name}Renderer.js`);
    const size = new ResizeObserver(() => bridge.say({ omnic: 1, type: "height", height: document.documentElement.scrollHeight }));
    size.observe(document.body);
    if (markup.kind === "page") {
      build(markup, root, handlers, report);
      window.addEventListener("load", () => void bridge.console.then(() => bridge.say({ omnic: 1, type: "ready" })));
      return;
    }
    const aura = new Aura(markup, parts, bridge, root, report, write);
    holder.$A = aura.global();
    // Components may ask for their user as soon as they begin.
    void bridge.console.then(() => {
      aura.start();
      bridge.say({ omnic: 1, type: "ready" });
    });
  },
};
