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
async function call(token, method, parameters = {}) {
  const answer = await ask("POST", "/omnic/v1/console/call", { token, body: { method, arguments: parameters } });
  return answer.result;
}
async function signIn(username, password) {
  const answer = await ask("POST", "/omnic/v1/console/sign-in", { body: { username, password } });
  return { token: answer.accessToken, userId: answer.userId, username: answer.username, name: answer.name };
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
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "key") element.dataset["key"] = String(value);
    else if (name === "value" && "value" in element) element.value = String(value ?? "");
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== void 0) element.setAttribute(name, String(value));
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
function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${Math.floor(whole % 3600 / 60)}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest.padStart(5, "0")}` : rest;
}
function clock(at) {
  return new Date(at).toISOString().slice(11, 19);
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
      ([path, name]) => h("li", {}, h("a", { href: path, "aria-current": location.pathname === path ? "page" : null }, name))
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
  who(name, signOut2) {
    show(this.#who, name === void 0 ? null : [h("span", {}, name), h("button", { type: "button", key: "sign-out", onclick: signOut2 }, "Sign out")]);
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
var KEY = "omnic.session";
function kept() {
  try {
    const text = sessionStorage.getItem(KEY);
    return text ? JSON.parse(text) : void 0;
  } catch {
    return void 0;
  }
}
function keep(session) {
  if (session) sessionStorage.setItem(KEY, JSON.stringify(session));
  else sessionStorage.removeItem(KEY);
}
async function signOut(session) {
  keep(void 0);
  await ask("POST", "/omnic/v1/console/sign-out", { token: session.token }).catch((error) => {
    if (!(error instanceof Unreachable) && !(error instanceof ServerError && error.isExpired)) throw error;
  });
}
function signInForm(what, done) {
  const username = h("input", { id: "username", name: "username", autocomplete: "username", required: true, spellcheck: "false", autocapitalize: "none" });
  const password = h("input", { id: "password", name: "password", type: "password", autocomplete: "current-password", required: true });
  const problem = h("p", { class: "problem", role: "alert" });
  const button = h("button", { class: "primary" }, "Sign in");
  const form = h(
    "form",
    {
      class: "card narrow",
      onsubmit: (event) => {
        event.preventDefault();
        button.disabled = true;
        problem.textContent = "";
        signIn(username.value, password.value).then((session) => {
          keep(session);
          done(session);
        }).catch((error) => {
          problem.textContent = words(error);
          password.select();
        }).finally(() => {
          button.disabled = false;
        });
      }
    },
    h("h2", {}, "Sign in"),
    h("p", {}, what),
    h("label", { for: "username" }, "Username"),
    username,
    h("label", { for: "password" }, "Password"),
    password,
    problem,
    button
  );
  queueMicrotask(() => username.focus());
  return form;
}
function question(title, make) {
  return new Promise((resolve) => {
    let given;
    const dialog = h("dialog", { "aria-labelledby": "dialog-title" });
    const answer = (value) => {
      given = value;
      dialog.close();
    };
    show(dialog, h("h2", { id: "dialog-title" }, title), make(answer), h("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Cancel"));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(given);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
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
      const consoles = asked.map(([, { token, after, everybody }]) => ({ token, after, everybody }));
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

// src/common/signed.ts
var SignedPage = class {
  constructor(page2) {
    this.page = page2;
    setInterval(() => {
      if (this.#session && document.visibilityState === "visible") this.later(0);
    }, 1e4);
  }
  #session;
  #listening;
  #isReading = false;
  #again = false;
  #timer;
  /** Whether what happens is heard, and whether the last read was answered. */
  #hears = "unknown";
  #wasRead = true;
  #told = "unknown";
  get session() {
    return this.#session;
  }
  begin() {
    const session = kept();
    if (session) void this.#enter(session);
    else this.#ask();
  }
  #ask() {
    const { shell: shell2, invitation } = this.page;
    shell2.who(void 0, () => void 0);
    this.page.gone?.();
    show(shell2.main, signInForm(invitation, (session) => void this.#enter(session)));
  }
  async #enter(session) {
    this.#session = session;
    [this.#hears, this.#told] = ["unknown", "unknown"];
    const { shell: shell2 } = this.page;
    show(shell2.main, "Loading…");
    shell2.who(`${session.name} (${session.username})`, () => void this.leave());
    const position = await this.#read();
    if (position === void 0 || this.#session !== session) return;
    this.#listening?.stop();
    this.#listening = listen({ token: session.token, after: position, everybody: this.page.everybody }, (heard) => {
      if (this.#session !== session) return;
      if (heard.type === "events") {
        this.page.told?.(heard.events);
        this.later(20);
      } else if (heard.type === "lost") {
        this.page.told?.([{ at: (/* @__PURE__ */ new Date()).toISOString(), kind: "beganAgain" }]);
        this.later(0);
      } else if (heard.type === "connection") {
        this.#hears = heard.state;
        this.#connected();
        if (heard.state === "live") this.later(0);
      } else if (heard.code === "INVALID_SESSION_ID") {
        this.expired();
      } else {
        shell2.fail(new Error(`The server lets ${session.username} hear nothing: ${heard.code}`));
      }
    });
  }
  /** Tells how the connection is, once for each change. */
  #connected() {
    const now = this.#hears === "broken" || !this.#wasRead ? "broken" : this.#hears;
    if (now === this.#told || now === "unknown") return;
    this.#told = now;
    this.page.shell.connection(now, () => {
      this.#listening?.retry();
      this.later(0);
    });
    this.page.connection?.(now);
  }
  /** Reads anew, soon. */
  later(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(), milliseconds);
  }
  async #read() {
    const session = this.#session;
    if (!session) return void 0;
    if (this.#isReading) {
      this.#again = true;
      return void 0;
    }
    this.#isReading = true;
    try {
      const state = await ask("GET", this.page.path, { token: session.token });
      if (this.#session !== session) return void 0;
      this.#wasRead = true;
      this.page.shown(state, session);
      this.#connected();
      return state.position;
    } catch (error) {
      if (this.#session !== session) return void 0;
      if (error instanceof ServerError && error.isExpired) this.expired();
      else if (error instanceof Unreachable || error instanceof ServerError && error.status >= 500) {
        this.#wasRead = false;
        this.#connected();
        if (this.#listening) this.later(1e3);
        else setTimeout(() => void this.#enter(session), 2e3);
      } else {
        this.page.shell.fail(error);
        if (!this.#listening) {
          keep(void 0);
          this.#session = void 0;
          this.#ask();
        }
      }
      return void 0;
    } finally {
      this.#isReading = false;
      if (this.#again) {
        this.#again = false;
        this.later(20);
      }
    }
  }
  /** The session is over: nothing that is shown is true any longer. */
  expired() {
    if (!this.#session) return;
    keep(void 0);
    this.#session = void 0;
    this.#listening?.stop();
    this.#listening = void 0;
    this.page.connection?.("expired");
    this.page.shell.connection("expired");
    this.#ask();
  }
  /** Does something of the server, and says what goes wrong. */
  async doing(act) {
    const session = this.#session;
    if (!session) return void 0;
    try {
      return await act(session);
    } catch (error) {
      if (error instanceof ServerError && error.isExpired) this.expired();
      else this.page.shell.fail(error);
      return void 0;
    } finally {
      this.later(0);
    }
  }
  async leave() {
    const session = this.#session;
    if (!session) return;
    await this.page.leaving?.(session);
    this.#listening?.stop();
    this.#listening = void 0;
    this.#session = void 0;
    await signOut(session).catch((error) => this.page.shell.fail(error));
    this.page.shell.connection("none");
    this.#ask();
  }
};

// src/common/time.ts
var Clock = class {
  #at = Date.now();
  #heard = performance.now();
  #factor = 1;
  pace = "real";
  /** The server has told the time. */
  set(now, pace) {
    this.#at = Date.parse(now);
    this.#heard = performance.now();
    this.pace = pace;
    this.#factor = pace === "manual" ? 0 : pace.startsWith("x") ? Number(pace.slice(1)) || 1 : 1;
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

// src/pages/supervisor.ts
var shell = new Shell("Supervisor");
var clock2 = new Clock();
var sight;
var lastShown = "";
var TABS = ["Reps", "Queues", "Skills", "Work"];
var tab = "Reps";
var open = /* @__PURE__ */ new Map();
var tablist = h("div", { role: "tablist", "aria-label": "Views" });
var body = h("div", { id: "view", role: "tabpanel", tabindex: 0 });
var summary = h("p", { class: "small" });
var page = new SignedPage({
  shell,
  path: "/omnic/v1/console/supervisor",
  invitation: "Sign in as a user whom a supervisor configuration names.",
  everybody: true,
  shown(now) {
    sight = now;
    clock2.set(now.now, now.pace);
    if (!body.isConnected) show(shell.main, summary, tablist, body);
    render();
    for (const item2 of open.keys()) void explain(item2);
  },
  connection(state) {
    document.querySelectorAll("#view button").forEach((button) => {
      if (button.dataset["local"] === void 0) button.disabled = state !== "live";
    });
    if (state === "live") {
      lastShown = "";
      render();
    }
  },
  gone() {
    sight = void 0;
    lastShown = "";
    open.clear();
  }
});
var supervise = (parameters) => page.doing((session) => call(session.token, "supervise", parameters));
function render() {
  if (!sight) return;
  const now = sight;
  const { position: _position, now: _now, ...rest } = now;
  const key = JSON.stringify([rest, tab, [...open]]);
  if (key === lastShown) return tick();
  lastShown = key;
  const online = now.agents.filter((rep) => rep.status !== null).length;
  const waiting = now.queues.reduce((sum, queue) => sum + queue.waiting, 0);
  summary.textContent = `${now.configuration}: ${online} of ${now.agents.length} reps online, ${waiting} waiting in the queues shown, ${now.work.length} items with reps`;
  const choose = (next) => {
    tab = next;
    render();
    document.getElementById(`tab-${next}`)?.focus();
  };
  show(
    tablist,
    TABS.map(
      (each) => h(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${each}`,
          key: each,
          "aria-selected": String(each === tab),
          "aria-controls": "view",
          tabindex: each === tab ? 0 : -1,
          onclick: () => choose(each),
          onkeydown: (event) => {
            const step = { ArrowRight: 1, ArrowLeft: TABS.length - 1 }[event.key];
            const next = step && TABS[(TABS.indexOf(tab) + step) % TABS.length];
            if (next) choose(next);
          }
        },
        each
      )
    )
  );
  body.setAttribute("aria-labelledby", `tab-${tab}`);
  show(body, { Reps: () => reps(now), Queues: () => queues(now), Skills: () => skills(now), Work: () => work(now) }[tab]());
  tick();
}
function table(caption, heads, rows, empty) {
  if (rows.length === 0) return h("p", { class: "empty card" }, empty);
  return h(
    "div",
    { class: "card scroll", tabindex: 0, role: "region", "aria-label": `${caption}: table` },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, at) => at === 0 ? h("th", { scope: "row" }, cell) : h("td", {}, cell)))))
    )
  );
}
function load(used, most, whose) {
  if (most === null) return "–";
  const share = most > 0 ? Math.min(100, used / most * 100) : 0;
  const fill = h("span", { class: share >= 100 ? "fill full" : "fill" });
  fill.style.width = `${share}%`;
  return [h("span", {}, `${used} of ${most} `), h("div", { class: "bar", role: "meter", "aria-label": `Load of ${whose}`, "aria-valuenow": used, "aria-valuemin": 0, "aria-valuemax": most }, fill)];
}
function actions(now, of, known, whose) {
  const all = now.actions.filter((action) => action.tab === of);
  if (all.length === 0) return "–";
  return h(
    "div",
    { class: "buttons" },
    all.map((action) => {
      const it = action.action === "CustomAction" ? { label: action.flow ?? "Flow", act: () => void supervise({ action: "customAction", tab: of, flow: action.flow }).then(() => shell.say(`The flow ${action.flow ?? ""} was started. Flows are not run here.`)) } : known[action.action];
      const label = it?.label ?? action.action;
      if (action.action === "AWSDashboard") return h("button", { type: "button", key: `${whose} ${label}`, onclick: () => void supervise({ action: "awsDashboard", tab: of }) }, "Dashboard");
      return it ? h("button", { type: "button", key: `${whose} ${label}`, "aria-label": `${label}: ${whose}`, onclick: it.act }, label) : h("span", { class: "small" }, `${label}: not in this page`);
    })
  );
}
function reps(now) {
  return [
    table(
      "Reps",
      ["Rep", "Status", "Load", "Work", "Queues and skills", ...now.isTimelineHidden ? [] : ["Timeline"], "Actions"],
      now.agents.map((rep) => [
        rep.name,
        [h("span", { class: rep.status === null ? "dot offline" : rep.isAway ? "dot away" : "dot online" }), rep.status ?? "Offline", rep.since && h("span", { class: "small since", "data-since": rep.since })],
        [load(rep.workload, rep.capacity, rep.name), rep.interruptibleUsed ? h("p", { class: "small" }, `interruptible: ${rep.interruptibleUsed} of ${rep.interruptibleCapacity ?? 0}`) : null],
        rep.works.map((each) => h("p", { class: "small" }, each.isFlagged && "⚑ ", each.title ?? each.workItemId, ` (${each.status})`)),
        h("span", { class: "small" }, [...rep.queues, ...rep.skills].join(", ") || "–"),
        ...now.isTimelineHidden ? [] : [timeline(rep)],
        actions(
          now,
          "AllAgents",
          {
            ChangeQueues: { label: "Queues", act: () => void change(rep, "changeQueues", "queues", now.queues.map((queue) => queue.name), rep.queues) },
            ChangeSkills: { label: "Skills", act: () => void change(rep, "changeSkills", "skills", now.skills.map((skill) => skill.name), rep.skills) },
            AssignLearning: { label: "Assign learning", act: () => void supervise({ action: "assignLearning", agents: [rep.id] }) }
          },
          rep.name
        )
      ]),
      "This configuration shows no reps."
    )
  ];
}
function timeline(rep) {
  const parts = rep.timeline ?? [];
  if (parts.length === 0) return "–";
  const begin = Math.min(...parts.map((part) => Date.parse(part.from)));
  const end = Math.max(clock2.now(), begin + 6e4);
  const track = h("div", { class: "timeline", "aria-hidden": "true" });
  for (const part of parts) {
    const from = Date.parse(part.from);
    const to = part.to ? Date.parse(part.to) : end;
    const bit = h("span", { class: part.kind, title: `${part.label}, ${clock(part.from)} to ${part.to ? clock(part.to) : "now"}` });
    bit.style.left = `${(from - begin) / (end - begin) * 100}%`;
    bit.style.width = `${Math.max(0.5, (to - from) / (end - begin) * 100)}%`;
    track.append(bit);
  }
  const words2 = parts.slice(-6).map((part) => h("li", {}, `${clock(part.from)} to ${part.to ? clock(part.to) : "now"}: ${part.label}`));
  return [track, h("details", {}, h("summary", { key: `timeline ${rep.id}`, "data-local": "" }, `From ${clock(new Date(begin).toISOString())}`), h("ol", { class: "small" }, words2))];
}
async function change(rep, action, what, all, has) {
  const chosen = await question(`${what === "queues" ? "Queues" : "Skills"} of ${rep.name}`, (answer) => {
    const boxes = [.../* @__PURE__ */ new Set([...all, ...has])].sort().map((each) => ({ each, box: h("input", { type: "checkbox", checked: has.includes(each), disabled: !all.includes(each) }) }));
    return h(
      "form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          answer(boxes.filter(({ box }) => box.checked).map(({ each }) => each));
        }
      },
      boxes.map(({ each, box }) => h("label", { class: "check" }, box, each)),
      h("button", { class: "primary" }, "Change")
    );
  });
  if (!chosen) return;
  const added = chosen.filter((each) => !has.includes(each));
  const remove = has.filter((each) => all.includes(each) && !chosen.includes(each));
  const add = action === "changeSkills" ? added.map((skillId) => ({ skillId })) : added;
  if (added.length + remove.length > 0) await supervise({ action, agent: rep.id, add, remove });
}
function queues(now) {
  return now.queues.length === 0 ? h("p", { class: "empty card" }, "This configuration shows no queues.") : now.queues.map(
    (queue) => h(
      "section",
      { class: "card", "aria-labelledby": `queue-${queue.id}` },
      h("div", { class: "row" }, h("h2", { id: `queue-${queue.id}` }, queue.name), h("span", { class: "badge" }, `${queue.waiting} waiting`)),
      queue.longestWait !== null && h("p", { class: "small" }, `The oldest waits for ${duration(queue.longestWait)}`),
      queue.items.length > 0 && h("ul", { class: "items" }, queue.items.map(item)),
      queue.waiting > queue.items.length && queue.items.length > 0 && h("p", { class: "small" }, `${queue.waiting - queue.items.length} more`),
      actions(now, "QueuesBacklog", { ManageQueues: { label: "Members", act: () => void members(now, queue.id, queue.name) } }, queue.name)
    )
  );
}
async function members(now, id, name) {
  const has = now.agents.filter((rep) => rep.queues.includes(name));
  const chosen = await question(`Members of ${name}`, (answer) => {
    const boxes = now.agents.map((rep) => ({ rep, box: h("input", { type: "checkbox", checked: has.includes(rep) }) }));
    return h(
      "form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          answer(boxes.filter(({ box }) => box.checked).map(({ rep }) => rep.id));
        }
      },
      boxes.map(({ rep, box }) => h("label", { class: "check" }, box, rep.name)),
      h("button", { class: "primary" }, "Change")
    );
  });
  if (!chosen) return;
  const add = chosen.filter((rep) => !has.some((each) => each.id === rep));
  const remove = has.map((rep) => rep.id).filter((rep) => !chosen.includes(rep));
  if (add.length + remove.length > 0) await supervise({ action: "manageQueues", queue: id, add, remove });
}
function item(each) {
  const isOpen = open.has(each.workItemId);
  const why = open.get(each.workItemId);
  return h(
    "li",
    {},
    h("strong", {}, each.title ?? `${each.object ?? "Record"} ${each.workItemId}`),
    ` since ${clock(each.since)} `,
    h(
      "button",
      {
        type: "button",
        class: "quiet",
        key: `why ${each.workItemId}`,
        "aria-expanded": String(isOpen),
        "aria-label": `Why does ${each.title ?? each.workItemId} wait?`,
        onclick: () => {
          if (isOpen) open.delete(each.workItemId);
          else {
            open.set(each.workItemId, void 0);
            void explain(each.workItemId);
          }
          render();
        }
      },
      "Why does it wait?"
    ),
    why && h(
      "div",
      { class: "why" },
      h("p", {}, `${why.summary}.`),
      why.missingSkills.length > 0 && h("p", {}, `Nobody has the skills ${why.missingSkills.join(", ")}.`),
      why.reps.length > 0 && h("ul", {}, why.reps.map((group) => h("li", {}, `${group.users.join(", ")}: ${group.why}`))),
      why.ahead.length > 0 && h("ul", {}, why.ahead.map((other) => h("li", {}, `${other.workItemId} ${other.why}`))),
      why.timers.length > 0 && h("ul", {}, why.timers.map((timer) => h("li", {}, `${clock(timer.at)}: ${timer.what}`)))
    )
  );
}
async function explain(workItemId) {
  const session = page.session;
  if (!session) return;
  try {
    const why = await ask("GET", `/omnic/v1/console/why?workItemId=${workItemId}`, { token: session.token });
    if (open.has(workItemId)) open.set(workItemId, why);
    render();
  } catch (error) {
    open.delete(workItemId);
    shell.fail(error);
  }
}
function skills(now) {
  return table("Skills", ["Skill", "Waiting"], now.skills.map((skill) => [skill.name, skill.waiting]), "This configuration shows no skills.");
}
function work(now) {
  return table(
    "Assigned work",
    ["Item", "Object", "Rep", "Queue", "Status", "Since", "Flag", "Actions"],
    now.work.map((each) => {
      const whose = each.title ?? each.workItemId;
      const flag = each.isFlagged ? h("button", { type: "button", key: `lower ${each.workId}`, "aria-label": `Lower the flag: ${whose}`, onclick: () => void supervise({ action: "lowerFlag", workId: each.workId }) }, "Lower the flag") : h("button", { type: "button", key: `raise ${each.workId}`, "aria-label": `Raise a flag: ${whose}`, onclick: () => void raise(each) }, "Raise a flag");
      return [whose, each.object, each.userName, each.queue ?? "–", each.status, each.openedAt ? clock(each.openedAt) : each.assignedAt ? clock(each.assignedAt) : "–", each.isFlagged ? `⚑ ${each.flagMessage ?? ""}` : "–", h("div", { class: "buttons" }, flag)];
    }),
    "No rep who is shown has work."
  );
}
async function raise(each) {
  const message = await question("Raise a flag", (answer) => {
    const input = h("input", { id: "flag-message", maxlength: 255 });
    return h(
      "form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          answer(input.value);
        }
      },
      h("label", { for: "flag-message" }, "Message to the rep (optional)"),
      input,
      h("button", { class: "primary" }, "Raise")
    );
  });
  if (message !== void 0) await supervise({ action: "raiseFlag", workId: each.workId, ...message === "" ? {} : { message } });
}
function tick() {
  for (const element of document.querySelectorAll("[data-since]")) {
    const text = ` for ${duration(-clock2.until(element.dataset["since"] ?? ""))}`;
    if (element.textContent !== text) element.textContent = text;
  }
}
setInterval(tick, 1e3);
page.begin();
