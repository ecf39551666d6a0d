// The hub of all pages of this browser, in a worker that they share: browsers allow six connections to a server.
import { Hub, type Heard, type Listener } from "./hub.ts";

/** What a page says to the worker. */
export type ToWorker = { type: "listen"; listener: Listener } | { type: "leave" } | { type: "here" } | { type: "retry" };

/** A page that was not heard of for so long has gone without a word. Timers of hidden pages run once a minute. */
const LONGEST_SILENCE = 180_000;

const hub = new Hub();
let last = 0;

const scope = self as unknown as { onconnect: ((event: MessageEvent) => void) | null };
scope.onconnect = (event) => {
  const port = event.ports[0];
  if (!port) return;
  const id = String((last += 1));
  let heardAt = Date.now();
  const leave = (): void => {
    hub.remove(id);
    clearInterval(watch);
  };
  const watch = setInterval(() => {
    if (Date.now() - heardAt > LONGEST_SILENCE) leave();
  }, 30_000);
  port.onmessage = (message: MessageEvent<ToWorker>) => {
    heardAt = Date.now();
    const said = message.data;
    if (said.type === "listen") hub.add(id, said.listener, (heard: Heard) => port.postMessage(heard));
    else if (said.type === "leave") leave();
    else if (said.type === "retry") hub.retry();
  };
  port.start();
};
