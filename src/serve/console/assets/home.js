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

// src/common/api.ts
function words(error) {
  return error instanceof Error ? error.message : String(error);
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
  who(name, signOut) {
    show(this.#who, name === void 0 ? null : [h("span", {}, name), h("button", { type: "button", key: "sign-out", onclick: signOut }, "Sign out")]);
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
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem("omnic.control", given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem("omnic.control") ?? void 0;
}

// src/pages/home.ts
var shell = new Shell("Consoles");
var token = controlToken();
var hash = token ? `#token=${encodeURIComponent(token)}` : "";
var PAGES2 = [
  ["rep", "Rep", "Sign in as a user, choose a status, take work."],
  ["supervisor", "Supervisor", "Who is online and at what load, what waits and why."],
  [`customer${hash}`, "Customer and clock", "Create work, move the clock, see the trace. It needs the printed token."],
  ["partner", "Routing partner", "Externally routed work and its streaming events."],
  ["components", "Components", "Run Aura components and Visualforce pages of a folder."]
];
show(
  shell.main,
  h("p", {}, "Open a page in a tab of its own for each person: a tab has one user."),
  h(
    "ul",
    { class: "tiles" },
    PAGES2.map(([path, name, words2]) => h("li", {}, h("a", { href: `/console/${path}` }, h("strong", {}, name), h("span", {}, words2))))
  )
);
