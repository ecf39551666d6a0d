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
var REST = "/services/data/v60.0";
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
  who(name2, signOut2) {
    show(this.#who, name2 === void 0 ? null : [h("span", {}, name2), h("button", { type: "button", key: "sign-out", onclick: signOut2 }, "Sign out")]);
  }
  /** Tells how the connection is. */
  connection(state2, retry) {
    this.#connection.dataset["state"] = state2;
    document.body.dataset["connection"] = state2;
    if (state2 === "broken") this.#brokenAt ??= (/* @__PURE__ */ new Date()).toLocaleTimeString();
    else this.#brokenAt = void 0;
    if (state2 === "broken")
      show(
        this.#connection,
        `The connection is broken since ${this.#brokenAt}. What is shown may be out of date; it goes on as soon as the server answers. `,
        retry && h("button", { type: "button", key: "retry", onclick: retry }, "Try now")
      );
    else if (state2 === "expired") show(this.#connection, "The session is over. Sign in again: what is shown is out of date.");
    else show(this.#connection, state2 === "live" ? "Connected" : null);
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
  #state(console, state2) {
    if (console.state === state2) return;
    console.state = state2;
    console.tell({ type: "connection", state: state2 });
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
      const state2 = await ask("GET", this.page.path, { token: session.token });
      if (this.#session !== session) return void 0;
      this.#wasRead = true;
      this.page.shown(state2, session);
      this.#connected();
      return state2.position;
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

// src/frame/lightning.ts
function listText(list) {
  return Array.isArray(list) && list.length > 0 ? JSON.stringify(list) : "";
}
function shapedParameters(parameters) {
  return "channels" in parameters ? { ...parameters, channels: listText(parameters["channels"]) } : parameters;
}
function eventName(event) {
  return `lightning:omniChannel${event.charAt(0).toUpperCase()}${event.slice(1)}`;
}

// src/pages/rep.ts
var shell = new Shell("Rep");
var clock2 = new Clock();
var state;
var current;
var focused;
var log = [];
var panel = h("section", { class: "card", "aria-labelledby": "omni-title" });
var desk = h("section", { class: "desk", "aria-label": "Work" });
var events = h("ol", { class: "log", tabindex: 0, "aria-label": "Events of the console, the latest first" });
var layout = h(
  "div",
  { class: "columns desk-beside" },
  panel,
  desk,
  h("section", { class: "card wide", "aria-labelledby": "log-title" }, h("h2", { id: "log-title" }, "Events of the console"), events)
);
var MUTE = "omnic.mute";
var sounds = () => localStorage.getItem(MUTE) !== "on";
var audio;
function beep(frequency) {
  audio ??= new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = frequency;
  volume.gain.value = 0.1;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.2);
}
var page = new SignedPage({
  shell,
  path: "/omnic/v1/console/state",
  invitation: "Sign in as a user of the org. The terminal of the server shows the password.",
  everybody: false,
  shown,
  told,
  connection(now) {
    if (now !== "live") {
      if (now === "broken") told([{ at: new Date(clock2.now()).toISOString(), kind: "console", event: "connectionError", parameters: { error: "the connection to the server is broken" } }]);
      if (sounds() && state?.configuration.disconnectSound) beep(220);
    }
    document.querySelectorAll(".card button, .desk button, .card select").forEach((button) => {
      if (button.dataset["local"] === void 0) button.disabled = now !== "live";
    });
    lastShown = "";
    if (state && now === "live") render(state);
  },
  gone() {
    state = void 0;
    log.length = 0;
    current = void 0;
    focused = void 0;
    lastShown = "";
  }
});
var run = (method, parameters = {}) => page.doing((session) => call(session.token, method, parameters));
function told(all) {
  for (const one2 of all) {
    if (one2.kind === "beganAgain") {
      log.unshift({ at: one2.at, name: "Began again: what happened meanwhile is not known", parameters: {} });
      continue;
    }
    if (one2.kind !== "console" || !one2.event) continue;
    log.unshift({ at: one2.at, name: eventName(one2.event), parameters: shapedParameters(one2.parameters ?? {}) });
    if (one2.event === "workAssigned" && sounds() && state?.configuration.requestSound) beep(880);
    if (one2.event === "workAccepted") {
      current = String(one2.parameters?.["workId"]);
      if (state?.works.some((work) => work.workId === current && work.minimises)) minimised(true);
    }
  }
  log.length = Math.min(log.length, 200);
  show(
    events,
    log.map((line) => h("li", {}, h("time", {}, clock(line.at)), " ", h("code", {}, line.name), " ", h("span", { class: "json" }, JSON.stringify(line.parameters))))
  );
}
var isMinimised = false;
function minimised(is) {
  isMinimised = is;
  lastShown = "";
  if (state) render(state);
}
var lastShown = "";
function shown(now) {
  state = now;
  clock2.set(now.now, now.pace);
  if (!layout.isConnected) show(shell.main, layout);
  render(now);
}
function render(now) {
  const { position: _position, now: _now, ...rest } = now;
  const key = JSON.stringify([rest, current, isMinimised]);
  if (key === lastShown) return;
  lastShown = key;
  const open = now.works.filter((work) => work.status !== "Assigned");
  if (!open.some((work) => work.workId === current)) current = open[0]?.workId;
  show(panel, omni(now));
  show(desk, tabs(now, open));
  if (current !== focused) {
    focused = current;
    void run("focusTab", current === void 0 ? {} : { workId: current });
  }
  tick();
}
function omni(now) {
  const option = (status) => h("option", { value: status.id }, `${status.name}${status.isAway ? " (away)" : ""}`);
  const offers = now.works.filter((work) => work.status === "Assigned");
  const select = h(
    "select",
    {
      id: "status",
      key: "status",
      onchange: () => {
        const id = select.value;
        void (id === "" ? run("logout") : now.presence ? run("setServicePresenceStatus", { statusId: id }) : run("login", { statusId: id }));
      }
    },
    h("option", { value: "" }, "Offline"),
    now.statuses.filter((status) => status.isKnown).map(option),
    now.statuses.some((status) => !status.isKnown) && h("optgroup", { label: "Not known to be granted" }, now.statuses.filter((status) => !status.isKnown).map(option))
  );
  select.value = now.presence?.statusId ?? "";
  const heading = h(
    "div",
    { class: "row" },
    h("h2", { id: "omni-title" }, "Omni-Channel"),
    h("button", { type: "button", key: "minimise", class: "quiet", "data-local": "", "aria-expanded": String(!isMinimised), onclick: () => minimised(!isMinimised) }, isMinimised ? "Show" : "Minimise")
  );
  if (isMinimised) return [heading, h("p", {}, now.presence?.statusName ?? "Offline", offers.length > 0 ? `, ${offers.length} offered` : "")];
  return [
    heading,
    h("label", { for: "status" }, "Presence status"),
    select,
    now.statuses.length === 0 && h("p", { class: "problem" }, "No presence status is granted to you."),
    capacity(now),
    h("h3", {}, "Offers"),
    offers.length === 0 ? h("p", { class: "empty" }, now.presence ? "Nothing is offered." : "Nothing is offered while you are offline.") : h("ul", { class: "offers" }, offers.map((work) => offer(now, work))),
    h(
      "label",
      { class: "check" },
      h("input", {
        type: "checkbox",
        key: "mute",
        "data-local": "",
        checked: !sounds(),
        onchange: (event) => localStorage.setItem(MUTE, event.target.checked ? "on" : "off")
      }),
      "Mute this page"
    )
  ];
}
function bar(id, label, used, most) {
  const share = most > 0 ? Math.min(100, used / most * 100) : 0;
  const fill2 = h("span", { class: share >= 100 ? "fill full" : "fill" });
  fill2.style.width = `${share}%`;
  return [
    h("p", { id }, `${label}: ${used} of ${most}`),
    h("div", { class: "bar", role: "meter", "aria-labelledby": id, "aria-valuenow": used, "aria-valuemin": 0, "aria-valuemax": most }, fill2)
  ];
}
function capacity(now) {
  const it = now.capacity;
  if (!it) return null;
  return [
    bar("capacity", "Capacity", it.used, it.capacity),
    (it.interruptibleUsed > 0 || now.works.some((work) => work.isInterruptible)) && bar("interruptible", "Interruptible capacity", it.interruptibleUsed, it.interruptibleCapacity)
  ];
}
var name = (work) => work.title ?? `${work.object ?? "Record"} ${work.workItemId}`;
function offer(now, work) {
  const parameters = { workId: work.workId };
  return h(
    "li",
    { class: "offer" },
    h("p", {}, h("strong", {}, name(work))),
    h("p", { class: "small" }, [work.object, work.queue].filter(Boolean).join(" · ")),
    work.expiresAt && h("p", { class: "countdown", "data-until": work.expiresAt, "data-words": "left to answer" }),
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", class: "primary", key: `accept ${work.workId}`, "aria-label": `Accept ${name(work)}`, onclick: () => void run("acceptAgentWork", parameters) }, "Accept"),
      now.configuration.canDecline && !work.isRequired && h("button", { type: "button", key: `decline ${work.workId}`, "aria-label": `Decline ${name(work)}`, onclick: () => void decline(now, work) }, "Decline")
    )
  );
}
async function decline(now, work) {
  const reasons = now.configuration.declineReasons;
  if (reasons.length === 0) {
    await run("declineAgentWork", { workId: work.workId });
    return;
  }
  const reason = await question(`Decline ${name(work)}`, (answer) => [
    h("p", {}, "Why?"),
    h("div", { class: "stack" }, reasons.map((each) => h("button", { type: "button", onclick: () => answer(each.name) }, each.label)))
  ]);
  if (reason !== void 0) await run("declineAgentWork", { workId: work.workId, declineReason: reason });
}
function tabs(now, open) {
  if (open.length === 0) return h("p", { class: "empty card" }, "No work is open.");
  const choose = (work2) => {
    current = work2.workId;
    render(now);
    document.getElementById(`tab-${work2.workId}`)?.focus();
  };
  const list = h(
    "div",
    {
      role: "tablist",
      "aria-label": "Open work",
      onkeydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        const at = open.findIndex((work2) => work2.workId === current);
        const next = step && open[(at + step + open.length) % open.length];
        if (next) choose(next);
      }
    },
    open.map(
      (work2) => h(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${work2.workId}`,
          key: `tab ${work2.workId}`,
          "data-local": "",
          "aria-selected": String(work2.workId === current),
          "aria-controls": "work",
          tabindex: work2.workId === current ? 0 : -1,
          onclick: () => choose(work2)
        },
        work2.isFlagged && h("span", { class: "flag", "aria-label": "flagged" }, "⚑ "),
        name(work2)
      )
    )
  );
  const work = open.find((each) => each.workId === current);
  return [list, work && h("div", { id: "work", role: "tabpanel", class: "card", tabindex: 0, "aria-labelledby": `tab-${work.workId}` }, one(now, work))];
}
var records = /* @__PURE__ */ new Map();
function one(now, work) {
  const parameters = { workId: work.workId };
  const button = (label, act, extra = {}) => h("button", { type: "button", key: `${label} ${work.workId}`, onclick: act, ...extra }, label);
  const status = work.statusField;
  const meaning = status?.values.find((row) => row.value === status.value)?.meaning;
  const set = (value) => void page.doing((session2) => ask("PATCH", `${REST}/sobjects/${work.object ?? ""}/${work.workItemId}`, { token: session2.token, body: { [status?.field ?? ""]: value } }));
  const next = (wanted) => status?.values.find((row) => row.meaning === wanted)?.value;
  const paused = next("paused");
  const goesOn = next("inProgress");
  const inConversation = work.afterConversationUntil === null;
  const fields = h("dl", { class: "fields" });
  const showFields = (record) => show(
    fields,
    Object.entries(record).filter(([field, value]) => value !== null && typeof value !== "object" && !/Date|Stamp|ById$/.test(field)).slice(0, 24).map(([field, value]) => [h("dt", {}, field), h("dd", {}, String(value))])
  );
  const known = records.get(work.workItemId);
  if (known) showFields(known);
  const session = page.session;
  if (session && work.object) void fill(session, work, showFields);
  return [
    h("div", { class: "row" }, h("h2", {}, name(work)), h("span", { class: "badge" }, meaning === "paused" ? "Paused" : inConversation ? "Open" : "After conversation work")),
    h("p", { class: "small" }, [work.object, work.queue, work.channel, work.openedAt && `since ${clock(work.openedAt)}`].filter(Boolean).join(" · ")),
    work.isFlagged && h("p", { class: "flagged" }, "⚑ Flag raised", work.flagMessage ? `: ${work.flagMessage}` : ""),
    work.afterConversationUntil && h("p", { class: "countdown", "data-until": work.afterConversationUntil, "data-words": "left for after conversation work" }),
    h(
      "div",
      { class: "buttons" },
      button("Close", () => void run("closeAgentWork", parameters), { class: "primary" }),
      work.capacityModel === "TabBased" && button("Close the tab", () => void run("closeTab", parameters)),
      inConversation && button("End the conversation", () => void run("endConversation", parameters)),
      !inConversation && work.extensionsLeft > 0 && button(`Extend (${work.extensionsLeft} left)`, () => void run("extendAfterConversationWork", parameters)),
      status && paused !== void 0 && meaning !== "paused" && button("Pause", () => set(paused)),
      status && goesOn !== void 0 && meaning === "paused" && button("Resume", () => set(goesOn)),
      work.isFlagged ? button("Lower the flag", () => void run("lowerAgentWorkFlag", parameters)) : button("Raise a flag", () => void flag(work)),
      button("Transfer", () => void transfer(now, work))
    ),
    status && h(
      "p",
      {},
      h("label", { for: "record-status" }, `${status.field} `),
      (() => {
        const select = h("select", { id: "record-status", key: "record-status", onchange: () => set(select.value) }, status.value && !status.values.some((row) => row.value === status.value) ? h("option", {}, status.value) : null, status.values.map((row) => h("option", { value: row.value }, row.value)));
        select.value = status.value ?? "";
        return select;
      })()
    ),
    fields
  ];
}
async function fill(session, work, showFields) {
  try {
    const record = await ask("GET", `${REST}/sobjects/${work.object ?? ""}/${work.workItemId}`, { token: session.token });
    records.set(work.workItemId, record);
    showFields(record);
  } catch {
  }
}
async function flag(work) {
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
      h("label", { for: "flag-message" }, "Message to the supervisor (optional)"),
      input,
      h("button", { class: "primary" }, "Raise")
    );
  });
  if (message !== void 0) await run("raiseAgentWorkFlag", message === "" ? { workId: work.workId } : { workId: work.workId, message });
}
async function transfer(now, work) {
  const to = await question(`Transfer ${name(work)}`, (answer) => {
    const select = h(
      "select",
      { id: "transfer-to" },
      h("optgroup", { label: "Queues" }, now.queues.map((queue) => h("option", { value: `queue ${queue.id}` }, queue.name))),
      h("optgroup", { label: "People" }, now.people.map((person) => h("option", { value: `user ${person.id}` }, `${person.name}${person.online ? "" : " (offline)"}`)))
    );
    return [h("label", { for: "transfer-to" }, "To"), select, h("button", { type: "button", class: "primary", onclick: () => answer(select.value) }, "Transfer")];
  });
  const [kind, id] = to?.split(" ") ?? [];
  if (kind && id) await run("transferAgentWork", { workId: work.workId, [kind]: id });
}
function tick() {
  for (const element of document.querySelectorAll("[data-until]")) {
    const left = clock2.until(element.dataset["until"] ?? "");
    const text = `${duration(left)} ${element.dataset["words"] ?? ""}`;
    if (element.textContent !== text) element.textContent = text;
    element.classList.toggle("soon", left < 10);
  }
}
setInterval(tick, 250);
page.begin();
