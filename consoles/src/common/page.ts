// What all pages have: a header, who is signed in, how the connection is, and messages that a screen reader says.
import { ServerError, Unreachable, ask, signIn, words, type Session } from "./api.ts";
import { h, show, type Child } from "./dom.ts";

const PAGES: [string, string][] = [
  ["/console/rep", "Rep"],
  ["/console/supervisor", "Supervisor"],
  ["/console/customer", "Customer and clock"],
  ["/console/partner", "Routing partner"],
  ["/console/components", "Components"],
];

/** How the connection is. */
export type Connection = "none" | "live" | "broken" | "expired";

/** The header, the messages, and the place for the rest. */
export class Shell {
  readonly main = h("main", { id: "main", tabindex: -1 });
  readonly #who = h("div", { class: "who" });
  readonly #connection = h("div", { class: "connection", role: "status" });
  readonly #messages = h("div", { class: "messages", role: "status", "aria-live": "polite" });
  readonly #alerts = h("div", { class: "messages", role: "alert" });
  #brokenAt: string | undefined;

  constructor(readonly title: string) {
    const links = PAGES.map(([path, name]) =>
      h("li", {}, h("a", { href: path, "aria-current": location.pathname === path ? "page" : null }, name)),
    );
    document.body.replaceChildren(
      h("a", { class: "skip", href: "#main" }, "Skip to the content"),
      h(
        "header",
        {},
        h("h1", {}, title),
        h("nav", { "aria-label": "Consoles" }, h("ul", {}, links)),
        this.#who,
      ),
      this.#connection,
      this.#alerts,
      this.main,
      this.#messages,
    );
  }

  /** Who is signed in, with a way out. */
  who(name: string | undefined, signOut: () => void): void {
    show(this.#who, name === undefined ? null : [h("span", {}, name), h("button", { type: "button", key: "sign-out", onclick: signOut }, "Sign out")]);
  }

  /** Tells how the connection is. */
  connection(state: Connection, retry?: () => void): void {
    this.#connection.dataset["state"] = state;
    document.body.dataset["connection"] = state;
    if (state === "broken") this.#brokenAt ??= new Date().toLocaleTimeString();
    else this.#brokenAt = undefined;
    if (state === "broken")
      show(
        this.#connection,
        `The connection is broken since ${this.#brokenAt}. What is shown may be out of date; it goes on as soon as the server answers. `,
        retry && h("button", { type: "button", key: "retry", onclick: retry }, "Try now"),
      );
    else if (state === "expired") show(this.#connection, "The session is over. Sign in again: what is shown is out of date.");
    else show(this.#connection, state === "live" ? "Connected" : null);
  }

  /** Says something that has gone well. */
  say(text: string): void {
    this.#message(this.#messages, text, 6_000);
  }

  /** Says what has gone wrong. */
  fail(error: unknown): void {
    this.#message(this.#alerts, words(error), 20_000);
  }

  #message(into: HTMLElement, text: string, milliseconds: number): void {
    const line = h("p", {}, text, " ", h("button", { type: "button", class: "quiet", "aria-label": "Dismiss", onclick: () => line.remove() }, "×"));
    into.append(line);
    while (into.children.length > 4) into.firstElementChild?.remove();
    setTimeout(() => line.remove(), milliseconds);
  }
}

const KEY = "omnic.session";

/** The session that this tab had. */
export function kept(): Session | undefined {
  try {
    const text = sessionStorage.getItem(KEY);
    return text ? (JSON.parse(text) as Session) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the session for this tab, or forgets it. */
export function keep(session: Session | undefined): void {
  if (session) sessionStorage.setItem(KEY, JSON.stringify(session));
  else sessionStorage.removeItem(KEY);
}

/** The printed token: from the address, which is cleaned of it, or as this tab has kept it. */
export function controlToken(): string | undefined {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem("omnic.control", given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem("omnic.control") ?? undefined;
}

/** Ends a session at the server. */
export async function signOut(session: Session): Promise<void> {
  keep(undefined);
  await ask("POST", "/omnic/v1/console/sign-out", { token: session.token }).catch((error: unknown) => {
    // A session that is over, or a server that is gone, needs no sign-out.
    if (!(error instanceof Unreachable) && !(error instanceof ServerError && error.isExpired)) throw error;
  });
}

/** A form in which somebody signs in. */
export function signInForm(what: string, done: (session: Session) => void): HTMLElement {
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
        signIn(username.value, password.value)
          .then((session) => {
            keep(session);
            done(session);
          })
          .catch((error: unknown) => {
            problem.textContent = words(error);
            password.select();
          })
          .finally(() => {
            button.disabled = false;
          });
      },
    },
    h("h2", {}, "Sign in"),
    h("p", {}, what),
    h("label", { for: "username" }, "Username"),
    username,
    h("label", { for: "password" }, "Password"),
    password,
    problem,
    button,
  );
  queueMicrotask(() => username.focus());
  return form;
}

/** A dialog that asks something; undefined if it is closed otherwise. */
export function question<T>(title: string, make: (answer: (value: T) => void) => Child): Promise<T | undefined> {
  return new Promise((resolve) => {
    let given: T | undefined;
    const dialog = h("dialog", { "aria-labelledby": "dialog-title" });
    const answer = (value: T): void => {
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
