// What happens for the users of this browser: one request is held for all of them. It goes on where it was after a break, so that
// nothing is lost and nothing comes twice.
import { ServerError, ask, type Fields } from "./api.ts";

/** Something that a console is told. */
export interface Told {
  at: string;
  kind: "console" | "effect" | "beganAgain";
  username?: string;
  event?: string;
  parameters?: Fields;
  effect?: Fields;
}

/** Who listens. */
export interface Listener {
  token: string;
  after: string;
  everybody: boolean;
}

/** What a listener hears. */
export type Heard =
  | { type: "events"; events: Told[]; after: string }
  | { type: "lost"; after: string }
  | { type: "connection"; state: "live" | "broken" }
  | { type: "refused"; code: string };

interface Console extends Listener {
  tell(heard: Heard): void;
  state: "unknown" | "live" | "broken";
}

interface Answer {
  consoles: { after?: string; events: Told[]; lost?: boolean; error?: string }[];
}

const WAIT_SECONDS = 25;
const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5_000;
/** How long an answer may take beyond the wait, until the connection counts as broken. */
const GRACE = 10_000;

export class Hub {
  readonly #consoles = new Map<string, Console>();
  #held: AbortController | undefined;
  #isRunning = false;
  #pause = FIRST_PAUSE;
  #wake: (() => void) | undefined;

  /** A console listens from now on, from its position. */
  add(id: string, listener: Listener, tell: (heard: Heard) => void): void {
    this.#consoles.set(id, { ...listener, tell, state: "unknown" });
    this.#again();
    void this.#run();
  }

  /** A console listens no longer. */
  remove(id: string): void {
    if (this.#consoles.delete(id)) this.#again();
  }

  /** Asks at once, though it would wait otherwise. */
  retry(): void {
    this.#pause = FIRST_PAUSE;
    this.#wake?.();
  }

  /** The held request does not name everyone: it is sent anew. Positions move only with answers, so nothing is lost. */
  #again(): void {
    this.#held?.abort();
    this.#wake?.();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (this.#consoles.size > 0) await this.#once();
    this.#isRunning = false;
  }

  async #once(): Promise<void> {
    const asked = [...this.#consoles];
    const isNew = asked.some(([, console]) => console.state !== "live");
    const held = new AbortController();
    this.#held = held;
    let isLate = false;
    // A console that is new or comes back wants to know at once that it is connected.
    const wait = isNew ? 0 : WAIT_SECONDS;
    const timer = setTimeout(() => {
      isLate = true;
      held.abort();
    }, wait * 1_000 + GRACE);
    try {
      const consoles = asked.map(([, { token, after, everybody }]) => ({ token, after, everybody }));
      const answer = (await ask("POST", "/omnic/v1/console/stream", { body: { consoles, wait }, signal: held.signal })) as Answer;
      this.#pause = FIRST_PAUSE;
      asked.forEach(([id, console], at) => this.#heard(id, console, answer.consoles[at]));
    } catch (error) {
      if (held.signal.aborted && !isLate) return;
      if (error instanceof ServerError && error.isExpired) {
        for (const [id, console] of asked) this.#refuse(id, console, error.code);
        return;
      }
      for (const [id, console] of asked) if (this.#consoles.get(id) === console) this.#state(console, "broken");
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, this.#pause);
      });
      this.#wake = undefined;
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    } finally {
      clearTimeout(timer);
    }
  }

  #heard(id: string, console: Console, heard: Answer["consoles"][number] | undefined): void {
    // It may have left, or come anew, meanwhile.
    if (!heard || this.#consoles.get(id) !== console) return;
    if (heard.error) return this.#refuse(id, console, heard.error);
    this.#state(console, "live");
    if (!heard.after) return;
    console.after = heard.after;
    if (heard.lost) console.tell({ type: "lost", after: heard.after });
    else if (heard.events.length > 0) console.tell({ type: "events", events: heard.events, after: heard.after });
  }

  #refuse(id: string, console: Console, code: string): void {
    if (this.#consoles.get(id) !== console) return;
    this.#consoles.delete(id);
    console.tell({ type: "refused", code });
  }

  #state(console: Console, state: "live" | "broken"): void {
    if (console.state === state) return;
    console.state = state;
    console.tell({ type: "connection", state });
  }
}
