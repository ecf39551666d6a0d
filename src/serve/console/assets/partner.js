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
async function signIn(username, password) {
  const answer = await ask("POST", "/omnic/v1/console/sign-in", { body: { username, password } });
  return { token: answer.accessToken, userId: answer.userId, username: answer.username, name: answer.name };
}
var REST = "/services/data/v60.0";
async function query(token, soql) {
  const answer = await ask("GET", `${REST}/query?q=${encodeURIComponent(soql)}`, { token });
  return answer.records;
}
function words(error) {
  return error instanceof Error ? error.message : String(error);
}

// src/common/cometd.ts
var Cometd = class {
  constructor(token, channel, replayId, heard, said) {
    this.token = token;
    this.channel = channel;
    this.replayId = replayId;
    this.heard = heard;
    this.said = said;
  }
  #last = 0;
  #clientId = "";
  #isRunning = false;
  #held = new AbortController();
  async run() {
    this.#isRunning = true;
    let isNew = true;
    while (this.#isRunning) {
      try {
        if (isNew) {
          await this.#begin();
          isNew = false;
        }
        const messages = await this.#send([{ channel: "/meta/connect", clientId: this.#clientId, connectionType: "long-polling" }]);
        for (const message of messages) {
          if (message.channel === "/meta/connect" && message.successful === false) {
            this.said(message.error ?? "the connection ended", true);
            if (message.advice?.reconnect === "none" || message.error?.startsWith("401")) return;
            isNew = message.advice?.reconnect === "handshake" || message.error?.startsWith("403") === true;
          }
        }
      } catch (error) {
        if (!this.#isRunning) return;
        this.said(error instanceof Error ? error.message : String(error), true);
        isNew = true;
        if (!(error instanceof Unreachable)) return;
        await new Promise((resolve) => setTimeout(resolve, 2e3));
      }
    }
  }
  stop() {
    this.#isRunning = false;
    this.#held.abort();
    if (this.#clientId) void this.#send([{ channel: "/meta/disconnect", clientId: this.#clientId }], false).catch(() => void 0);
  }
  async #begin() {
    const [shaken] = await this.#send([{ channel: "/meta/handshake", version: "1.0", minimumVersion: "1.0", supportedConnectionTypes: ["long-polling"], ext: { replay: true } }]);
    if (!shaken?.successful || !shaken.clientId) throw new Error(shaken?.ext?.sfdc?.failureReason ?? shaken?.error ?? "the handshake failed");
    this.#clientId = shaken.clientId;
    const messages = await this.#send([{ channel: "/meta/subscribe", clientId: this.#clientId, subscription: this.channel, ext: { replay: { [this.channel]: this.replayId } } }]);
    const subscribed = messages.find((message) => message.channel === "/meta/subscribe");
    if (!subscribed?.successful) throw new Error(subscribed?.error ?? "the subscription failed");
    this.said(`subscribed to ${this.channel} from ${this.replayId}`, false);
  }
  async #send(messages, isHeld = true) {
    const numbered = messages.map((message) => ({ ...message, id: String(this.#last += 1) }));
    if (isHeld) this.#held = new AbortController();
    let answer;
    try {
      const headers = { Authorization: `Bearer ${this.token}`, "Content-Type": "application/json" };
      answer = await fetch("/cometd/60.0", { method: "POST", headers, body: JSON.stringify(numbered), credentials: "same-origin", ...isHeld ? { signal: this.#held.signal } : {} });
    } catch {
      throw new Unreachable();
    }
    if (answer.status >= 500) throw new Unreachable();
    const all = await answer.json();
    for (const message of all) {
      const event = message.data?.event;
      if (message.channel !== this.channel || typeof event?.replayId !== "number") continue;
      this.replayId = event.replayId;
      this.heard({ replayId: event.replayId, type: event.type ?? "", at: event.createdDate ?? "", fields: message.data?.sobject ?? message.data?.payload ?? {} });
    }
    return all.filter((message) => message.channel.startsWith("/meta/"));
  }
};

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
function keep(session2) {
  if (session2) sessionStorage.setItem(KEY, JSON.stringify(session2));
  else sessionStorage.removeItem(KEY);
}
async function signOut(session2) {
  keep(void 0);
  await ask("POST", "/omnic/v1/console/sign-out", { token: session2.token }).catch((error) => {
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
        signIn(username.value, password.value).then((session2) => {
          keep(session2);
          done(session2);
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

// src/pages/partner.ts
var shell = new Shell("Routing partner");
var requests = h("div", {});
var works = h("div", {});
var log = h("ol", { class: "log", tabindex: 0, "aria-label": "Streaming events, the latest first" });
var streamState = h("p", { class: "small", role: "status" });
var events = [];
var session;
var client;
var timer;
var TOPIC = {
  Name: "OmnicPartnerPage",
  Query: "SELECT Id, WorkItemId, QueueId, Serial, RoutingModel, RoutingPriority, CapacityWeight, CapacityPercentage, ServiceChannelId, IsReadyForRouting, IsPushed FROM PendingServiceRouting WHERE RoutingModel = 'ExternalRouting'",
  ApiVersion: 60,
  NotifyForOperationCreate: true,
  NotifyForOperationUpdate: true,
  NotifyForOperationDelete: true,
  NotifyForFields: "All"
};
async function doing(act) {
  if (!session) return void 0;
  try {
    return await act(session);
  } catch (error) {
    if (error instanceof ServerError && error.isExpired) leave(true);
    else shell.fail(error);
    return void 0;
  }
}
function leave(isExpired) {
  client?.stop();
  client = void 0;
  keep(void 0);
  session = void 0;
  clearTimeout(timer);
  shell.connection(isExpired ? "expired" : "none");
  shell.who(void 0, () => void 0);
  show(shell.main, signInForm("Sign in as a user whose API access the partner has.", enter));
}
function enter(next) {
  session = next;
  shell.who(`${next.name} (${next.username})`, () => {
    void signOut(next).catch((error) => shell.fail(error));
    leave(false);
  });
  const from = h("input", { id: "replay", type: "number", value: "-1", min: -2 });
  show(
    shell.main,
    h(
      "div",
      { class: "columns" },
      h("section", { class: "card wide", "aria-labelledby": "requests-title" }, h("h2", { id: "requests-title" }, "Requests for external routing"), requests),
      h("section", { class: "card wide", "aria-labelledby": "works-title" }, h("h2", { id: "works-title" }, "Work with reps"), works),
      h(
        "section",
        { class: "card wide", "aria-labelledby": "stream-title" },
        h("h2", { id: "stream-title" }, "Streaming events"),
        h(
          "form",
          {
            class: "line",
            onsubmit: (event) => {
              event.preventDefault();
              void subscribe(Number(from.value));
            }
          },
          h("label", { for: "replay" }, "Replay id: -1 for new events, -2 for all that are retained"),
          from,
          h("button", { class: "primary" }, "Subscribe")
        ),
        streamState,
        log
      )
    )
  );
  void refresh();
}
async function subscribe(from) {
  await doing(async ({ token }) => {
    const known2 = await query(token, `SELECT Id FROM PushTopic WHERE Name = '${TOPIC.Name}'`);
    if (known2.length === 0) await ask("POST", `${REST}/sobjects/PushTopic`, { token, body: TOPIC });
    client?.stop();
    events.length = 0;
    showLog();
    const next = new Cometd(
      token,
      `/topic/${TOPIC.Name}`,
      from,
      (event) => {
        events.unshift(event);
        events.length = Math.min(events.length, 300);
        showLog();
        clearTimeout(timer);
        timer = setTimeout(() => void refresh(), 50);
      },
      (what, isWrong) => {
        streamState.textContent = what;
        streamState.classList.toggle("problem", isWrong);
      }
    );
    client = next;
    void next.run();
  });
}
function showLog() {
  show(log, events.map((event) => h("li", {}, h("time", {}, event.at ? clock(event.at) : ""), " ", h("strong", {}, `replay id ${event.replayId}`), ` ${event.type} `, h("span", { class: "json" }, JSON.stringify(event.fields)))));
}
function table(caption, heads, rows, empty) {
  if (rows.length === 0) return h("p", { class: "empty" }, empty);
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": `${caption}: table` },
    h("table", {}, h("caption", { class: "unseen" }, caption), h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, at) => at === 0 ? h("th", { scope: "row" }, cell) : h("td", {}, cell))))))
  );
}
var lastShown = "";
async function refresh() {
  clearTimeout(timer);
  await doing(async ({ token }) => {
    const pending = await query(
      token,
      "SELECT Id, WorkItemId, Group.DeveloperName, RoutingPriority, CapacityWeight, CapacityPercentage, ServiceChannelId, IsPushed, Serial, CreatedDate FROM PendingServiceRouting WHERE RoutingModel = 'ExternalRouting' ORDER BY RoutingPriority, CreatedDate LIMIT 200"
    );
    const given = await query(
      token,
      "SELECT Id, WorkItemId, User.Name, Status, CapacityWeight, PendingServiceRoutingId, AssignedDateTime FROM AgentWork WHERE Status IN ('Assigned', 'Opened') ORDER BY Id LIMIT 200"
    );
    const online = await query(token, "SELECT UserId, User.Name, ServicePresenceStatus.MasterLabel FROM UserServicePresence WHERE IsCurrentState = true AND IsAway = false LIMIT 200");
    shell.connection("live");
    const now = JSON.stringify([pending, given, online]);
    if (now === lastShown && requests.firstChild) return;
    lastShown = now;
    const name = (value, field) => value !== null && typeof value === "object" ? String(value[field] ?? "–") : "–";
    show(
      requests,
      table(
        "Requests for external routing",
        ["Request", "Work item", "Queue", "Priority", "Cost", "Since", "Pushed", "Give to"],
        pending.map((row) => {
          const to = h("select", { "aria-label": `Rep for ${String(row["WorkItemId"])}`, key: `to ${String(row["Id"])}` }, online.map((rep) => h("option", { value: String(rep["UserId"]) }, `${name(rep["User"], "Name")} (${name(rep["ServicePresenceStatus"], "MasterLabel")})`)));
          const give = h("button", { type: "button", key: `give ${String(row["Id"])}`, disabled: online.length === 0, "aria-label": `Give ${String(row["WorkItemId"])} to the rep`, onclick: () => void assign(row, to.value) }, "Give");
          return [
            String(row["Id"]),
            String(row["WorkItemId"]),
            name(row["Group"], "DeveloperName"),
            String(row["RoutingPriority"] ?? "–"),
            row["CapacityWeight"] !== null ? String(row["CapacityWeight"]) : `${String(row["CapacityPercentage"] ?? "–")} %`,
            clock(String(row["CreatedDate"])),
            row["IsPushed"] === true ? "yes" : "no",
            row["IsPushed"] === true ? "–" : online.length === 0 ? "nobody is online" : h("div", { class: "line" }, to, give)
          ];
        }),
        "No request waits for a partner."
      )
    );
    show(
      works,
      table(
        "Work with reps",
        ["AgentWork", "Work item", "Rep", "Status", "Cost", "Since"],
        given.map((row) => [String(row["Id"]), String(row["WorkItemId"]), name(row["User"], "Name"), String(row["Status"]), String(row["CapacityWeight"] ?? "–"), row["AssignedDateTime"] ? clock(String(row["AssignedDateTime"])) : "–"]),
        "No rep has work."
      )
    );
  });
  if (session) timer = setTimeout(() => void refresh(), 3e3);
}
async function assign(row, user) {
  await doing(async ({ token }) => {
    const body = { WorkItemId: row["WorkItemId"], ServiceChannelId: row["ServiceChannelId"], PendingServiceRoutingId: row["Id"], UserId: user };
    await ask("POST", `${REST}/sobjects/AgentWork`, { token, body });
    shell.say("The work was given to the rep.");
  });
  void refresh();
}
var known = kept();
if (known) enter(known);
else leave(false);
