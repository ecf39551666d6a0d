// PushTopics through jsforce: subscription, replay, filters, the form of an event.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, pushTopic, subscribe } from "./harness/jsforce.js";
import { serve } from "./harness/server.js";

test("PushTopic: an event has its type, its replay id, its time, and the fields in the order of the query", async (t) => {
  const server = await serve(t);
  const connection = connect(server);
  await pushTopic(connection);
  const events = await subscribe(server, connection, "PSRPushTopic");
  const chat = await server.chat();
  const { event, sobject } = await events.next();
  assert.equal(event.type, "created");
  assert.ok(Number.isInteger(event.replayId));
  assert.ok(Math.abs(Date.parse(event.createdDate) - Date.now()) < 60_000, event.createdDate);
  assert.deepEqual(Object.keys(sobject), [
    "Id",
    "Serial",
    "QueueId",
    "WorkItemId",
    "IsPushed",
    "ServiceChannelId",
    "LastDeclinedAgentSession",
    "CreatedDate",
  ]);
  const [record] = await server.query("SELECT Id, Serial, QueueId, ServiceChannelId FROM PendingServiceRouting");
  assert.deepEqual(
    { ...sobject, CreatedDate: null },
    {
      Id: record.Id,
      Serial: 1,
      QueueId: record.QueueId,
      WorkItemId: chat,
      IsPushed: false,
      ServiceChannelId: record.ServiceChannelId,
      LastDeclinedAgentSession: null,
      CreatedDate: null,
    },
  );
});

test("PushTopic with replay: -1 sends new events only", async (t) => {
  const server = await serve(t);
  const connection = connect(server);
  await pushTopic(connection);
  await server.chat();
  const events = await subscribe(server, connection, "PSRPushTopic", -1);
  await events.empty();
  const chat = await server.chat();
  assert.equal((await events.next()).sobject.WorkItemId, chat);
});

test("PushTopic with replay: -2 sends all retained events, then new ones", async (t) => {
  const server = await serve(t);
  const connection = connect(server);
  await pushTopic(connection);
  const chats = [await server.chat(), await server.chat()];
  const events = await subscribe(server, connection, "PSRPushTopic", -2);
  chats.push(await server.chat());
  for (const chat of chats) assert.equal((await events.next()).sobject.WorkItemId, chat);
  await events.empty();
});

test("PushTopic with replay: n sends the events after n", async (t) => {
  const server = await serve(t);
  const connection = connect(server);
  await pushTopic(connection);
  const chats = [await server.chat(), await server.chat(), await server.chat()];
  const all = await subscribe(server, connection, "PSRPushTopic", -2);
  const first = (await all.next()).event.replayId;
  const rest = await subscribe(server, connection, "PSRPushTopic", first);
  assert.equal((await rest.next()).sobject.WorkItemId, chats[1]);
  assert.equal((await rest.next()).sobject.WorkItemId, chats[2]);
  await rest.empty();
});

test("PushTopic with replay: an id out of range is refused, and the error names it", async (t) => {
  const server = await serve(t);
  const connection = connect(server);
  await pushTopic(connection);
  await server.chat();
  await assert.rejects(subscribe(server, connection, "PSRPushTopic", 4711), /^.*400.*4711/);
  // After the retention of 24 hours, an id of yesterday is out of range, too.
  const events = await subscribe(server, connection, "PSRPushTopic", -2);
  const yesterday = (await events.next()).event.replayId;
  await server.pass(3600);
  await server.chat();
  await server.pass(25 * 3600);
  await assert.rejects(subscribe(server, connection, "PSRPushTopic", yesterday), /400/);
  // -2 sends nothing then: nothing is retained.
  await (await subscribe(server, connection, "PSRPushTopic", -2)).empty();
});

test("PushTopic: presence records of reps are streamed", async (t) => {
  const server = await serve(t);
  const connection = connect(server);
  await connection.sobject("PushTopic").create({
    Name: "Presence",
    Query: "SELECT Id, UserId, IsAway, IsCurrentState, ServicePresenceStatusId FROM UserServicePresence",
    ApiVersion: 41.0,
  });
  const events = await subscribe(server, connection, "Presence");
  await server.online("ana");
  const { event, sobject } = await events.next();
  assert.equal(event.type, "created");
  assert.deepEqual([sobject.IsAway, sobject.IsCurrentState], [false, true]);
  await server.happen({ event: "setServicePresenceStatus", user: "ana@chats.example", statusId: "Away" });
  const both = [await events.next(), await events.next()];
  const ended = both.find(({ event }) => event.type === "updated");
  const begun = both.find(({ event }) => event.type === "created");
  assert.deepEqual([ended.sobject.Id, ended.sobject.IsCurrentState], [sobject.Id, false]);
  assert.deepEqual([begun.sobject.IsAway, begun.sobject.IsCurrentState], [true, true]);
});

test("PushTopic: a wrong query, a long name and a second topic of one name are refused", async (t) => {
  const server = await serve(t);
  const connection = connect(server);
  await pushTopic(connection);
  await assert.rejects(pushTopic(connection), { errorCode: "DUPLICATE_VALUE" });
  const topic = (fields) => connection.sobject("PushTopic").create({ Name: "Other", ApiVersion: 41.0, ...fields });
  await assert.rejects(topic({ Query: "SELECT Id FROM Nothing" }), { errorCode: "INVALID_FIELD" });
  await assert.rejects(topic({ Name: "N".repeat(26), Query: "SELECT Id FROM Case" }), { errorCode: "STRING_TOO_LONG" });
});
