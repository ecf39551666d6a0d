// The page that stands for customers and for the clock: it makes work, moves time, and shows what happens.
import { REST, ServerError, ask, query, type Fields } from "../common/api.ts";
import { clock as timeOf, h, show, type Child } from "../common/dom.ts";
import type { Told } from "../common/hub.ts";
import { listen, type Listening } from "../common/listen.ts";
import { Shell, controlToken } from "../common/page.ts";
import { Clock } from "../common/time.ts";

const shell = new Shell("Customer and clock");
const clock = new Clock();
const trace: { at: string; text: string }[] = [];
const traced = h("ol", { class: "log", tabindex: 0, "aria-label": "What happens, the latest first" });
const shownTime = h("p", { class: "time", "aria-live": "off" });
const pace = h("select", { id: "pace" }, ["real", "manual", "x2", "x10", "x60"].map((each) => h("option", { value: each }, words(each))));
const names = new Map<string, string>();
let token: string | undefined;
let listening: Listening | undefined;

interface Channel {
  queueId: string;
  queue: string;
  object: string;
}

function words(each: string): string {
  return each === "real" ? "as it does (real)" : each === "manual" ? "only when told (manual)" : `${each.slice(1)} times as fast`;
}

async function doing(act: (token: string) => Promise<void>): Promise<void> {
  if (token === undefined) return;
  try {
    await act(token);
  } catch (error) {
    if (error instanceof ServerError && error.isExpired) over();
    else shell.fail(error);
  }
}

function over(): void {
  listening?.stop();
  listening = undefined;
  token = undefined;
  sessionStorage.removeItem("omnic.control");
  shell.connection("expired");
  askToken("The server does not know this token: it was started anew.");
}

function askToken(problem = ""): void {
  shell.who(undefined, () => undefined);
  const input = h("input", { id: "token", required: true, autocomplete: "off", spellcheck: "false" });
  show(
    shell.main,
    h(
      "form",
      {
        class: "card narrow",
        onsubmit: (event) => {
          event.preventDefault();
          void begin(input.value.trim());
        },
      },
      h("h2", {}, "The printed token"),
      h("p", {}, "This page controls the org. The terminal of the server shows the token that may."),
      h("label", { for: "token" }, "Token"),
      input,
      h("p", { class: "problem", role: "alert" }, problem),
      h("button", { class: "primary" }, "Go on"),
    ),
  );
}

async function begin(given: string): Promise<void> {
  try {
    await setTime(await ask("GET", "/omnic/v1/clock", { token: given }));
    const rows = await query(given, "SELECT QueueId, Queue.Name, SobjectType FROM QueueSobject");
    const people = await query(given, "SELECT Id, Name FROM User");
    for (const person of people) names.set(String(person["Id"]).slice(0, 15), String(person["Name"]));
    for (const row of rows) names.set(String(row["QueueId"]).slice(0, 15), String((row["Queue"] as Fields)["Name"]));
    token = given;
    sessionStorage.setItem("omnic.control", given);
    layout(rows.map((row) => ({ queueId: String(row["QueueId"]), queue: String((row["Queue"] as Fields)["Name"]), object: String(row["SobjectType"]) })));
    await follow(given);
  } catch (error) {
    sessionStorage.removeItem("omnic.control");
    askToken(error instanceof ServerError && error.status === 403 ? "This token cannot control: use the one that the server printed." : error instanceof Error ? error.message : String(error));
  }
}

async function follow(given: string): Promise<void> {
  const answer = (await ask("POST", "/omnic/v1/console/stream", { body: { consoles: [{ token: given, everybody: true }] } })) as { consoles: { after?: string }[] };
  listening?.stop();
  listening = listen({ token: given, after: answer.consoles[0]?.after ?? "", everybody: true }, (heard) => {
    if (heard.type === "events") heard.events.forEach(told);
    else if (heard.type === "lost") told({ at: new Date(clock.now()).toISOString(), kind: "beganAgain" });
    else if (heard.type === "connection") {
      shell.connection(heard.state, () => listening?.retry());
      document.querySelectorAll<HTMLButtonElement>("main button").forEach((button) => (button.disabled = heard.state !== "live"));
    } else over();
    showTrace();
  });
}

async function setTime(answer: unknown): Promise<void> {
  const state = answer as { now: string; pace: string };
  clock.set(state.now, state.pace);
  if (![...pace.options].some((option) => option.value === state.pace)) pace.append(h("option", { value: state.pace }, words(state.pace)));
  pace.value = state.pace;
}

function layout(channels: Channel[]): void {
  const target = h("select", { id: "channel" }, channels.map((each, at) => h("option", { value: at }, `${each.object} in ${each.queue}`)));
  const subject = h("input", { id: "subject", value: "A question" });
  const fields = h("textarea", { id: "fields", rows: 4, spellcheck: "false", placeholder: "Priority = High\nLanguage__c = German" });
  const make = (count: number): void => void doing((given) => create(given, channels[Number(target.value)], subject.value, fields.value, count));
  const step = (seconds: number): void => void doing(async (given) => setTime(await ask("POST", "/omnic/v1/clock", { token: given, body: { advanceSeconds: seconds } })));
  pace.onchange = () => void doing(async (given) => setTime(await ask("POST", "/omnic/v1/clock", { token: given, body: { pace: pace.value } })));
  show(
    shell.main,
    h(
      "div",
      { class: "columns" },
      h(
        "section",
        { class: "card", "aria-labelledby": "customer-title" },
        h("h2", { id: "customer-title" }, "Customer"),
        channels.length === 0 && h("p", { class: "problem" }, "No queue of the plan holds an object."),
        h("label", { for: "channel" }, "Work"),
        target,
        h("label", { for: "subject" }, "Subject"),
        subject,
        h("label", { for: "fields" }, "Further fields, one a line: Name = value"),
        fields,
        h("div", { class: "buttons" }, h("button", { type: "button", class: "primary", onclick: () => make(1) }, "Create one"), h("button", { type: "button", onclick: () => make(10) }, "Create ten")),
      ),
      h(
        "section",
        { class: "card", "aria-labelledby": "clock-title" },
        h("h2", { id: "clock-title" }, "Clock"),
        shownTime,
        h("label", { for: "pace" }, "Time runs"),
        pace,
        h("p", { id: "steps" }, "Move it by"),
        h(
          "div",
          { class: "buttons", role: "group", "aria-labelledby": "steps" },
          [
            ["1 second", 1],
            ["10 seconds", 10],
            ["1 minute", 60],
            ["10 minutes", 600],
            ["1 hour", 3600],
          ].map(([label, seconds]) => h("button", { type: "button", onclick: () => step(Number(seconds)) }, String(label))),
        ),
      ),
      h(
        "section",
        { class: "card wide", "aria-labelledby": "trace-title" },
        h("div", { class: "row" }, h("h2", { id: "trace-title" }, "Trace"), h("button", { type: "button", class: "quiet", onclick: clear }, "Clear")),
        traced,
      ),
    ),
  );
  shell.who("The printed token", () => {
    listening?.stop();
    listening = undefined;
    token = undefined;
    sessionStorage.removeItem("omnic.control");
    shell.connection("none");
    askToken();
  });
}

function clear(): void {
  trace.length = 0;
  showTrace();
}

/** Fields of lines such as `Priority = High`. */
function fieldsOf(text: string): Fields {
  const all: Fields = {};
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "") continue;
    const at = line.indexOf("=");
    if (at < 1) throw new Error(`\`${line}\` is no field: write \`Name = value\``);
    const value = line.slice(at + 1).trim();
    all[line.slice(0, at).trim()] = value === "true" ? true : value === "false" ? false : value;
  }
  return all;
}

async function create(given: string, channel: Channel | undefined, subject: string, text: string, count: number): Promise<void> {
  if (!channel) throw new Error("Choose what to create.");
  const named = ["Case", "Task", "Event"].includes(channel.object) ? "Subject" : channel.object === "Lead" ? "LastName" : channel.object.endsWith("__c") ? "Name" : undefined;
  const own = fieldsOf(text);
  const company: Fields = channel.object === "Lead" ? { Company: "Acme" } : {};
  const records = Array.from({ length: count }, (_, at) => ({
    attributes: { type: channel.object },
    ...company,
    ...(named ? { [named]: count > 1 ? `${subject} ${at + 1}` : subject } : {}),
    ...own,
    OwnerId: channel.queueId,
  }));
  const answer = (await ask("POST", `${REST}/composite/sobjects`, { token: given, body: { allOrNone: false, records } })) as { success: boolean; errors: { message: string }[] }[];
  const failed = answer.filter((each) => !each.success);
  const made = answer.length - failed.length;
  if (made > 0) shell.say(`Created ${made} ${channel.object} in ${channel.queue}`);
  if (failed[0]) throw new Error(`${failed.length} could not be created: ${failed[0].errors[0]?.message ?? ""}`);
}

/** An id as a name, if there is one. */
function name(value: unknown): string {
  const text = String(value);
  return names.get(text.slice(0, 15)) ?? text;
}

function told(one: Told): void {
  trace.unshift({ at: one.at, text: sentence(one) });
  trace.length = Math.min(trace.length, 500);
}

function sentence(one: Told): string {
  if (one.kind === "beganAgain") return "Everything began again, or what happened meanwhile is not known";
  if (one.kind === "console") return `${name(one.parameters?.["user"] ?? one.username)} hears ${one.event ?? ""} ${JSON.stringify(one.parameters ?? {})}`;
  const { effect: kind, ...rest } = one.effect ?? {};
  const parts = Object.entries(rest)
    .filter(([key, value]) => key !== "at" && value !== null)
    .map(([key, value]) => `${key}: ${typeof value === "object" ? JSON.stringify(value) : name(value)}`);
  const label = String(kind).replace(/([A-Z])/g, " $1").toLowerCase();
  return `${label.charAt(0).toUpperCase()}${label.slice(1)}${parts.length > 0 ? `, ${parts.join(", ")}` : ""}`;
}

function showTrace(): void {
  show(traced, trace.slice(0, 200).map((line): Child => h("li", {}, h("time", {}, timeOf(line.at)), ` ${line.text}`)));
}

setInterval(() => {
  const text = new Date(clock.now()).toISOString().slice(0, 19).replace("T", " ");
  if (shownTime.textContent !== text) shownTime.textContent = text;
}, 250);

const given = controlToken();
if (given) void begin(given);
else askToken();
