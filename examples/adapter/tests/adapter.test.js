// The adapter against `omnic serve`: what it decides, and that no fault makes it lose or double an item.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Adapter } from "../dist/adapter.js";
import { rep, serve } from "../../../tests/serve-clients/harness/server.js";

const REPS = ["ana", "ben", "chen"];

/** The adapter's requests; those of the tests have another version. */
const QUERY = "/services/data/v60.0/query";
const CREATE = "/services/data/v60.0/sobjects/AgentWork";

/** A server, and adapters that keep their state in one file. */
async function world(t) {
  const server = await serve(t);
  const stateFile = join(mkdtempSync(join(tmpdir(), "adapter-")), "state.json");
  const log = [];
  let running;
  const listens = () => log.filter((line) => line === "listening").length;
  const stop = async () => running?.stop();
  server.beforeEnd(stop);
  return {
    server,
    log,
    stop,
    state: () => JSON.parse(readFileSync(stateFile, "utf8")),
    /** Starts an adapter, and waits until it listens. */
    async start() {
      const before = listens();
      const login = { loginUrl: server.url, username: rep("ana"), password: server.password };
      running = new Adapter({ ...login, stateFile, retryMs: 100, log: (line) => log.push(line) });
      running.start();
      await until("the adapter listens", () => listens() > before);
    },
  };
}

/** Waits for something that must come within 20 seconds of real time. */
async function until(what, condition) {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await condition()) return;
    await sleep(50);
  }
  assert.fail(`in vain: ${what}`);
}

/** Names of the reps who are offered a chat or work on it: one, if nothing is lost or doubled. */
async function holders(server, chat) {
  const soql = `SELECT User.Username FROM AgentWork WHERE WorkItemId = '${chat}' AND Status IN ('Assigned', 'Opened')`;
  return (await server.query(soql)).map(({ User }) => User.Username.split("@")[0]);
}

/** Waits until a chat has a rep; gives the name. */
async function routed(server, chat) {
  await until(`${chat} is routed`, async () => (await holders(server, chat)).length > 0);
  const names = await holders(server, chat);
  assert.equal(names.length, 1, `${chat} is with ${names}`);
  return names[0];
}

/** Each of the chats is with one rep, was offered as often as said, and nothing waits. */
async function assertAllRoutedOnce(server, chats, offers = 1) {
  for (const chat of chats) await routed(server, chat);
  await sleep(300); // Time for a mistake to happen.
  for (const chat of chats) assert.equal((await holders(server, chat)).length, 1);
  assert.equal((await server.query("SELECT Id FROM AgentWork")).length, chats.length * offers);
  assert.deepEqual(await server.query("SELECT Id FROM PendingServiceRouting WHERE IsPushed = false"), []);
}

const chats = async (server, count) => {
  const ids = [];
  for (let number = 0; number < count; number += 1) ids.push(await server.chat());
  return ids;
};

describe("Routing", { concurrency: 3 }, () => {
  test("the rep with the least work gets the next item", async (t) => {
    const { server, start } = await world(t);
    await server.online(...REPS);
    await start();
    const names = [];
    for (let number = 0; number < 6; number += 1) names.push(await routed(server, await server.chat()));
    assert.deepEqual(names.slice(0, 3).sort(), REPS);
    assert.deepEqual(names.slice(3).sort(), REPS);
    // Whoever has finished one has the least.
    await server.happen({ event: "acceptAgentWork", user: rep("ben"), workId: await anyWorkOf(server, "ben") });
    const workId = await anyWorkOf(server, "ben", "Opened");
    await server.happen({ event: "closeAgentWork", user: rep("ben"), workId });
    assert.equal(await routed(server, await server.chat()), "ben");
  });

  test("a decline sends the item to another rep, and not back", async (t) => {
    const { server, start } = await world(t);
    await server.online("ana", "ben");
    await start();
    const chat = await server.chat();
    const first = await routed(server, chat);
    await server.happen({ event: "declineAgentWork", user: rep(first), workId: chat });
    const second = await routed(server, chat);
    assert.notEqual(second, first);
    // When both have declined, it waits, until one comes back in a new status.
    await server.happen({ event: "declineAgentWork", user: rep(second), workId: chat });
    await sleep(300);
    assert.deepEqual(await holders(server, chat), []);
    await server.pass(1);
    await server.happen({ event: "setServicePresenceStatus", user: rep(first), statusId: "Away" });
    await server.happen({ event: "setServicePresenceStatus", user: rep(first), statusId: "Available" });
    assert.equal(await routed(server, chat), first);
  });

  test("a push timeout sends the item to another rep", async (t) => {
    const { server, start } = await world(t);
    await server.online("ana", "ben");
    await start();
    const chat = await server.chat();
    const first = await routed(server, chat);
    await server.pass(30);
    assert.notEqual(await routed(server, chat), first);
  });

  test("a transfer to a queue sends the item to another rep", async (t) => {
    const { server, start } = await world(t);
    await server.online("ana", "ben");
    await start();
    const chat = await server.chat();
    const first = await routed(server, chat);
    await server.happen({ event: "acceptAgentWork", user: rep(first), workId: chat });
    await server.happen({ event: "workTransferred", user: rep(first), workId: chat, to: { queue: "Service" } });
    assert.notEqual(await routed(server, chat), first);
  });

  test("a rep who goes offline gives unanswered offers back", async (t) => {
    const { server, start } = await world(t);
    await server.online("ana", "ben");
    await start();
    const chat = await server.chat();
    const first = await routed(server, chat);
    await server.happen({ event: "logout", user: rep(first) });
    assert.notEqual(await routed(server, chat), first);
  });

  test("items wait until a rep comes online", async (t) => {
    const { server, start } = await world(t);
    await start();
    const waiting = await chats(server, 2);
    await sleep(200);
    await server.online("ana");
    await assertAllRoutedOnce(server, waiting);
  });

  test("items wait until a rep has capacity again", async (t) => {
    const { server, start } = await world(t);
    await server.online("ana"); // Her presence configuration has a capacity of 3.
    await start();
    const [first, ...others] = await chats(server, 4);
    await until("three are routed", async () => (await server.query("SELECT Id FROM AgentWork")).length === 3);
    await server.happen({ event: "acceptAgentWork", user: rep("ana"), workId: first });
    await server.happen({ event: "closeAgentWork", user: rep("ana"), workId: first });
    for (const chat of others) assert.equal(await routed(server, chat), "ana");
  });
});

describe("Recovery", { concurrency: 3 }, () => {
  test("restart: the adapter goes on from its replay id, and knows what waited", async (t) => {
    const { server, start, stop, log, state } = await world(t);
    await start();
    const early = await server.chat(); // Nobody is online: it waits, and no later event tells of it.
    await until("it is known", () => state().waiting.length === 1);
    await stop();
    const { replayId } = state();
    const late = await chats(server, 2);
    await server.online(...REPS);
    log.length = 0;
    await start();
    await assertAllRoutedOnce(server, [early, ...late]);
    assert.ok(state().replayId > replayId);
    assert.ok(!log.some((line) => line.startsWith("read the records")), log.join("\n"));
  });

  test("restart: a decline while the adapter was away is not missed", async (t) => {
    const { server, start, stop } = await world(t);
    await server.online("ana");
    await start();
    const chat = await server.chat();
    assert.equal(await routed(server, chat), "ana");
    await stop();
    await server.happen({ event: "declineAgentWork", user: rep("ana"), workId: chat });
    await server.online("ben");
    await start();
    assert.equal(await routed(server, chat), "ben");
  });

  test("first start: what waited before, and what arrives while the records are read", async (t) => {
    const { server, start } = await world(t);
    await server.online(...REPS);
    const items = await chats(server, 2);
    await server.fault({ fault: "delay", path: QUERY, milliseconds: 150, times: 10 });
    const starting = start();
    for (let number = 0; number < 5; number += 1) {
      items.push(await server.chat());
      await sleep(150);
    }
    await starting;
    await assertAllRoutedOnce(server, items);
  });

  test("events that are no longer retained: the adapter reads the records", async (t) => {
    const { server, start, stop, log, state } = await world(t);
    await start();
    const waiting = [await server.chat()];
    await until("it is known", () => state().waiting.length === 1);
    await stop();
    log.length = 0;
    waiting.push(await server.chat());
    await server.pass(25 * 3600);
    await server.online(...REPS);
    await start();
    await assertAllRoutedOnce(server, waiting);
    assert.match(log.join("\n"), /replayId[^]*read the records/);
  });

  test("a data recovery logs reps out: their offers wait, and are routed when they are back", async (t) => {
    const { server, start } = await world(t);
    await server.online("ana", "ben");
    await start();
    const offered = await chats(server, 2);
    for (const chat of offered) await routed(server, chat);
    await server.fault({ now: "switchDataCenter" });
    await server.pass(60);
    await server.online("chen");
    for (const chat of offered) assert.equal(await routed(server, chat), "chen");
    const later = await server.chat();
    assert.equal(await routed(server, later), "chen");
  });
});

/** Faults by name: what is injected before the chats come. */
const FAULTS = {
  "queries come late": [{ fault: "delay", path: "/services/data/v60.0", milliseconds: 400, times: 3 }],
  "events come late": [{ fault: "delay", path: "/cometd", milliseconds: 400, times: 3 }],
  "the connection of a query is cut": [{ fault: "cutBefore", path: QUERY, times: 2 }],
  "the connection is cut before work is created": [{ fault: "cutBefore", path: CREATE, times: 2 }],
  "the connection is cut after work is created": [{ fault: "cutAfter", path: CREATE, times: 2 }],
  "503 when work is created": [{ fault: "unavailable", path: CREATE, times: 2 }],
  "503 to a query": [{ fault: "unavailable", path: QUERY, times: 2 }],
  "401 when work is created": [{ fault: "expiredSession", path: CREATE, times: 2 }],
  "all sessions expire": [{ now: "expireSessions" }],
  "the stream is cut before its answer": [{ fault: "cutBefore", path: "/cometd", times: 2 }],
  "the stream is cut, and its events are gone": [{ fault: "cutAfter", path: "/cometd", times: 2 }],
  "503 to the stream": [{ fault: "unavailable", path: "/cometd", times: 2 }],
  "401 to the stream": [{ fault: "expiredSession", path: "/cometd", times: 1 }],
  "403: the client is unknown": [{ now: "forgetClients" }],
  "403, and the events are no longer retained": [{ now: "wipeRetention" }, { now: "forgetClients" }],
};

describe("Faults: no item is lost or doubled", { concurrency: 4 }, () => {
  for (const [name, faults] of Object.entries(FAULTS))
    test(name, async (t) => {
      const { server, start } = await world(t);
      await server.online(...REPS);
      await start();
      const items = [await server.chat()];
      await routed(server, items[0]);
      for (const fault of faults) await server.fault(fault);
      items.push(...(await chats(server, 4)));
      await assertAllRoutedOnce(server, items);
      assert.deepEqual(await server.send("GET", "/omnic/v1/faults"), [], "the faults have happened");
    });

  test("several, one after another, with restarts between them", async (t) => {
    const { server, start, stop } = await world(t);
    await server.online(...REPS);
    const items = [];
    const faults = Object.values(FAULTS).flat();
    for (const [number, at] of [2, 4, 9, 13].entries()) {
      await start();
      await server.fault(faults[at]);
      items.push(...(await chats(server, 2)));
      if (number % 2) await routed(server, items.at(-1));
      await stop();
      await server.fault({ now: "forgetClients" });
    }
    await start();
    await assertAllRoutedOnce(server, items);
  });
});

async function anyWorkOf(server, name, status = "Assigned") {
  const soql = `SELECT Id FROM AgentWork WHERE User.Username = '${rep(name)}' AND Status = '${status}' LIMIT 1`;
  return (await server.query(soql))[0].Id;
}
