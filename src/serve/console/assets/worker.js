"use strict";
(() => {
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

  // src/common/hub.ts
  var WAIT_SECONDS = 25;
  var FIRST_PAUSE = 300;
  var LONGEST_PAUSE = 5e3;
  var GRACE = 1e4;
  var Hub = class {
    #consoles = /* @__PURE__ */ new Map();
    #held;
    #isRunning = false;
    #pause = FIRST_PAUSE;
    #wake;
    /** A console listens from now on, from its position. */
    add(id, listener, tell) {
      this.#consoles.set(id, { ...listener, tell, state: "unknown" });
      this.#again();
      void this.#run();
    }
    /** A console listens no longer. */
    remove(id) {
      if (this.#consoles.delete(id)) this.#again();
    }
    /** Asks at once, though it would wait otherwise. */
    retry() {
      this.#pause = FIRST_PAUSE;
      this.#wake?.();
    }
    /** The held request does not name everyone: it is sent anew. Positions move only with answers, so nothing is lost. */
    #again() {
      this.#held?.abort();
      this.#wake?.();
    }
    async #run() {
      if (this.#isRunning) return;
      this.#isRunning = true;
      while (this.#consoles.size > 0) await this.#once();
      this.#isRunning = false;
    }
    async #once() {
      const asked = [...this.#consoles];
      const isNew = asked.some(([, console]) => console.state !== "live");
      const held = new AbortController();
      this.#held = held;
      let isLate = false;
      const wait = isNew ? 0 : WAIT_SECONDS;
      const timer = setTimeout(() => {
        isLate = true;
        held.abort();
      }, wait * 1e3 + GRACE);
      try {
        const consoles = asked.map(([, { token, after, everybody }]) => ({ token, after, everybody }));
        const answer = await ask("POST", "/omnic/v1/console/stream", { body: { consoles, wait }, signal: held.signal });
        this.#pause = FIRST_PAUSE;
        asked.forEach(([id, console], at) => this.#heard(id, console, answer.consoles[at]));
      } catch (error) {
        if (held.signal.aborted && !isLate) return;
        if (error instanceof ServerError && error.isExpired) {
          for (const [id, console] of asked) this.#refuse(id, console, error.code);
          return;
        }
        for (const [id, console] of asked) if (this.#consoles.get(id) === console) this.#state(console, "broken");
        await new Promise((resolve) => {
          this.#wake = resolve;
          setTimeout(resolve, this.#pause);
        });
        this.#wake = void 0;
        this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
      } finally {
        clearTimeout(timer);
      }
    }
    #heard(id, console, heard) {
      if (!heard || this.#consoles.get(id) !== console) return;
      if (heard.error) return this.#refuse(id, console, heard.error);
      this.#state(console, "live");
      if (!heard.after) return;
      console.after = heard.after;
      if (heard.lost) console.tell({ type: "lost", after: heard.after });
      else if (heard.events.length > 0) console.tell({ type: "events", events: heard.events, after: heard.after });
    }
    #refuse(id, console, code) {
      if (this.#consoles.get(id) !== console) return;
      this.#consoles.delete(id);
      console.tell({ type: "refused", code });
    }
    #state(console, state) {
      if (console.state === state) return;
      console.state = state;
      console.tell({ type: "connection", state });
    }
  };

  // src/common/worker.ts
  var LONGEST_SILENCE = 18e4;
  var hub = new Hub();
  var last = 0;
  var scope = self;
  scope.onconnect = (event) => {
    const port = event.ports[0];
    if (!port) return;
    const id = String(last += 1);
    let heardAt = Date.now();
    const leave = () => {
      hub.remove(id);
      clearInterval(watch);
    };
    const watch = setInterval(() => {
      if (Date.now() - heardAt > LONGEST_SILENCE) leave();
    }, 3e4);
    port.onmessage = (message) => {
      heardAt = Date.now();
      const said = message.data;
      if (said.type === "listen") hub.add(id, said.listener, (heard) => port.postMessage(heard));
      else if (said.type === "leave") leave();
      else if (said.type === "retry") hub.retry();
    };
    port.start();
  };
})();
