// src/common/api.ts
var ServerError = class extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
  /** The session is over: nothing else will be answered. */
  get isExpired() {
    return this.status === 401 && this.code === "INVALID_SESSION_ID";
  }
};
var Unreachable = class extends Error {
  constructor() {
    super("The server cannot be reached. Nothing was done, or it is not known whether it was.");
  }
};
async function read(answer) {
  const text = await answer.text();
  let value = null;
  if (text) {
    try {
      value = JSON.parse(text);
    } catch {
      value = text;
    }
  }
  if (answer.ok) return value;
  const first = Array.isArray(value) ? value[0] : void 0;
  throw new ServerError(answer.status, first?.errorCode ?? `HTTP_${answer.status}`, first?.message ?? answer.statusText);
}
async function ask(method, path, options = {}) {
  const headers = {};
  if (options.token) headers["Authorization"] = `Bearer ${options.token}`;
  const request = { method, headers, credentials: "same-origin", cache: "no-store" };
  if (options.body !== void 0) {
    headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(options.body);
  }
  if (options.signal) request.signal = options.signal;
  let answer;
  try {
    answer = await fetch(path, request);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Unreachable();
  }
  return read(answer);
}
var REST = "/services/data/v60.0";
async function query(token2, soql) {
  const answer = await ask("GET", `${REST}/query?q=${encodeURIComponent(soql)}`, { token: token2 });
  return answer.records;
}
function words(error) {
  return error instanceof Error ? error.message : String(error);
}

// src/common/dom.ts
function append(parent, child) {
  if (Array.isArray(child)) for (const each of child) append(parent, each);
  else if (child instanceof Node) parent.appendChild(child);
  else if (child !== null && child !== void 0 && child !== false) parent.appendChild(document.createTextNode(String(child)));
}
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name2, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name2.slice(2), value);
    else if (name2 === "key") element.dataset["key"] = String(value);
    else if (name2 === "value" && "value" in element) element.value = String(value ?? "");
    else if (value === true) element.setAttribute(name2, "");
    else if (value !== false && value !== null && value !== void 0) element.setAttribute(name2, String(value));
  }
  append(element, children);
  return element;
}
function show(into, ...children) {
  const active = document.activeElement;
  const key = active instanceof HTMLElement && into.contains(active) ? active.dataset["key"] : void 0;
  const typed = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? active.value : void 0;
  const scroll = into.scrollTop;
  into.replaceChildren();
  append(into, children);
  into.scrollTop = scroll;
  if (key === void 0) return;
  const next = [...into.querySelectorAll("[data-key]")].find((element) => element.dataset["key"] === key);
  if (next) {
    if (typed !== void 0 && (next instanceof HTMLInputElement || next instanceof HTMLTextAreaElement)) next.value = typed;
    next.focus({ preventScroll: true });
  }
}
function clock(at) {
  return new Date(at).toISOString().slice(11, 19);
}

// src/common/hub.ts
var WAIT_SECONDS = 25;
var FIRST_PAUSE = 300;
var LONGEST_PAUSE = 5e3;
var GRACE = 1e4;
var Hub = class {
  #consoles = /* @__PURE__ */ new Map();
  #held;
  #isRunning = false;
  #pause = FIRST_PAUSE;
  #wake;
  /** A console listens from now on, from its position. */
  add(id, listener, tell) {
    this.#consoles.set(id, { ...listener, tell, state: "unknown" });
    this.#again();
    void this.#run();
  }
  /** A console listens no longer. */
  remove(id) {
    if (this.#consoles.delete(id)) this.#again();
  }
  /** Asks at once, though it would wait otherwise. */
  retry() {
    this.#pause = FIRST_PAUSE;
    this.#wake?.();
  }
  /** The held request does not name everyone: it is sent anew. Positions move only with answers, so nothing is lost. */
  #again() {
    this.#held?.abort();
    this.#wake?.();
  }
  async #run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (this.#consoles.size > 0) await this.#once();
    this.#isRunning = false;
  }
  async #once() {
    const asked = [...this.#consoles];
    const isNew = asked.some(([, console]) => console.state !== "live");
    const held = new AbortController();
    this.#held = held;
    let isLate = false;
    const wait = isNew ? 0 : WAIT_SECONDS;
    const timer = setTimeout(() => {
      isLate = true;
      held.abort();
    }, wait * 1e3 + GRACE);
    try {
      const consoles = asked.map(([, { token: token2, after, everybody }]) => ({ token: token2, after, everybody }));
      const answer = await ask("POST", "/omnic/v1/console/stream", { body: { consoles, wait }, signal: held.signal });
      this.#pause = FIRST_PAUSE;
      asked.forEach(([id, console], at) => this.#heard(id, console, answer.consoles[at]));
    } catch (error) {
      if (held.signal.aborted && !isLate) return;
      if (error instanceof ServerError && error.isExpired) {
        for (const [id, console] of asked) this.#refuse(id, console, error.code);
        return;
      }
      for (const [id, console] of asked) if (this.#consoles.get(id) === console) this.#state(console, "broken");
      await new Promise((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, this.#pause);
      });
      this.#wake = void 0;
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    } finally {
      clearTimeout(timer);
    }
  }
  #heard(id, console, heard) {
    if (!heard || this.#consoles.get(id) !== console) return;
    if (heard.error) return this.#refuse(id, console, heard.error);
    this.#state(console, "live");
    if (!heard.after) return;
    console.after = heard.after;
    if (heard.lost) console.tell({ type: "lost", after: heard.after });
    else if (heard.events.length > 0) console.tell({ type: "events", events: heard.events, after: heard.after });
  }
  #refuse(id, console, code) {
    if (this.#consoles.get(id) !== console) return;
    this.#consoles.delete(id);
    console.tell({ type: "refused", code });
  }
  #state(console, state) {
    if (console.state === state) return;
    console.state = state;
    console.tell({ type: "connection", state });
  }
};

// src/common/listen.ts
var policy;
function workerUrl() {
  const types = window.trustedTypes;
  policy ??= types?.createPolicy("omnic", { createScriptURL: (url) => url === "/console/assets/worker.js" ? url : "about:blank" });
  return policy?.createScriptURL("/console/assets/worker.js") ?? "/console/assets/worker.js";
}
var own;
var lastOfOwn = 0;
function alone(listener, tell) {
  const hub = own ??= new Hub();
  const id = String(lastOfOwn += 1);
  hub.add(id, listener, tell);
  return { stop: () => hub.remove(id), retry: () => hub.retry() };
}
function listen(listener, tell) {
  if (typeof SharedWorker === "undefined") return alone(listener, tell);
  const worker = new SharedWorker(workerUrl(), { name: "omnic-consoles" });
  const say = (message) => worker.port.postMessage(message);
  let now = { ...listener };
  let fallback;
  worker.onerror = () => {
    fallback ??= alone(now, tell);
  };
  worker.port.onmessage = (message) => {
    const heard = message.data;
    if (heard.type === "events" || heard.type === "lost") now = { ...now, after: heard.after };
    tell(heard);
  };
  say({ type: "listen", listener: now });
  const here = setInterval(() => say({ type: "here" }), 2e4);
  const leave = () => say({ type: "leave" });
  const back = (event) => {
    if (event.persisted) say({ type: "listen", listener: now });
  };
  const online = () => say({ type: "retry" });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", back);
  window.addEventListener("online", online);
  return {
    stop() {
      clearInterval(here);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", back);
      window.removeEventListener("online", online);
      leave();
      worker.port.close();
      fallback?.stop();
    },
    retry: () => fallback ? fallback.retry() : say({ type: "retry" })
  };
}

// src/common/page.ts
var PAGES = [
  ["/console/rep", "Rep"],
  ["/console/supervisor", "Supervisor"],
  ["/console/customer", "Customer and clock"],
  ["/console/partner", "Routing partner"],
  ["/console/components", "Components"]
];
var Shell = class {
  constructor(title) {
    this.title = title;
    const links = PAGES.map(
      ([path, name2]) => h("li", {}, h("a", { href: path, "aria-current": location.pathname === path ? "page" : null }, name2))
    );
    document.body.replaceChildren(
      h("a", { class: "skip", href: "#main" }, "Skip to the content"),
      h(
        "header",
        {},
        h("h1", {}, title),
        h("nav", { "aria-label": "Consoles" }, h("ul", {}, links)),
        this.#who
      ),
      this.#connection,
      this.#alerts,
      this.main,
      this.#messages
    );
  }
  main = h("main", { id: "main", tabindex: -1 });
  #who = h("div", { class: "who" });
  #connection = h("div", { class: "connection", role: "status" });
  #messages = h("div", { class: "messages", role: "status", "aria-live": "polite" });
  #alerts = h("div", { class: "messages", role: "alert" });
  #brokenAt;
  /** Who is signed in, with a way out. */
  who(name2, signOut) {
    show(this.#who, name2 === void 0 ? null : [h("span", {}, name2), h("button", { type: "button", key: "sign-out", onclick: signOut }, "Sign out")]);
  }
  /** Tells how the connection is. */
  connection(state, retry) {
    this.#connection.dataset["state"] = state;
    document.body.dataset["connection"] = state;
    if (state === "broken") this.#brokenAt ??= (/* @__PURE__ */ new Date()).toLocaleTimeString();
    else this.#brokenAt = void 0;
    if (state === "broken")
      show(
        this.#connection,
        `The connection is broken since ${this.#brokenAt}. What is shown may be out of date; it goes on as soon as the server answers. `,
        retry && h("button", { type: "button", key: "retry", onclick: retry }, "Try now")
      );
    else if (state === "expired") show(this.#connection, "The session is over. Sign in again: what is shown is out of date.");
    else show(this.#connection, state === "live" ? "Connected" : null);
  }
  /** Says something that has gone well. */
  say(text) {
    this.#message(this.#messages, text, 6e3);
  }
  /** Says what has gone wrong. */
  fail(error) {
    this.#message(this.#alerts, words(error), 2e4);
  }
  #message(into, text, milliseconds) {
    const line = h("p", {}, text, " ", h("button", { type: "button", class: "quiet", "aria-label": "Dismiss", onclick: () => line.remove() }, "×"));
    into.append(line);
    while (into.children.length > 4) into.firstElementChild?.remove();
    setTimeout(() => line.remove(), milliseconds);
  }
};
function controlToken() {
  const given2 = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given2) {
    sessionStorage.setItem("omnic.control", given2);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem("omnic.control") ?? void 0;
}

// src/common/time.ts
var Clock = class {
  #at = Date.now();
  #heard = performance.now();
  #factor = 1;
  pace = "real";
  /** The server has told the time. */
  set(now, pace2) {
    this.#at = Date.parse(now);
    this.#heard = performance.now();
    this.pace = pace2;
    this.#factor = pace2 === "manual" ? 0 : pace2.startsWith("x") ? Number(pace2.slice(1)) || 1 : 1;
  }
  /** Milliseconds since 1970. */
  now() {
    return this.#at + (performance.now() - this.#heard) * this.#factor;
  }
  /** Seconds until a time. */
  until(at) {
    return (Date.parse(at) - this.now()) / 1e3;
  }
};

// src/pages/customer.ts
var shell = new Shell("Customer and clock");
var clock2 = new Clock();
var trace = [];
var traced = h("ol", { class: "log", tabindex: 0, "aria-label": "What happens, the latest first" });
var shownTime = h("p", { class: "time", "aria-live": "off" });
var pace = h("select", { id: "pace" }, ["real", "manual", "x2", "x10", "x60"].map((each) => h("option", { value: each }, words2(each))));
var names = /* @__PURE__ */ new Map();
var token;
var listening;
function words2(each) {
  return each === "real" ? "as it does (real)" : each === "manual" ? "only when told (manual)" : `${each.slice(1)} times as fast`;
}
async function doing(act) {
  if (token === void 0) return;
  try {
    await act(token);
  } catch (error) {
    if (error instanceof ServerError && error.isExpired) over();
    else shell.fail(error);
  }
}
function over() {
  listening?.stop();
  listening = void 0;
  token = void 0;
  sessionStorage.removeItem("omnic.control");
  shell.connection("expired");
  askToken("The server does not know this token: it was started anew.");
}
function askToken(problem = "") {
  shell.who(void 0, () => void 0);
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
        }
      },
      h("h2", {}, "The printed token"),
      h("p", {}, "This page controls the org. The terminal of the server shows the token that may."),
      h("label", { for: "token" }, "Token"),
      input,
      h("p", { class: "problem", role: "alert" }, problem),
      h("button", { class: "primary" }, "Go on")
    )
  );
}
async function begin(given2) {
  try {
    await setTime(await ask("GET", "/omnic/v1/clock", { token: given2 }));
    const rows = await query(given2, "SELECT QueueId, Queue.Name, SobjectType FROM QueueSobject");
    const people = await query(given2, "SELECT Id, Name FROM User");
    for (const person of people) names.set(String(person["Id"]).slice(0, 15), String(person["Name"]));
    for (const row of rows) names.set(String(row["QueueId"]).slice(0, 15), String(row["Queue"]["Name"]));
    token = given2;
    sessionStorage.setItem("omnic.control", given2);
    layout(rows.map((row) => ({ queueId: String(row["QueueId"]), queue: String(row["Queue"]["Name"]), object: String(row["SobjectType"]) })));
    await follow(given2);
  } catch (error) {
    sessionStorage.removeItem("omnic.control");
    askToken(error instanceof ServerError && error.status === 403 ? "This token cannot control: use the one that the server printed." : error instanceof Error ? error.message : String(error));
  }
}
async function follow(given2) {
  const answer = await ask("POST", "/omnic/v1/console/stream", { body: { consoles: [{ token: given2, everybody: true }] } });
  listening?.stop();
  listening = listen({ token: given2, after: answer.consoles[0]?.after ?? "", everybody: true }, (heard) => {
    if (heard.type === "events") heard.events.forEach(told);
    else if (heard.type === "lost") told({ at: new Date(clock2.now()).toISOString(), kind: "beganAgain" });
    else if (heard.type === "connection") {
      shell.connection(heard.state, () => listening?.retry());
      document.querySelectorAll("main button").forEach((button) => button.disabled = heard.state !== "live");
    } else over();
    showTrace();
  });
}
async function setTime(answer) {
  const state = answer;
  clock2.set(state.now, state.pace);
  if (![...pace.options].some((option) => option.value === state.pace)) pace.append(h("option", { value: state.pace }, words2(state.pace)));
  pace.value = state.pace;
}
function layout(channels) {
  const target = h("select", { id: "channel" }, channels.map((each, at) => h("option", { value: at }, `${each.object} in ${each.queue}`)));
  const subject = h("input", { id: "subject", value: "A question" });
  const fields = h("textarea", { id: "fields", rows: 4, spellcheck: "false", placeholder: "Priority = High\nLanguage__c = German" });
  const make = (count) => void doing((given2) => create(given2, channels[Number(target.value)], subject.value, fields.value, count));
  const step = (seconds) => void doing(async (given2) => setTime(await ask("POST", "/omnic/v1/clock", { token: given2, body: { advanceSeconds: seconds } })));
  pace.onchange = () => void doing(async (given2) => setTime(await ask("POST", "/omnic/v1/clock", { token: given2, body: { pace: pace.value } })));
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
        h("div", { class: "buttons" }, h("button", { type: "button", class: "primary", onclick: () => make(1) }, "Create one"), h("button", { type: "button", onclick: () => make(10) }, "Create ten"))
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
            ["1 hour", 3600]
          ].map(([label, seconds]) => h("button", { type: "button", onclick: () => step(Number(seconds)) }, String(label)))
        )
      ),
      h(
        "section",
        { class: "card wide", "aria-labelledby": "trace-title" },
        h("div", { class: "row" }, h("h2", { id: "trace-title" }, "Trace"), h("button", { type: "button", class: "quiet", onclick: clear }, "Clear")),
        traced
      )
    )
  );
  shell.who("The printed token", () => {
    listening?.stop();
    listening = void 0;
    token = void 0;
    sessionStorage.removeItem("omnic.control");
    shell.connection("none");
    askToken();
  });
}
function clear() {
  trace.length = 0;
  showTrace();
}
function fieldsOf(text) {
  const all = {};
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "") continue;
    const at = line.indexOf("=");
    if (at < 1) throw new Error(`\`${line}\` is no field: write \`Name = value\``);
    const value = line.slice(at + 1).trim();
    all[line.slice(0, at).trim()] = value === "true" ? true : value === "false" ? false : value;
  }
  return all;
}
async function create(given2, channel, subject, text, count) {
  if (!channel) throw new Error("Choose what to create.");
  const named = ["Case", "Task", "Event"].includes(channel.object) ? "Subject" : channel.object === "Lead" ? "LastName" : channel.object.endsWith("__c") ? "Name" : void 0;
  const own2 = fieldsOf(text);
  const company = channel.object === "Lead" ? { Company: "Acme" } : {};
  const records = Array.from({ length: count }, (_, at) => ({
    attributes: { type: channel.object },
    ...company,
    ...named ? { [named]: count > 1 ? `${subject} ${at + 1}` : subject } : {},
    ...own2,
    OwnerId: channel.queueId
  }));
  const answer = await ask("POST", `${REST}/composite/sobjects`, { token: given2, body: { allOrNone: false, records } });
  const failed = answer.filter((each) => !each.success);
  const made = answer.length - failed.length;
  if (made > 0) shell.say(`Created ${made} ${channel.object} in ${channel.queue}`);
  if (failed[0]) throw new Error(`${failed.length} could not be created: ${failed[0].errors[0]?.message ?? ""}`);
}
function name(value) {
  const text = String(value);
  return names.get(text.slice(0, 15)) ?? text;
}
function told(one) {
  trace.unshift({ at: one.at, text: sentence(one) });
  trace.length = Math.min(trace.length, 500);
}
function sentence(one) {
  if (one.kind === "beganAgain") return "Everything began again, or what happened meanwhile is not known";
  if (one.kind === "console") return `${name(one.parameters?.["user"] ?? one.username)} hears ${one.event ?? ""} ${JSON.stringify(one.parameters ?? {})}`;
  const { effect: kind, ...rest } = one.effect ?? {};
  const parts = Object.entries(rest).filter(([key, value]) => key !== "at" && value !== null).map(([key, value]) => `${key}: ${typeof value === "object" ? JSON.stringify(value) : name(value)}`);
  const label = String(kind).replace(/([A-Z])/g, " $1").toLowerCase();
  return `${label.charAt(0).toUpperCase()}${label.slice(1)}${parts.length > 0 ? `, ${parts.join(", ")}` : ""}`;
}
function showTrace() {
  show(traced, trace.slice(0, 200).map((line) => h("li", {}, h("time", {}, clock(line.at)), ` ${line.text}`)));
}
setInterval(() => {
  const text = new Date(clock2.now()).toISOString().slice(0, 19).replace("T", " ");
  if (shownTime.textContent !== text) shownTime.textContent = text;
}, 250);
var given = controlToken();
if (given) void begin(given);
else askToken();
