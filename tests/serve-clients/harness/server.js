// Starts `omnic serve` for one test, and asks its control interface. Times are those of the server's manual clock.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const OMNIC = process.env.OMNIC ?? "omnic";

/** A small project with external routing: the chat queues `Sales` and `Service`, the reps ana, ben and chen. */
export const CHATS = fileURLToPath(new URL("../project", import.meta.url));

/** The REST API of the harness: of another version than the tests', so that a fault can be for one of them. */
const REST = "/services/data/v61.0";

/** The username of a rep of that project. */
export const rep = (name) => `${name}@chats.example`;

/** Starts a server and ends it with the test `t`. */
export async function serve(t, ...more) {
  const server = await start(...more);
  t.after(() => server.end());
  return server;
}

/** Starts a server over the project; `more` are further arguments, such as `--data`. */
export async function start(...more) {
  const args = ["serve", CHATS, "--port", "0", "--format", "json", "--clock", "manual", ...more];
  const child = spawn(OMNIC, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  const line = new Promise((resolve) => createInterface({ input: child.stdout }).once("line", resolve));
  const first = await Promise.race([line, exited]);
  if (typeof first !== "string") throw new Error(`omnic ${args.join(" ")} ended with status ${first}`);
  return new Server(JSON.parse(first), child, exited);
}

class Server {
  #child;
  #exited;
  #clients = [];

  constructor(greeting, child, exited) {
    Object.assign(this, greeting); // url, accessToken, organizationId, apiVersion, password
    this.#child = child;
    this.#exited = exited;
  }

  /** Something to do before the server ends, such as disconnecting a client that would look for it forever. */
  beforeEnd(disconnect) {
    this.#clients.push(disconnect);
  }

  /** Asks the server to end, as an operator would, and waits until it has. Gives its exit status. */
  async end() {
    for (const disconnect of this.#clients.splice(0)) await disconnect();
    this.#child.kill("SIGTERM");
    return this.#exited;
  }

  /** Sends a request with the printed token; the answer's JSON. An error status throws. */
  async send(method, path, body) {
    const headers = { Authorization: `Bearer ${this.accessToken}`, "Content-Type": "application/json" };
    const answer = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text && JSON.parse(text);
  }

  /** What consoles and customers do: events as `omnic run` reads them. A refusal throws. */
  async happen(...events) {
    const { effects, refused } = await this.send("POST", "/omnic/v1/events", events);
    if (refused) throw new Error(JSON.stringify(effects.filter(({ effect }) => effect === "refused")));
    return effects;
  }

  /** Reps sign in with a presence status that offers chats. */
  online(...names) {
    return this.happen(...names.map((name) => ({ event: "login", user: rep(name), statusId: "Available" })));
  }

  /** Moves the clock; timers fire. */
  pass(seconds) {
    return this.send("POST", "/omnic/v1/clock", { advanceSeconds: seconds });
  }

  /** A fault for requests to come (`{ fault, path, times }`), or at once (`{ now }`). */
  fault(fault) {
    return this.send("POST", "/omnic/v1/faults", fault);
  }

  /** The records of a query. */
  async query(soql) {
    return (await this.send("GET", `${REST}/query?q=${encodeURIComponent(soql)}`)).records;
  }

  /** The id of the only record that a condition finds. */
  async id(object, condition) {
    const records = await this.query(`SELECT Id FROM ${object} WHERE ${condition}`);
    if (records.length !== 1) throw new Error(`${records.length} records of ${object} where ${condition}`);
    return records[0].Id;
  }

  /** A visitor asks for a chat: a `LiveChatTranscript` in a queue. Gives its id. */
  async chat(queue = "Sales") {
    const OwnerId = await this.id("Group", `Type = 'Queue' AND DeveloperName = '${queue}'`);
    return (await this.send("POST", `${REST}/sobjects/LiveChatTranscript`, { OwnerId })).id;
  }
}
