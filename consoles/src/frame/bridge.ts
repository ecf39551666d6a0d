// The frame's side of the way to the console around it. Only the page above is heard.
import type { Fields, Json } from "../common/api.ts";
import type { FromFrame, ToFrame } from "../common/messages.ts";

type Waiting = { resolve(value: Json): void; reject(error: Error): void };

/** A call that was refused, with the code of the server. */
export class CallError extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

export class Bridge {
  #last = 0;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners: ((said: ToFrame) => void)[] = [];
  #welcome: ((isThere: boolean) => void) | undefined;
  userId = "";

  /** Whether a console is around this page. */
  readonly console: Promise<boolean>;

  constructor() {
    this.console = new Promise((resolve) => {
      this.#welcome = resolve;
      if (window.parent === window) resolve(false);
      else setTimeout(() => resolve(false), 2_000);
    });
    window.addEventListener("message", (event: MessageEvent<ToFrame>) => {
      if (event.source !== window.parent || event.data?.omnic !== 1) return;
      this.#hear(event.data);
    });
    this.say({ omnic: 1, type: "hello" });
  }

  say(message: FromFrame): void {
    // The page above takes messages of its own frames alone, and none of them holds a secret.
    if (window.parent !== window) window.parent.postMessage(message, "*");
  }

  hear(listener: (said: ToFrame) => void): void {
    this.#listeners.push(listener);
  }

  call(method: string, parameters: Fields): Promise<Json> {
    return this.#ask((id) => ({ omnic: 1, type: "call", id, method, arguments: parameters }));
  }

  tab(method: "openTab" | "closeTab", parameters: Fields): Promise<Json> {
    return this.#ask((id) => ({ omnic: 1, type: "tab", id, method, arguments: parameters }));
  }

  async #ask(message: (id: number) => FromFrame): Promise<Json> {
    if (!(await this.console)) throw new CallError("This page is not in a console.", "NOT_IN_CONSOLE");
    return new Promise((resolve, reject) => {
      const id = (this.#last += 1);
      this.#waiting.set(id, { resolve, reject });
      this.say(message(id));
    });
  }

  #hear(said: ToFrame): void {
    if (said.type === "welcome") {
      this.userId = said.userId;
      this.#welcome?.(true);
    } else if (said.type === "answer") {
      const waiting = this.#waiting.get(said.id);
      this.#waiting.delete(said.id);
      if (said.error) waiting?.reject(new CallError(said.error.message, said.error.code));
      else waiting?.resolve(said.result ?? null);
    }
    for (const listener of this.#listeners) listener(said);
  }
}
