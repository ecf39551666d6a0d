// The CometD project's own JavaScript client, over HTTP.
import assert from "node:assert/strict";
import { test } from "node:test";
import { handshake, subscribe } from "./harness/cometd.js";
import { connect, pushTopic } from "./harness/jsforce.js";
import { inbox } from "./harness/inbox.js";
import { serve } from "./harness/server.js";

test("cometd: handshake, subscribe, events, disconnect", async (t) => {
  const server = await serve(t);
  await pushTopic(connect(server));
  const { client } = await handshake(server);
  assert.equal(client.getTransport().type, "long-polling");
  const { reply, events } = await subscribe(client, "/topic/PSRPushTopic", -1);
  assert.equal(reply.successful, true);
  const chats = [await server.chat(), await server.chat()];
  for (const chat of chats) assert.equal((await events.next()).data.sobject.WorkItemId, chat);
  const { successful } = await new Promise((resolve) => client.disconnect(resolve));
  assert.equal(successful, true);
});

test("cometd: a subscription to a topic that is not there is refused", async (t) => {
  const server = await serve(t);
  const { client } = await handshake(server);
  const { reply } = await subscribe(client, "/topic/Nothing", -1);
  assert.deepEqual([reply.successful, reply.error.slice(0, 3)], [false, "400"]);
});

test("cometd: the connection is cut, and the client comes back without missing an event", async (t) => {
  const server = await serve(t);
  await pushTopic(connect(server));
  const { client } = await handshake(server);
  const { events } = await subscribe(client, "/topic/PSRPushTopic", -1);
  // The connect that is held now delivers the first event; the next two are cut off.
  await server.fault({ fault: "cutBefore", path: "/cometd", times: 2 });
  const first = await server.chat();
  assert.equal((await events.next()).data.sobject.WorkItemId, first);
  const second = await server.chat();
  assert.equal((await events.next()).data.sobject.WorkItemId, second);
  await events.empty();
});

test("cometd: 403 unknown client, and the client shakes hands again", async (t) => {
  const server = await serve(t);
  await pushTopic(connect(server));
  const { client, handshakes } = await handshake(server);
  await subscribe(client, "/topic/PSRPushTopic", -1);
  const connects = inbox();
  client.addListener("/meta/connect", connects.put);
  await server.fault({ now: "forgetClients" });
  let refused;
  do refused = await connects.next();
  while (refused.successful);
  assert.match(refused.error, /^403::Unknown client/);
  assert.equal(refused.advice.reconnect, "handshake");
  assert.equal((await handshakes.next()).successful, true);
  // The client does not subscribe again by itself.
  const { reply, events } = await subscribe(client, "/topic/PSRPushTopic", -1);
  assert.equal(reply.successful, true);
  const chat = await server.chat();
  assert.equal((await events.next()).data.sobject.WorkItemId, chat);
});

test("cometd: an expired session is told, and the client does not try again", async (t) => {
  const server = await serve(t);
  const { client } = await handshake(server);
  const connects = inbox();
  client.addListener("/meta/connect", connects.put);
  await server.fault({ fault: "expiredSession", path: "/cometd", times: 1 });
  let refused = await connects.next();
  while (refused.successful) refused = await connects.next();
  assert.match(refused.error, /^401::Authentication invalid/);
  assert.equal(refused.advice.reconnect, "none");
});
