// The faye client, alone: batches of connect and subscribe, cut connections, forgotten clients.
import assert from "node:assert/strict";
import { test } from "node:test";
import faye from "faye";
import { connect, pushTopic } from "./harness/jsforce.js";
import { inbox } from "./harness/inbox.js";
import { serve } from "./harness/server.js";

/** A client, and the inbox of what comes on the meta channels. */
function client(server) {
  const made = new faye.Client(`${server.url}/cometd/60.0`, { retry: 0.2 });
  made.setHeader("Authorization", `OAuth ${server.accessToken}`);
  const meta = inbox();
  made.addExtension({
    incoming(message, next) {
      if (message.channel?.startsWith("/meta/")) meta.put(message);
      next(message);
    },
  });
  server.beforeEnd(() => Promise.race([made.disconnect(), new Promise((resolve) => setTimeout(resolve, 1000))]));
  return { faye: made, meta };
}

test("faye: handshake, subscribe, events", async (t) => {
  const server = await serve(t);
  await pushTopic(connect(server));
  const { faye, meta } = client(server);
  const events = inbox();
  await faye.subscribe("/topic/PSRPushTopic", events.put);
  const handshake = await meta.next();
  assert.deepEqual([handshake.channel, handshake.supportedConnectionTypes], ["/meta/handshake", ["long-polling"]]);
  const chat = await server.chat();
  assert.equal((await events.next()).sobject.WorkItemId, chat);
});

test("faye: two topics of one client, each its own events", async (t) => {
  const server = await serve(t);
  const connection = connect(server);
  await pushTopic(connection);
  await connection.sobject("PushTopic").create({
    Name: "Presence",
    Query: "SELECT Id, UserId FROM UserServicePresence",
    ApiVersion: 41.0,
  });
  const { faye } = client(server);
  const [requests, presence] = [inbox(), inbox()];
  await faye.subscribe("/topic/PSRPushTopic", requests.put);
  await faye.subscribe("/topic/Presence", presence.put);
  await server.online("ana");
  assert.equal((await presence.next()).event.type, "created");
  await server.chat();
  assert.equal((await requests.next()).event.type, "created");
  await requests.empty();
  await presence.empty();
});

test("faye: the connection is cut, and the client comes back without missing an event", async (t) => {
  const server = await serve(t);
  await pushTopic(connect(server));
  const { faye } = client(server);
  const events = inbox();
  await faye.subscribe("/topic/PSRPushTopic", events.put);
  await server.fault({ fault: "cutBefore", path: "/cometd", times: 2 });
  const chats = [await server.chat(), await server.chat()];
  for (const chat of chats) assert.equal((await events.next()).sobject.WorkItemId, chat);
  await events.empty();
});

test("faye: 403 unknown client, and the client shakes hands and subscribes again", async (t) => {
  const server = await serve(t);
  await pushTopic(connect(server));
  const { faye, meta } = client(server);
  const events = inbox();
  await faye.subscribe("/topic/PSRPushTopic", events.put);
  await server.fault({ now: "forgetClients" });
  let message;
  do message = await meta.next();
  while (message.successful);
  assert.match(message.error, /^403::Unknown client/);
  do message = await meta.next();
  while (message.channel !== "/meta/subscribe");
  assert.equal(message.successful, true);
  const chat = await server.chat();
  assert.equal((await events.next()).sobject.WorkItemId, chat);
});

test("faye: 503 is a failure to be tried again", async (t) => {
  const server = await serve(t);
  await pushTopic(connect(server));
  await server.fault({ fault: "unavailable", path: "/cometd", times: 3 });
  const { faye } = client(server);
  const events = inbox();
  await faye.subscribe("/topic/PSRPushTopic", events.put);
  const chat = await server.chat();
  assert.equal((await events.next()).sobject.WorkItemId, chat);
});
