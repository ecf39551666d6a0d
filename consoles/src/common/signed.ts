// A page of somebody who is signed in: it reads where the user stands, hears what happens, and says how the connection is.
import { ServerError, Unreachable, ask } from "./api.ts";
import type { Session } from "./api.ts";
import { listen, type Listening } from "./listen.ts";
import type { Told } from "./hub.ts";
import { keep, kept, signInForm, signOut, type Shell } from "./page.ts";
import { show } from "./dom.ts";

interface Placed {
  position: string;
  now: string;
  pace: string;
}

export interface Signed<T extends Placed> {
  shell: Shell;
  /** What is read. */
  path: string;
  /** What the form says. */
  invitation: string;
  everybody: boolean;
  /** Shows what was read. */
  shown(state: T, session: Session): void;
  /** Something happened. */
  told?(events: Told[]): void;
  /** The connection changed. */
  connection?(state: "live" | "broken" | "expired"): void;
  /** Before the session ends. */
  leaving?(session: Session): Promise<void>;
  /** Nobody is signed in any more. */
  gone?(): void;
}

export class SignedPage<T extends Placed> {
  #session: Session | undefined;
  #listening: Listening | undefined;
  #isReading = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether what happens is heard, and whether the last read was answered. */
  #hears: "unknown" | "live" | "broken" = "unknown";
  #wasRead = true;
  #told: "unknown" | "live" | "broken" = "unknown";

  constructor(readonly page: Signed<T>) {
    // A manual clock may be moved without anything that happens to this user.
    setInterval(() => {
      if (this.#session && document.visibilityState === "visible") this.later(0);
    }, 10_000);
  }

  get session(): Session | undefined {
    return this.#session;
  }

  begin(): void {
    const session = kept();
    if (session) void this.#enter(session);
    else this.#ask();
  }

  #ask(): void {
    const { shell, invitation } = this.page;
    shell.who(undefined, () => undefined);
    this.page.gone?.();
    show(shell.main, signInForm(invitation, (session) => void this.#enter(session)));
  }

  async #enter(session: Session): Promise<void> {
    this.#session = session;
    [this.#hears, this.#told] = ["unknown", "unknown"];
    const { shell } = this.page;
    show(shell.main, "Loading…");
    shell.who(`${session.name} (${session.username})`, () => void this.leave());
    const position = await this.#read();
    if (position === undefined || this.#session !== session) return;
    this.#listening?.stop();
    this.#listening = listen({ token: session.token, after: position, everybody: this.page.everybody }, (heard) => {
      if (this.#session !== session) return;
      if (heard.type === "events") {
        this.page.told?.(heard.events);
        this.later(20);
      } else if (heard.type === "lost") {
        this.page.told?.([{ at: new Date().toISOString(), kind: "beganAgain" }]);
        this.later(0);
      } else if (heard.type === "connection") {
        this.#hears = heard.state;
        this.#connected();
        if (heard.state === "live") this.later(0);
      } else if (heard.code === "INVALID_SESSION_ID") {
        this.expired();
      } else {
        shell.fail(new Error(`The server lets ${session.username} hear nothing: ${heard.code}`));
      }
    });
  }

  /** Tells how the connection is, once for each change. */
  #connected(): void {
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
  later(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(), milliseconds);
  }

  async #read(): Promise<string | undefined> {
    const session = this.#session;
    if (!session) return undefined;
    if (this.#isReading) {
      this.#again = true;
      return undefined;
    }
    this.#isReading = true;
    try {
      const state = (await ask("GET", this.page.path, { token: session.token })) as T;
      if (this.#session !== session) return undefined;
      this.#wasRead = true;
      this.page.shown(state, session);
      this.#connected();
      return state.position;
    } catch (error) {
      if (this.#session !== session) return undefined;
      if (error instanceof ServerError && error.isExpired) this.expired();
      else if (error instanceof Unreachable || (error instanceof ServerError && error.status >= 500)) {
        this.#wasRead = false;
        this.#connected();
        // Until the stream runs, nobody else tries.
        if (this.#listening) this.later(1_000);
        else setTimeout(() => void this.#enter(session), 2_000);
      } else {
        this.page.shell.fail(error);
        if (!this.#listening) {
          keep(undefined);
          this.#session = undefined;
          this.#ask();
        }
      }
      return undefined;
    } finally {
      this.#isReading = false;
      if (this.#again) {
        this.#again = false;
        this.later(20);
      }
    }
  }

  /** The session is over: nothing that is shown is true any longer. */
  expired(): void {
    if (!this.#session) return;
    keep(undefined);
    this.#session = undefined;
    this.#listening?.stop();
    this.#listening = undefined;
    this.page.connection?.("expired");
    this.page.shell.connection("expired");
    this.#ask();
  }

  /** Does something of the server, and says what goes wrong. */
  async doing<R>(act: (session: Session) => Promise<R>): Promise<R | undefined> {
    const session = this.#session;
    if (!session) return undefined;
    try {
      return await act(session);
    } catch (error) {
      if (error instanceof ServerError && error.isExpired) this.expired();
      else this.page.shell.fail(error);
      return undefined;
    } finally {
      this.later(0);
    }
  }

  async leave(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    await this.page.leaving?.(session);
    this.#listening?.stop();
    this.#listening = undefined;
    this.#session = undefined;
    await signOut(session).catch((error: unknown) => this.page.shell.fail(error));
    this.page.shell.connection("none");
    this.#ask();
  }
}
