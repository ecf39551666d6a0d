// src/common/api.ts
var ServerError = class extends Error {
  constructor(status2, code, message) {
    super(message);
    this.status = status2;
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

// src/common/host.ts
var METHODS = new Set(
  "login logout setServicePresenceStatus getServicePresenceStatusId getServicePresenceStatusChannels getAgentWorks getAgentWorkload acceptAgentWork declineAgentWork closeAgentWork raiseAgentWorkFlag lowerAgentWorkFlag".split(" ")
);
var LONGEST_LOGOUT = 5e3;
var Frames = class {
  constructor(session, host, expired) {
    this.session = session;
    this.host = host;
    this.expired = expired;
    window.addEventListener("message", (event) => {
      const frame = [...this.#frames].find((known) => known.contentWindow === event.source);
      if (frame && event.data?.omnic === 1) void this.#hear(frame, event.data);
    });
  }
  #frames = /* @__PURE__ */ new Set();
  #farewells = /* @__PURE__ */ new Map();
  #calls = /* @__PURE__ */ new Set();
  #last = 0;
  add(frame) {
    this.#frames.add(frame);
  }
  remove(frame) {
    this.#frames.delete(frame);
  }
  #say(frame, message) {
    frame.contentWindow?.postMessage(message, "*");
  }
  #all(message) {
    for (const frame of this.#frames) this.#say(frame, message);
  }
  /** Hands on what happened. */
  told(events) {
    for (const told of events)
      if (told.kind === "console" && told.event) this.#all({ omnic: 1, type: "event", event: told.event, parameters: told.parameters ?? {} });
  }
  /** The connection broke. */
  connectionError(error) {
    this.#all({ omnic: 1, type: "event", event: "connectionError", parameters: { error } });
  }
  tabEvent(event, id, objectId) {
    this.#all({ omnic: 1, type: "tabEvent", event, id, objectId });
  }
  /** Lets components do what they do before a logout, and waits for them. */
  async logout() {
    const waits = [...this.#frames].map(
      (frame) => new Promise((resolve) => {
        const id = this.#last += 1;
        this.#farewells.set(id, resolve);
        setTimeout(resolve, LONGEST_LOGOUT);
        this.#say(frame, { omnic: 1, type: "logout", id });
        if (frame.dataset["kind"] !== "page") resolve();
      })
    );
    await Promise.all(waits);
    await Promise.all(this.#calls);
    this.#farewells.clear();
  }
  async #hear(frame, said) {
    switch (said.type) {
      case "hello":
        this.#say(frame, { omnic: 1, type: "welcome", userId: this.session()?.userId ?? "" });
        return;
      case "ready":
        frame.dataset["ready"] = "";
        return;
      case "call": {
        const calling = this.#call(said.method, said.arguments);
        this.#calls.add(calling);
        const answer = await calling;
        this.#calls.delete(calling);
        this.#say(frame, { omnic: 1, type: "answer", id: said.id, ...answer });
        return;
      }
      case "tab": {
        const id = this.host.tab(said.method, said.arguments);
        this.#say(frame, id ? { omnic: 1, type: "answer", id: said.id, result: id } : { omnic: 1, type: "answer", id: said.id, error: { message: "there is no such tab", code: "NOT_FOUND" } });
        return;
      }
      case "line":
        this.host.line(frame, said.tone, said.text);
        return;
      case "problem":
        this.host.line(frame, "problem", `${said.file}${said.line > 0 ? `, line ${said.line}` : ""}: ${said.message}`);
        return;
      case "custom":
        this.#all({ omnic: 1, type: "custom", name: said.name, message: said.message });
        return;
      case "height":
        if (Number.isFinite(said.height)) frame.style.height = `${Math.min(Math.max(said.height, 60), 800)}px`;
        return;
      case "loggedOut":
        this.#farewells.get(said.id)?.();
        return;
    }
  }
  async #call(method, parameters) {
    const session = this.session();
    if (!METHODS.has(method)) return { error: { message: `there is no method \`${method}\``, code: "INVALID_ARGUMENT" } };
    if (!session) return { error: { message: "nobody is signed in", code: "INVALID_SESSION_ID" } };
    try {
      return { result: await call(session.token, method, parameters) };
    } catch (error) {
      if (error instanceof ServerError && error.isExpired) this.expired();
      return { error: { message: words(error), code: error instanceof ServerError ? error.code : "UNREACHABLE" } };
    }
  }
};

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

// src/pages/components.ts
var shell = new Shell("Components");
var places = /* @__PURE__ */ new Map();
var chosen = /* @__PURE__ */ new Set();
var picker = h("fieldset", { class: "card" });
var cards = h("div", { class: "columns" });
var tabList = h("ul", { class: "items" });
var status = h("p", { class: "small" });
var listed;
var lastTab = 0;
var tabs = /* @__PURE__ */ new Map();
var frames = new Frames(
  () => page.session && { token: page.session.token, userId: page.session.userId },
  {
    line(frame, tone, text) {
      const place = [...places.values()].find((each) => each.frame === frame);
      if (!place) return;
      const line = h("li", { class: tone }, h("span", { class: "tone" }, tone), ` ${text}`);
      place.lines.append(line);
      while (place.lines.children.length > 200) place.lines.firstElementChild?.remove();
      place.lines.scrollTop = place.lines.scrollHeight;
    },
    tab(method, parameters) {
      if (method === "openTab") {
        const id2 = `scc-pt-${lastTab}`;
        lastTab += 1;
        const url = String(parameters["url"] ?? "");
        tabs.set(id2, { label: String(parameters["label"] ?? url), url });
        showTabs();
        setTimeout(() => frames.tabEvent("openTab", id2, objectOf(url)));
        return id2;
      }
      const id = String(parameters["id"] ?? "");
      return closeTab(id) ? id : "";
    }
  },
  () => page.expired()
);
function objectOf(url) {
  return /^\/?([A-Za-z0-9]{15}|[A-Za-z0-9]{18})(?:$|[/?#])/.exec(url)?.[1] ?? "";
}
function closeTab(id) {
  const tab = tabs.get(id);
  if (!tab) return false;
  tabs.delete(id);
  showTabs();
  setTimeout(() => frames.tabEvent("closeTab", id, objectOf(tab.url)));
  return true;
}
function showTabs() {
  show(tabList, tabs.size === 0 ? h("li", { class: "empty" }, "No tab is open.") : [...tabs].map(([id, tab]) => h("li", {}, tab.label, " ", h("button", { type: "button", class: "quiet", key: id, "aria-label": `Close the tab ${tab.label}`, onclick: () => closeTab(id) }, "×"))));
}
var page = new SignedPage({
  shell,
  path: "/omnic/v1/console/state",
  invitation: "Sign in as the user whose console the components are in.",
  everybody: false,
  shown(state, session) {
    status.textContent = `${state.user.name}: ${state.presence?.statusName ?? "offline"}${state.capacity ? `, ${state.capacity.used} of ${state.capacity.capacity} in use` : ""}`;
    if (!cards.isConnected) {
      show(
        shell.main,
        status,
        h("div", { class: "columns" }, picker, h("section", { class: "card", "aria-labelledby": "tabs-title" }, h("div", { class: "row" }, h("h2", { id: "tabs-title" }, "Tabs"), h("button", { type: "button", class: "quiet", onclick: openRecord }, "Open a tab")), tabList)),
        cards
      );
      showTabs();
      void load(session);
    }
  },
  told(events) {
    frames.told(events);
  },
  connection(state) {
    if (state === "broken") frames.connectionError("the connection to the server is broken");
  },
  async leaving() {
    const overlay = h("div", { class: "overlay", role: "alert" }, "Logging out…");
    document.body.append(overlay);
    await frames.logout();
    overlay.remove();
  },
  gone() {
    for (const place of places.values()) frames.remove(place.frame);
    places.clear();
    cards.remove();
    cards.replaceChildren();
    tabs.clear();
  }
});
function openRecord() {
  const id = `scc-pt-${lastTab}`;
  lastTab += 1;
  tabs.set(id, { label: `Tab ${lastTab}`, url: "" });
  showTabs();
  frames.tabEvent("openTab", id, "");
}
async function load(session) {
  try {
    listed = await ask("GET", "/console/components/list", { token: session.token });
    arrange(listed);
  } catch (error) {
    if (error instanceof ServerError && error.status === 404) {
      show(picker, h("legend", {}, "Components"), h("p", {}, error.message));
      return;
    }
    if (error instanceof ServerError && error.status === 500) shell.fail(error);
  }
  setTimeout(() => {
    if (page.session === session) void load(session);
  }, 1500);
}
function arrange(now) {
  if (chosen.size === 0) {
    const given = new URLSearchParams(location.search).getAll("show");
    for (const each of given) chosen.add(each);
  }
  const known = now.components.map((each) => `${each.name}.${each.kind}`);
  const text = JSON.stringify(known);
  if (picker.dataset["known"] !== text) {
    picker.dataset["known"] = text;
    show(
      picker,
      h("legend", {}, "Components"),
      now.components.length === 0 && h("p", {}, "The folder holds no .cmp or .page file."),
      now.components.map((each) => {
        const id = `${each.name}.${each.kind}`;
        return h(
          "label",
          { class: "check", title: each.path },
          h("input", {
            type: "checkbox",
            key: id,
            checked: chosen.has(id),
            onchange: (event) => {
              if (event.target.checked) chosen.add(id);
              else chosen.delete(id);
              if (listed) arrange(listed);
            }
          }),
          id
        );
      })
    );
  }
  for (const [id, place] of places) {
    if (chosen.has(id) && known.includes(id)) continue;
    frames.remove(place.frame);
    place.card.remove();
    places.delete(id);
  }
  for (const each of now.components) {
    const id = `${each.name}.${each.kind}`;
    if (!chosen.has(id)) continue;
    const address = `/console/components/${each.kind}/${now.key}/${encodeURIComponent(each.name)}/frame`;
    const place = places.get(id);
    if (!place) {
      const frame = h("iframe", { title: id, src: address, sandbox: "allow-scripts allow-forms", "data-kind": each.kind });
      const lines = h("ol", { class: "log", tabindex: 0, "aria-label": `What ${id} writes` });
      const card = h("section", { class: "card", "aria-label": id }, h("h2", {}, id), frame, lines);
      cards.append(card);
      frames.add(frame);
      places.set(id, { digest: each.digest, card, frame, lines });
    } else if (place.digest !== each.digest) {
      place.digest = each.digest;
      place.lines.append(h("li", { class: "log" }, h("span", { class: "tone" }, "reload"), " the files have changed"));
      delete place.frame.dataset["ready"];
      place.frame.src = `${address}?${each.digest}`;
    }
  }
}
page.begin();
