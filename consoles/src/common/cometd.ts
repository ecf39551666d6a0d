// A client of the Streaming API, as small as a page needs: one subscription at a time, long polling.
import { Unreachable } from "./api.ts";

interface Message {
  channel: string;
  id?: string;
  clientId?: string;
  successful?: boolean;
  error?: string;
  data?: { event?: { replayId?: number; type?: string; createdDate?: string }; sobject?: { [field: string]: unknown }; payload?: { [field: string]: unknown } };
  advice?: { reconnect?: string; interval?: number };
  ext?: { sfdc?: { failureReason?: string } };
}

export interface StreamEvent {
  replayId: number;
  type: string;
  at: string;
  fields: { [field: string]: unknown };
}

export class Cometd {
  #last = 0;
  #clientId = "";
  #isRunning = false;
  #held = new AbortController();

  constructor(
    readonly token: string,
    readonly channel: string,
    /** -1 for new events, -2 for all that are retained, or the id after which to go on. */
    private replayId: number,
    readonly heard: (event: StreamEvent) => void,
    readonly said: (what: string, isWrong: boolean) => void,
  ) {}

  async run(): Promise<void> {
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
        await new Promise((resolve) => setTimeout(resolve, 2_000));
      }
    }
  }

  stop(): void {
    this.#isRunning = false;
    this.#held.abort();
    if (this.#clientId) void this.#send([{ channel: "/meta/disconnect", clientId: this.#clientId }], false).catch(() => undefined);
  }

  async #begin(): Promise<void> {
    const [shaken] = await this.#send([{ channel: "/meta/handshake", version: "1.0", minimumVersion: "1.0", supportedConnectionTypes: ["long-polling"], ext: { replay: true } }]);
    if (!shaken?.successful || !shaken.clientId) throw new Error(shaken?.ext?.sfdc?.failureReason ?? shaken?.error ?? "the handshake failed");
    this.#clientId = shaken.clientId;
    const messages = await this.#send([{ channel: "/meta/subscribe", clientId: this.#clientId, subscription: this.channel, ext: { replay: { [this.channel]: this.replayId } } }]);
    const subscribed = messages.find((message) => message.channel === "/meta/subscribe");
    if (!subscribed?.successful) throw new Error(subscribed?.error ?? "the subscription failed");
    this.said(`subscribed to ${this.channel} from ${this.replayId}`, false);
  }

  async #send(messages: object[], isHeld = true): Promise<Message[]> {
    const numbered = messages.map((message) => ({ ...message, id: String((this.#last += 1)) }));
    if (isHeld) this.#held = new AbortController();
    let answer: Response;
    try {
      const headers = { Authorization: `Bearer ${this.token}`, "Content-Type": "application/json" };
      answer = await fetch("/cometd/60.0", { method: "POST", headers, body: JSON.stringify(numbered), credentials: "same-origin", ...(isHeld ? { signal: this.#held.signal } : {}) });
    } catch {
      throw new Unreachable();
    }
    if (answer.status >= 500) throw new Unreachable();
    const all = (await answer.json()) as Message[];
    for (const message of all) {
      const event = message.data?.event;
      if (message.channel !== this.channel || typeof event?.replayId !== "number") continue;
      this.replayId = event.replayId;
      this.heard({ replayId: event.replayId, type: event.type ?? "", at: event.createdDate ?? "", fields: message.data?.sobject ?? message.data?.payload ?? {} });
    }
    return all.filter((message) => message.channel.startsWith("/meta/"));
  }
}
