// The chapter "Expected Behavior for External Routing" of the Set Up Omni-Channel Developer Guide once more, over change
// events on the channel that later editions of the guide have one make, with the CometD project's own client.
import assert from "node:assert/strict";
import { test } from "node:test";
import { handshake, subscribe } from "./harness/cometd.js";
import { connect } from "./harness/jsforce.js";
import { rep, serve } from "./harness/server.js";

const CHANNEL = "/data/ExternalRoutingChannel__chn";

/** Channels as the Tooling API takes them: one for requests that wait for a partner, for presence and for work. */
async function declare(server) {
  const post = (object, body) => server.send("POST", `/services/data/v60.0/tooling/sobjects/${object}`, body);
  await post("PlatformEventChannel", {
    FullName: "ExternalRoutingChannel__chn",
    Metadata: { channelType: "data", label: "External Routing Channel" },
  });
  const member = (selectedEntity, filterExpression) =>
    post("PlatformEventChannelMember", {
      FullName: `ExternalRoutingChannel_chn_${selectedEntity}`,
      Metadata: { eventChannel: "ExternalRoutingChannel__chn", selectedEntity, filterExpression },
    });
  await member(
    "PendingServiceRoutingChangeEvent",
    "RoutingModel = 'ExternalRouting' AND IsReadyForRouting = true",
  );
  await member("UserServicePresenceChangeEvent");
  await member("AgentWorkChangeEvent");
}

/** Changes of one object, each as its type, its record and its fields. */
function changes(events, entity) {
  return async () => {
    for (;;) {
      const { data, channel } = await events.next();
      const { ChangeEventHeader: header, ...fields } = data.payload;
      if (header.entityName !== entity) continue;
      assert.equal(header.recordIds.length, 1);
      return { type: header.changeType, id: header.recordIds[0], fields, header, channel, ...data.event };
    }
  };
}

/** A partner who listens to the channel. */
async function partner(t, channel = CHANNEL) {
  const server = await serve(t);
  await declare(server);
  const { client } = await handshake(server);
  const { reply, events } = await subscribe(client, channel, -1);
  assert.equal(reply.successful, true, reply.error);
  await server.online("ana", "ben");
  const connection = connect(server);
  const user = (name) => server.id("User", `Username = '${rep(name)}'`);
  /** Work for a rep, by a request as its event showed it. */
  const assign = async (PendingServiceRoutingId, request, name) => {
    const { WorkItemId, ServiceChannelId } = request;
    const work = { ServiceChannelId, WorkItemId, UserId: await user(name), PendingServiceRoutingId };
    return (await connection.sobject("AgentWork").create(work)).id;
  };
  const work = (id) => connection.sobject("AgentWork").retrieve(id);
  const requests = () => server.query("SELECT Id, Serial, IsPushed FROM PendingServiceRouting");
  const next = changes(events, "PendingServiceRouting");
  return { server, client, events, next, connection, user, assign, work, requests };
}

/** A chat that waits for the partner's decision. */
async function waiting(t) {
  const world = await partner(t);
  const chatId = await world.server.chat();
  const request = await world.next();
  assert.equal(request.type, "CREATE");
  return { ...world, chatId, request };
}

/** A chat that ana has accepted. */
async function opened(t) {
  const world = await waiting(t);
  const workId = await world.assign(world.request.id, world.request.fields, "ana");
  const pushed = await world.next();
  assert.deepEqual([pushed.type, pushed.fields.IsPushed], ["UPDATE", true]);
  await world.server.happen({ event: "acceptAgentWork", user: rep("ana"), workId });
  assert.equal((await world.next()).type, "DELETE");
  return { ...world, workId };
}

test("Change events: agent accepts the work", async (t) => {
  const { server, client, next, assign, work, requests, user } = await partner(t);
  const works = changes((await subscribe(client, "/data/AgentWorkChangeEvent", -1)).events, "AgentWork");
  const chatId = await server.chat();
  const [made] = await requests();
  const request = await next();
  assert.deepEqual(
    [request.type, request.id, request.fields.WorkItemId, request.fields.IsPushed, request.channel],
    ["CREATE", made.Id, chatId, false, CHANNEL],
  );
  const workId = await assign(request.id, request.fields, "ana");
  const pushed = await next();
  assert.deepEqual([pushed.type, pushed.id, pushed.fields.IsPushed], ["UPDATE", request.id, true]);
  assert.ok(pushed.header.changedFields.includes("IsPushed"));
  // The fields of the filter are there, also unchanged; the rest is not.
  assert.equal(pushed.fields.RoutingModel, "ExternalRouting");
  assert.equal("WorkItemId" in pushed.fields, false);
  const assigned = await works();
  assert.deepEqual(
    [assigned.type, assigned.id, assigned.fields.Status, assigned.fields.UserId],
    ["CREATE", workId, "Assigned", await user("ana")],
  );
  await server.pass(5);
  await server.happen({ event: "acceptAgentWork", user: rep("ana"), workId });
  const accepted = await works();
  assert.deepEqual([accepted.type, accepted.id, accepted.fields.Status], ["UPDATE", workId, "Opened"]);
  assert.equal((await work(workId)).SpeedToAnswer, 5);
  assert.deepEqual(await requests(), []);
  const last = await next();
  assert.deepEqual([last.type, last.id], ["DELETE", request.id]);
});

test("Change events: agent declines the work through Omni-Channel", async (t) => {
  const { server, next, assign, work, request, requests } = await waiting(t);
  const workId = await assign(request.id, request.fields, "ana");
  assert.equal((await next()).fields.IsPushed, true);
  await server.happen({ event: "declineAgentWork", user: rep("ana"), workId });
  assert.equal((await work(workId)).Status, "Declined");
  const [record] = await requests();
  const { type, id, fields } = await next();
  assert.deepEqual([type, id, fields.IsPushed, fields.Serial], ["UPDATE", request.id, false, record.Serial]);
  assert.ok(fields.LastDeclinedAgentSession);
  // An update has what changed: what the partner needs for another rep it kept from the first event.
  const again = await assign(request.id, request.fields, "ben");
  assert.equal((await work(again)).Status, "Assigned");
});

test("Change events: agent doesn't accept the work due to push time-out", async (t) => {
  const { server, next, assign, work, request } = await waiting(t);
  const workId = await assign(request.id, request.fields, "ana");
  assert.equal((await next()).fields.IsPushed, true);
  await server.pass(30);
  assert.equal((await work(workId)).Status, "DeclinedOnPushTimeout");
  const { type, id, fields } = await next();
  assert.deepEqual([type, id, fields.IsPushed], ["UPDATE", request.id, false]);
  assert.ok(fields.LastDeclinedAgentSession);
  assert.equal((await work(await assign(request.id, request.fields, "ben"))).Status, "Assigned");
});

test("Change events: agent transfers the work to an external routing queue", async (t) => {
  const { server, next, assign, work, chatId, request, workId } = await opened(t);
  await server.happen({ event: "workTransferred", user: rep("ana"), workId, to: { queue: "Service" } });
  const made = await next();
  assert.notEqual(made.id, request.id);
  assert.deepEqual(
    [made.type, made.fields.WorkItemId, made.fields.IsTransfer, made.fields.IsPushed],
    ["CREATE", chatId, true, false],
  );
  assert.equal(made.fields.GroupId, await server.id("Group", "DeveloperName = 'Service'"));
  const again = await assign(made.id, made.fields, "ben");
  assert.equal((await next()).fields.IsPushed, true);
  await server.happen({ event: "acceptAgentWork", user: rep("ben"), workId: again });
  assert.deepEqual([(await next()).type, (await work(again)).Status], ["DELETE", "Opened"]);
});

test("Change events: agent transfers the work to another agent", async (t) => {
  const { server, client, work, chatId, requests, user, workId } = await opened(t);
  const works = changes((await subscribe(client, "/data/AgentWorkChangeEvent", -1)).events, "AgentWork");
  await server.happen({ event: "workTransferred", user: rep("ana"), workId, to: { agent: { user: rep("ben") } } });
  assert.deepEqual(await requests(), []);
  let told = await works();
  while (told.type !== "CREATE") told = await works();
  assert.deepEqual(
    [told.fields.WorkItemId, told.fields.Status, told.fields.UserId],
    [chatId, "Assigned", await user("ben")],
  );
  assert.equal("PendingServiceRoutingId" in told.fields, false);
  await server.happen({ event: "acceptAgentWork", user: rep("ben"), workId: told.id });
  assert.equal((await work(told.id)).Status, "Opened");
});

test("Change events: agent goes offline with an unanswered offer", async (t) => {
  const { server, client, next, assign, work, request, user } = await waiting(t);
  const workId = await assign(request.id, request.fields, "ana");
  assert.equal((await next()).fields.IsPushed, true);
  const presences = changes(
    (await subscribe(client, "/data/UserServicePresenceChangeEvent", -2)).events,
    "UserServicePresence",
  );
  const online = [await presences(), await presences()];
  assert.deepEqual(online.map(({ fields }) => fields.UserId), [await user("ana"), await user("ben")]);
  await server.happen({ event: "connectionLost", user: rep("ana"), error: "network" });
  assert.equal((await work(workId)).Status, "Unavailable");
  const { type, id, fields } = await next();
  assert.deepEqual([type, id, fields.IsPushed], ["UPDATE", request.id, false]);
  const offline = await presences();
  assert.deepEqual([offline.type, offline.id, offline.fields.IsCurrentState], ["UPDATE", online[0].id, false]);
});

test("Change events: the visitor leaves before an agent accepts", async (t) => {
  const { server, next, assign, work, chatId, request } = await waiting(t);
  const workId = await assign(request.id, request.fields, "ana");
  assert.equal((await next()).fields.IsPushed, true);
  await server.happen({ event: "workCanceled", workItemId: chatId });
  assert.equal((await work(workId)).Status, "Canceled");
  const { type, id } = await next();
  assert.deepEqual([type, id], ["DELETE", request.id]);
});

test("Change events: an adaptor that was away goes on from its last replay id", async (t) => {
  const { server, assign, request } = await waiting(t);
  const workId = await assign(request.id, request.fields, "ana");
  await server.happen({ event: "declineAgentWork", user: rep("ana"), workId });
  const other = await server.chat();
  const { client } = await handshake(server);
  const next = changes((await subscribe(client, CHANNEL, request.replayId)).events, "PendingServiceRouting");
  const seen = [await next(), await next(), await next()];
  assert.deepEqual(
    seen.map(({ type, id, fields }) => [type, id === request.id, fields.IsPushed]),
    [["UPDATE", true, true], ["UPDATE", true, false], ["CREATE", false, false]],
  );
  assert.equal(seen[2].fields.WorkItemId, other);
});

test("Change events: the guide's text spells the channel with one underscore", async (t) => {
  const spelled = "/data/ExternalRoutingChannel_chn";
  const { server, next } = await partner(t, spelled);
  const chat = await server.chat();
  const { type, fields, channel } = await next();
  assert.deepEqual([type, fields.WorkItemId, channel], ["CREATE", chat, spelled]);
});

test("Change events: after a gap event the partner reads the record", async (t) => {
  const { server, next, connection } = await partner(t);
  await server.fault({ fault: "gapEvent", path: "/data/PendingServiceRoutingChangeEvent" });
  const chat = await server.chat();
  const { type, id, fields } = await next();
  assert.deepEqual([type, fields], ["GAP_CREATE", {}]);
  const record = await connection.sobject("PendingServiceRouting").retrieve(id);
  assert.deepEqual([record.WorkItemId, record.IsPushed], [chat, false]);
});
