// A page listens: through the worker that all pages share, or by itself where there is none.
import { Hub, type Heard, type Listener } from "./hub.ts";
import type { ToWorker } from "./worker.ts";

export interface Listening {
  stop(): void;
  retry(): void;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let policy: { createScriptURL(url: string): string } | undefined;

/** The address of the worker: the only script that a page names itself. */
function workerUrl(): string {
  const types = (window as { trustedTypes?: TrustedTypes }).trustedTypes;
  policy ??= types?.createPolicy("omnic", { createScriptURL: (url) => (url === "/console/assets/worker.js" ? url : "about:blank") });
  return policy?.createScriptURL("/console/assets/worker.js") ?? "/console/assets/worker.js";
}

let own: Hub | undefined;
let lastOfOwn = 0;

function alone(listener: Listener, tell: (heard: Heard) => void): Listening {
  const hub = (own ??= new Hub());
  const id = String((lastOfOwn += 1));
  hub.add(id, listener, tell);
  return { stop: () => hub.remove(id), retry: () => hub.retry() };
}

/** Listens from a position on. */
export function listen(listener: Listener, tell: (heard: Heard) => void): Listening {
  if (typeof SharedWorker === "undefined") return alone(listener, tell);
  const worker = new SharedWorker(workerUrl(), { name: "omnic-consoles" });
  const say = (message: ToWorker): void => worker.port.postMessage(message);
  let now = { ...listener };
  let fallback: Listening | undefined;
  worker.onerror = () => {
    fallback ??= alone(now, tell);
  };
  worker.port.onmessage = (message: MessageEvent<Heard>) => {
    const heard = message.data;
    if (heard.type === "events" || heard.type === "lost") now = { ...now, after: heard.after };
    tell(heard);
  };
  say({ type: "listen", listener: now });
  const here = setInterval(() => say({ type: "here" }), 20_000);
  const leave = (): void => say({ type: "leave" });
  const back = (event: PageTransitionEvent): void => {
    if (event.persisted) say({ type: "listen", listener: now });
  };
  const online = (): void => say({ type: "retry" });
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
    retry: () => (fallback ? fallback.retry() : say({ type: "retry" })),
  };
}
