// Starts `omnic serve` over the example, with a manual clock, and asks its control interface.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const OMNIC = process.env.OMNIC ?? "omnic";
const EXAMPLE = fileURLToPath(new URL("../../../examples/acme-support", import.meta.url));
export const COMPONENTS = fileURLToPath(new URL("../components", import.meta.url));
const REST = "/services/data/v61.0";

/** The username of a user of the example. */
export const user = (name) => `${name}@acme.example`;

/** Starts a server; `more` are further arguments. */
export async function start(...more) {
  const given = (name) => more.includes(name);
  const args = ["serve", EXAMPLE, "--records", `${EXAMPLE}/org`, "--format", "json"];
  if (!given("--components")) args.push("--components", COMPONENTS);
  if (!given("--port")) args.push("--port", "0");
  if (!given("--clock")) args.push("--clock", "manual");
  args.push(...more);
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

  constructor(greeting, child, exited) {
    Object.assign(this, greeting); // url, accessToken, organizationId, apiVersion, password
    this.#child = child;
    this.#exited = exited;
  }

  get port() {
    return new URL(this.url).port;
  }

  async end(signal = "SIGTERM") {
    this.#child.kill(signal);
    return this.#exited;
  }

  /** Sends a request with the printed token, or another one; the answer's JSON. An error status throws. */
  async send(method, path, body, token = this.accessToken) {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const answer = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text && answer.headers.get("content-type").startsWith("application/json") ? JSON.parse(text) : text;
  }

  /** Lets something happen; an error if it is refused. */
  async happen(...events) {
    const answer = await this.send("POST", "/omnic/v1/events", events);
    if (answer.refused > 0) throw new Error(JSON.stringify(answer.effects));
    return answer.effects;
  }

  advance(seconds) {
    return this.send("POST", "/omnic/v1/clock", { advanceSeconds: seconds });
  }

  async query(soql) {
    return (await this.send("GET", `${REST}/query?q=${encodeURIComponent(soql)}`)).records;
  }

  /** The id of a queue, in 15 characters. */
  async queue(name) {
    const [row] = await this.query(`SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = '${name}'`);
    return row.Id;
  }

  /** The id of a presence status, in 15 characters. */
  async status(name) {
    const [row] = await this.query(`SELECT Id FROM ServicePresenceStatus WHERE DeveloperName = '${name}'`);
    return row.Id.slice(0, 15);
  }

  /** A case that arrives in a queue; its id, in 15 characters. */
  async arrive(subject, queue = "Cases_Tier_1", more = {}) {
    const body = { Subject: subject, Priority: "Medium", Status: "New", OwnerId: await this.queue(queue), ...more };
    return (await this.send("POST", `${REST}/sobjects/Case`, body)).id.slice(0, 15);
  }

  /** The methods of a user's console. */
  async console(name) {
    const answer = await fetch(`${this.url}/omnic/v1/console/sign-in`, { method: "POST", body: JSON.stringify({ username: user(name), password: this.password }) });
    const { accessToken } = await answer.json();
    return async (method, given = {}) => (await this.send("POST", "/omnic/v1/console/call", { method, arguments: given }, accessToken)).result;
  }
}
