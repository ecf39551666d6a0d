// The chapters "Expected Behavior for External Routing" and "Troubleshooting External Routing" of the Set Up
// Omni-Channel Developer Guide, step by step. The numbers are the guide's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, pushTopic, subscribe } from "./harness/jsforce.js";
import { rep, serve } from "./harness/server.js";

/** A partner who listens to the PushTopic of the guide's step 2, with the field of the transfer scenario. */
async function partner(t) {
  const server = await serve(t);
  const connection = connect(server);
  await pushTopic(connection, ", IsTransfer");
  await server.online("ana", "ben");
  const events = await subscribe(server, connection, "PSRPushTopic");
  /** The guide's step 4: work for a rep, by a request as an event showed it. */
  const assign = async (request, name) => {
    const UserId = await server.id("User", `Username = '${rep(name)}'`);
    const { WorkItemId, ServiceChannelId, Id: PendingServiceRoutingId } = request;
    const work = { ServiceChannelId, WorkItemId, UserId, PendingServiceRoutingId };
    const { id } = await connection.sobject("AgentWork").create(work);
    // That the request is pushed now is an event, too.
    const { event, sobject } = await events.next();
    assert.deepEqual([event.type, sobject.Id, sobject.IsPushed], ["updated", request.Id, true]);
    return id;
  };
  const work = (id) => connection.sobject("AgentWork").retrieve(id);
  const chat = (id) => connection.sobject("LiveChatTranscript").retrieve(id);
  const requests = () => server.query("SELECT Id, Serial, IsPushed, IsTransfer FROM PendingServiceRouting");
  const user = (name) => server.id("User", `Username = '${rep(name)}'`);
  return { server, connection, events, assign, work, chat, requests, user };
}

/** A chat that waits for the partner's decision. */
async function waiting(t) {
  const world = await partner(t);
  const chatId = await world.server.chat();
  const { sobject: request } = await world.events.next();
  return { ...world, chatId, request };
}

/** A chat that ana has accepted. */
async function opened(t) {
  const world = await waiting(t);
  const workId = await world.assign(world.request, "ana");
  await world.server.happen({ event: "acceptAgentWork", user: rep("ana"), workId });
  assert.equal((await world.events.next()).event.type, "deleted");
  return { ...world, workId };
}

test("Expected behavior: agent accepts the work", async (t) => {
  const { server, events, assign, work, requests, user } = await partner(t);
  // 1. A chat visitor initiates a chat request from the external routing button.
  const chatId = await server.chat();
  // 2. The PendingServiceRouting is created.
  const [made] = await requests();
  // 3. The partner is notified (EventType=Create, isPushed=false).
  const { event, sobject: request } = await events.next();
  assert.equal(event.type, "created");
  assert.deepEqual([request.Id, request.WorkItemId, request.IsPushed], [made.Id, chatId, false]);
  // 4. The partner creates AgentWork using the request.
  const workId = await assign(request, "ana");
  // 5. The agent is routed the chat request (AgentWork Status = Assigned).
  const assigned = await work(workId);
  assert.deepEqual(
    [assigned.Status, assigned.UserId, assigned.WorkItemId, assigned.PendingServiceRoutingId],
    ["Assigned", await user("ana"), chatId, request.Id],
  );
  // 6. The agent accepts the chat request. The guide writes Status = Accept; the field's value is Opened.
  await server.pass(5);
  await server.happen({ event: "acceptAgentWork", user: rep("ana"), workId });
  const accepted = await work(workId);
  assert.deepEqual([accepted.Status, accepted.SpeedToAnswer], ["Opened", 5]);
  // 7. Omni-Channel deletes the request.
  assert.deepEqual(await requests(), []);
  // 8. The partner is notified (EventType=Delete).
  const last = await events.next();
  assert.deepEqual([last.event.type, last.sobject.Id], ["deleted", request.Id]);
  await events.empty();
});

test("Expected behavior: agent declines the work through Omni-Channel", async (t) => {
  const { server, events, assign, work, request, requests } = await waiting(t);
  const workId = await assign(request, "ana");
  // 1. The agent declines the assigned AgentWork.
  await server.happen({ event: "declineAgentWork", user: rep("ana"), workId });
  assert.equal((await work(workId)).Status, "Declined");
  // 2. Salesforce updates the request: the same one, with a higher serial.
  const [record] = await requests();
  assert.deepEqual([record.Id, record.IsPushed], [request.Id, false]);
  assert.ok(record.Serial > request.Serial);
  // 3. The partner is notified (EventType=Update, LastDeclinedAgentSession=session of the agent, isPushed=false).
  const { event, sobject } = await events.next();
  assert.equal(event.type, "updated");
  assert.deepEqual([sobject.Id, sobject.IsPushed, sobject.Serial], [request.Id, false, record.Serial]);
  assert.ok(sobject.LastDeclinedAgentSession);
  await events.empty();
  // 4. The partner creates a new AgentWork using the updated request for rerouting.
  const again = await assign(sobject, "ben");
  assert.equal((await work(again)).Status, "Assigned");
});

test("Expected behavior: agent doesn't accept the work due to push time-out", async (t) => {
  const { server, events, assign, work, request, requests } = await waiting(t);
  const workId = await assign(request, "ana");
  await server.pass(29);
  assert.equal((await work(workId)).Status, "Assigned");
  await server.pass(1);
  assert.equal((await work(workId)).Status, "DeclinedOnPushTimeout");
  // 1. The existing request is updated.
  assert.deepEqual((await requests()).map(({ Id, IsPushed }) => [Id, IsPushed]), [[request.Id, false]]);
  // 2. The partner is notified (EventType=Update, isPushed=false, LastDeclinedAgentSession=session of the agent).
  const { event, sobject } = await events.next();
  assert.deepEqual([event.type, sobject.Id, sobject.IsPushed], ["updated", request.Id, false]);
  assert.ok(sobject.LastDeclinedAgentSession);
  await events.empty();
  // 3. The partner creates a new AgentWork for rerouting.
  assert.equal((await work(await assign(sobject, "ben"))).Status, "Assigned");
});

test("Expected behavior: agent transfers the work to an external routing queue", async (t) => {
  const { server, events, assign, work, chatId, request, requests, workId } = await opened(t);
  await server.happen({ event: "workTransferred", user: rep("ana"), workId, to: { queue: "Service" } });
  assert.equal((await work(workId)).Status, "Transferred");
  // 1. A new PendingServiceRouting for the transfer is created.
  const [made] = await requests();
  assert.notEqual(made.Id, request.Id);
  // 2. The partner is notified (EventType=Create, isTransfer=true, isPushed=false).
  const { event, sobject } = await events.next();
  assert.deepEqual(
    [event.type, sobject.Id, sobject.WorkItemId, sobject.IsTransfer, sobject.IsPushed],
    ["created", made.Id, chatId, true, false],
  );
  assert.equal(sobject.QueueId, await server.id("Group", "DeveloperName = 'Service'"));
  // 3. The routing process is repeated.
  const again = await assign(sobject, "ben");
  await server.happen({ event: "acceptAgentWork", user: rep("ben"), workId: again });
  const last = await events.next();
  assert.deepEqual([last.event.type, last.sobject.Id], ["deleted", made.Id]);
  assert.equal((await work(again)).Status, "Opened");
});

test("Expected behavior: agent transfers the work to another agent", async (t) => {
  const { server, connection, events, work, chat, chatId, requests, user, workId } = await opened(t);
  await connection.sobject("PushTopic").create({
    Name: "Works",
    Query: "SELECT Id, WorkItemId, UserId, Status, PendingServiceRoutingId FROM AgentWork",
    ApiVersion: 50.0,
  });
  await connection.sobject("PushTopic").create({
    Name: "Chats",
    Query: "SELECT Id, OwnerId, Status FROM LiveChatTranscript",
    ApiVersion: 41.0,
    NotifyForFields: "All",
  });
  const works = await subscribe(server, connection, "Works");
  const chats = await subscribe(server, connection, "Chats");
  // 1. The request of the original chat is deleted: it was, when ana accepted.
  assert.deepEqual(await requests(), []);
  await server.happen({ event: "workTransferred", user: rep("ana"), workId, to: { agent: { user: rep("ben") } } });
  // 2. A new one isn't created. AgentWork and LiveChatTranscript tell of the transfer.
  assert.deepEqual(await requests(), []);
  const told = await works.next();
  assert.deepEqual([told.event.type, told.sobject.WorkItemId, told.sobject.Status], ["created", chatId, 0]);
  // 3. Two AgentWorks are there for the chat: the first Opened, the second Assigned.
  const second = told.sobject.Id;
  const two = await server.query(`SELECT Id, Status FROM AgentWork WHERE WorkItemId = '${chatId}' ORDER BY Id`);
  assert.deepEqual(two.map(({ Id, Status }) => [Id, Status]), [[workId, "Opened"], [second, "Assigned"]]);
  // 4. The chat is updated with the Status = In Progress and the Owner = second agent: once ben has accepted.
  await server.happen({ event: "acceptAgentWork", user: rep("ben"), workId: second });
  const record = await chat(chatId);
  assert.deepEqual([record.OwnerId, record.Status], [await user("ben"), "InProgress"]);
  const owned = await chats.next();
  assert.equal(owned.event.type, "updated");
  assert.deepEqual([owned.sobject.OwnerId, owned.sobject.Status], [record.OwnerId, "InProgress"]);
  // 5. The second AgentWork of a direct transfer does not come from a request.
  assert.equal((await work(second)).PendingServiceRoutingId, null);
  assert.equal((await work(workId)).Status, "Transferred");
  await events.empty();
});

test("Expected behavior: agent goes offline with an unanswered offer", async (t) => {
  const { server, events, assign, work, request } = await waiting(t);
  const workId = await assign(request, "ana");
  await server.happen({ event: "connectionLost", user: rep("ana"), error: "network" });
  assert.equal((await work(workId)).Status, "Unavailable");
  const { event, sobject } = await events.next();
  assert.deepEqual([event.type, sobject.Id, sobject.IsPushed], ["updated", request.Id, false]);
});

test("Expected behavior: the visitor leaves before an agent accepts", async (t) => {
  const { server, events, assign, work, chatId, request, requests } = await waiting(t);
  const workId = await assign(request, "ana");
  await server.happen({ event: "workCanceled", workItemId: chatId });
  assert.equal((await work(workId)).Status, "Canceled");
  assert.deepEqual(await requests(), []);
  const { event, sobject } = await events.next();
  assert.deepEqual([event.type, sobject.Id], ["deleted", request.Id]);
});

test("Troubleshooting: recover from an external routing adaptor restart", async (t) => {
  const { server, connection, events, request, assign } = await waiting(t);
  // The adaptor has handled the first event when it stops: this is its last successful position.
  await assign(request, "ana");
  const topic = "SELECT Id FROM PushTopic WHERE Name = 'PSRPushTopic'";
  assert.equal((await server.query(topic)).length, 1, "the topic outlives its subscribers");
  const all = await subscribe(server, connection, "PSRPushTopic", -2);
  const position = (await all.next()).event.replayId;
  // While it is away, ana declines, and another chat arrives.
  await server.happen({ event: "declineAgentWork", user: rep("ana"), workId: request.WorkItemId });
  const other = await server.chat();
  // It comes back, with a session of its own, and replays from there: nothing is missing, nothing comes twice.
  const back = await subscribe(server, connect(server), "PSRPushTopic", position);
  const seen = [await back.next(), await back.next(), await back.next()];
  assert.deepEqual(
    seen.map(({ event, sobject }) => [event.type, sobject.WorkItemId, sobject.IsPushed]),
    [["updated", request.WorkItemId, true], ["updated", request.WorkItemId, false], ["created", other, false]],
  );
  const ids = seen.map(({ event }) => event.replayId);
  assert.ok(ids.every((id, at) => id > (ids[at - 1] ?? position)), String(ids));
  await back.empty();
  assert.equal((await events.next()).sobject.IsPushed, false);
});

test("Troubleshooting: recover from a Salesforce data recovery instance", async (t) => {
  const { server, connection, request, assign, requests, work } = await waiting(t);
  const workId = await assign(request, "ana");
  const all = await subscribe(server, connection, "PSRPushTopic", -2);
  const position = (await all.next()).event.replayId;
  await server.fault({ now: "switchDataCenter" });
  // All online agents are logged out.
  assert.deepEqual(await server.query("SELECT Id FROM UserServicePresence WHERE IsCurrentState = true"), []);
  assert.equal((await work(workId)).Status, "Unavailable");
  assert.deepEqual((await requests()).map(({ Id, IsPushed }) => [Id, IsPushed]), [[request.Id, false]]);
  // What the adaptor knew does not apply: its position is refused …
  await assert.rejects(subscribe(server, connection, "PSRPushTopic", position), /400/);
  // … and it begins as when it first subscribed: new events, and the records for what waits.
  const fresh = await subscribe(server, connection, "PSRPushTopic", -1);
  await fresh.empty();
  await server.online("ben");
  const again = await connection.sobject("AgentWork").create({
    ServiceChannelId: request.ServiceChannelId,
    WorkItemId: request.WorkItemId,
    UserId: await server.id("User", `Username = '${rep("ben")}'`),
    PendingServiceRoutingId: request.Id,
  });
  assert.equal((await work(again.id)).Status, "Assigned");
  const { event, sobject } = await fresh.next();
  assert.deepEqual([event.type, sobject.Id, sobject.IsPushed], ["updated", request.Id, true]);
  assert.ok(event.replayId > position);
});

test("Work that Omni-Channel's rules forbid is refused, and the request goes on waiting", async (t) => {
  const { server, connection, request, requests, user, assign } = await waiting(t);
  const { ServiceChannelId, WorkItemId, Id: PendingServiceRoutingId } = request;
  const create = async (name) => {
    const work = { ServiceChannelId, WorkItemId, UserId: await user(name), PendingServiceRoutingId };
    return connection.sobject("AgentWork").create(work);
  };
  // chen is not logged in.
  await assert.rejects(create("chen"), { errorCode: "FIELD_INTEGRITY_EXCEPTION", message: /notLoggedIn/ });
  assert.equal((await requests())[0].IsPushed, false);
  await assign(request, "ana");
  await assert.rejects(create("ben"), { errorCode: "FIELD_INTEGRITY_EXCEPTION", message: /alreadyPushed/ });
  assert.equal((await server.query("SELECT Id FROM AgentWork")).length, 1);
});
