// The page's side of frames with components: it does what they call, and tells them what happens.
import { ServerError, call, words, type Fields, type Json } from "./api.ts";
import type { Told } from "./hub.ts";
import type { FromFrame, ToFrame } from "./messages.ts";

export interface FrameHost {
  /** A line that the component wrote, or something that is wrong with it. */
  line(frame: HTMLIFrameElement, tone: string, text: string): void;
  /** A component opens or closes a tab; the id of the tab. */
  tab(method: "openTab" | "closeTab", parameters: Fields): string;
}

const METHODS = new Set(
  (
    "login logout setServicePresenceStatus getServicePresenceStatusId getServicePresenceStatusChannels getAgentWorks getAgentWorkload acceptAgentWork " +
    "declineAgentWork closeAgentWork raiseAgentWorkFlag lowerAgentWorkFlag"
  ).split(" "),
);

/** How long callbacks of a logout may take. */
const LONGEST_LOGOUT = 5_000;

export class Frames {
  readonly #frames = new Set<HTMLIFrameElement>();
  readonly #farewells = new Map<number, () => void>();
  readonly #calls = new Set<Promise<unknown>>();
  #last = 0;

  constructor(
    readonly session: () => { token: string; userId: string } | undefined,
    readonly host: FrameHost,
    readonly expired: () => void,
  ) {
    window.addEventListener("message", (event: MessageEvent<FromFrame>) => {
      const frame = [...this.#frames].find((known) => known.contentWindow === event.source);
      // A frame with a sandbox has no origin: it is known by its window.
      if (frame && event.data?.omnic === 1) void this.#hear(frame, event.data);
    });
  }

  add(frame: HTMLIFrameElement): void {
    this.#frames.add(frame);
  }

  remove(frame: HTMLIFrameElement): void {
    this.#frames.delete(frame);
  }

  #say(frame: HTMLIFrameElement, message: ToFrame): void {
    frame.contentWindow?.postMessage(message, "*");
  }

  #all(message: ToFrame): void {
    for (const frame of this.#frames) this.#say(frame, message);
  }

  /** Hands on what happened. */
  told(events: Told[]): void {
    for (const told of events)
      if (told.kind === "console" && told.event) this.#all({ omnic: 1, type: "event", event: told.event, parameters: told.parameters ?? {} });
  }

  /** The connection broke. */
  connectionError(error: string): void {
    this.#all({ omnic: 1, type: "event", event: "connectionError", parameters: { error } });
  }

  tabEvent(event: "openTab" | "closeTab", id: string, objectId: string): void {
    this.#all({ omnic: 1, type: "tabEvent", event, id, objectId });
  }

  /** Lets components do what they do before a logout, and waits for them. */
  async logout(): Promise<void> {
    const waits = [...this.#frames].map(
      (frame) =>
        new Promise<void>((resolve) => {
          const id = (this.#last += 1);
          this.#farewells.set(id, resolve);
          setTimeout(resolve, LONGEST_LOGOUT);
          this.#say(frame, { omnic: 1, type: "logout", id });
          // A component without the toolkit does not answer.
          if (frame.dataset["kind"] !== "page") resolve();
        }),
    );
    await Promise.all(waits);
    // What they called is done before the session ends.
    await Promise.all(this.#calls);
    this.#farewells.clear();
  }

  async #hear(frame: HTMLIFrameElement, said: FromFrame): Promise<void> {
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

  async #call(method: string, parameters: Fields): Promise<{ result: Json } | { error: { message: string; code: string } }> {
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
}
