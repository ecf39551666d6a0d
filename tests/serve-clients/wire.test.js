// Clients in other languages, by the requests that they send: EMP-Connector (Java) and aiosfstream (Python).
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, pushTopic } from "./harness/jsforce.js";
import { rep, serve } from "./harness/server.js";

/** Posts Bayeux messages as they are written here; gives the replies, and keeps the cookie. */
function poster(base, headers) {
  let cookie;
  return async (path, messages) => {
    const all = { ...headers, "Content-Type": "application/json;charset=UTF-8", ...(cookie && { Cookie: cookie }) };
    const answer = await fetch(base + path, { method: "POST", headers: all, body: JSON.stringify(messages) });
    cookie ??= answer.headers.get("set-cookie")?.split(";")[0];
    assert.equal(answer.status, 200);
    return answer.json();
  };
}

const CHANNEL = "/topic/PSRPushTopic";

test("EMP-Connector: SOAP login, sub-paths, a replay map of all its topics, work by REST v43.0, disconnect", async (t) => {
  const server = await serve(t);
  await pushTopic(connect(server));
  const envelope =
    "<soapenv:Envelope xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/' " +
    "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:urn='urn:partner.soap.sforce.com'><soapenv:Body>" +
    `<urn:login><urn:username>${rep("ana")}</urn:username><urn:password>${server.password}</urn:password></urn:login>` +
    "</soapenv:Body></soapenv:Envelope>";
  const login = await fetch(`${server.url}/services/Soap/u/44.0/`, {
    method: "POST",
    headers: { "Content-Type": "text/xml", SOAPAction: "''", PrettyPrint: "Yes" },
    body: envelope,
  });
  assert.equal(login.status, 200);
  const xml = await login.text();
  const element = (name) => xml.match(new RegExp(`<(?:\\w+:)?${name}>([^<]*)<`))[1];
  const token = element("sessionId");
  const address = new URL(element("serverUrl"));
  assert.equal(address.origin, server.url);

  const post = poster(address.origin, { Authorization: `OAuth ${token}` });
  const [handshake] = await post("/cometd/44.0/handshake", [
    {
      ext: { replay: true },
      advice: { timeout: 60000, interval: 0 },
      supportedConnectionTypes: ["long-polling"],
      channel: "/meta/handshake",
      id: "1",
      version: "1.0",
      minimumVersion: "1.0",
    },
  ]);
  assert.equal(handshake.successful, true);
  assert.equal(handshake.id, "1");
  assert.equal(handshake.ext.replay, true, "else no replay id is ever sent");
  const { clientId } = handshake;
  const connection = { channel: "/meta/connect", clientId, connectionType: "long-polling" };
  const [first] = await post("/cometd/44.0/connect", [{ ...connection, id: "2", advice: { timeout: 0 } }]);
  assert.deepEqual([first.channel, first.id, first.successful], ["/meta/connect", "2", true]);
  const replay = { [CHANNEL]: -2, "/topic/Another": -2 };
  const [subscribed] = await post("/cometd/44.0/subscribe", [
    { clientId, channel: "/meta/subscribe", subscription: CHANNEL, id: "3", ext: { replay } },
  ]);
  assert.deepEqual([subscribed.successful, subscribed.subscription], [true, CHANNEL]);

  const held = post("/cometd/44.0/connect", [{ ...connection, id: "4" }]);
  await server.online("ana");
  const chat = await server.chat();
  const messages = await held;
  const event = messages.find(({ channel }) => channel === CHANNEL);
  assert.ok(Number.isInteger(event.data.event.replayId), "Java reads a long");
  assert.equal(event.data.sobject.WorkItemId, chat);
  assert.ok(messages.some(({ id, successful }) => id === "4" && successful));

  // What the AgentWork example does with it.
  const user = await server.id("User", `Username = '${rep("ana")}'`);
  const { Id: PendingServiceRoutingId, ServiceChannelId, WorkItemId } = event.data.sobject;
  const made = await fetch(`${server.url}/services/data/v43.0/sobjects/AgentWork`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ ServiceChannelId, WorkItemId, UserId: user, PendingServiceRoutingId }),
  });
  assert.equal(made.status, 201, await made.clone().text());

  // A disconnect comes while a connect is held, and releases it.
  const updated = await post("/cometd/44.0/connect", [{ ...connection, id: "5" }]);
  assert.equal(updated.find(({ channel }) => channel === CHANNEL).data.event.type, "updated");
  const last = post("/cometd/44.0/connect", [{ ...connection, id: "6" }]);
  const [bye] = await post("/cometd/44.0/disconnect", [{ channel: "/meta/disconnect", clientId, id: "7" }]);
  assert.equal(bye.successful, true);
  assert.ok(Array.isArray(await last));
  const [gone] = await post("/cometd/44.0/connect", [{ ...connection, id: "8" }]);
  assert.deepEqual([gone.error, gone.advice.reconnect], ["403::Unknown client", "handshake"]);
});

test("aiosfstream: OAuth by password, a first connect without advice, replay", async (t) => {
  const server = await serve(t);
  await pushTopic(connect(server));
  const form = { grant_type: "password", client_id: "key", client_secret: "secret" };
  const token = await fetch(`${server.url}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ ...form, username: rep("ana"), password: server.password }),
  });
  const { access_token, instance_url, token_type } = await token.json();
  assert.deepEqual([instance_url, token_type], [server.url, "Bearer"]);

  const post = poster(instance_url, { Authorization: `Bearer ${access_token}` });
  const [{ clientId }] = await post("/cometd/42.0", [
    {
      channel: "/meta/handshake",
      version: "1.0",
      supportedConnectionTypes: ["long-polling"],
      minimumVersion: "0.9",
      id: "0",
      ext: { replay: true },
    },
  ]);
  const connection = { channel: "/meta/connect", clientId, connectionType: "long-polling" };
  const began = Date.now();
  const [first] = await post("/cometd/42.0", [{ ...connection, id: "1" }]);
  assert.ok(Date.now() - began < 2000, "the first connect is not held");
  assert.deepEqual([first.successful, first.advice.reconnect], [true, "retry"]);
  const held = post("/cometd/42.0", [{ ...connection, id: "2" }]);
  const [subscribed] = await post("/cometd/42.0", [
    { channel: "/meta/subscribe", clientId, subscription: CHANNEL, id: "3", ext: { replay: { [CHANNEL]: -1 } } },
  ]);
  assert.equal(subscribed.successful, true);
  const chat = await server.chat();
  const event = (await held).find(({ channel }) => channel === CHANNEL);
  assert.equal(event.data.sobject.WorkItemId, chat);
  const [bye] = await post("/cometd/42.0", [{ channel: "/meta/disconnect", clientId, id: "4" }]);
  assert.equal(bye.successful, true);
});

// By hand: neither faye nor cometd takes a channel with a question mark.
test("A filter in the channel, with replay", async (t) => {
  const server = await serve(t);
  await pushTopic(connect(server));
  const sales = await server.id("Group", "DeveloperName = 'Sales'");
  const chats = [await server.chat("Sales")];
  await server.chat("Service");
  const post = poster(server.url, { Authorization: `Bearer ${server.accessToken}` });
  const [{ clientId }] = await post("/cometd/60.0", [
    { channel: "/meta/handshake", version: "1.0", supportedConnectionTypes: ["long-polling"] },
  ]);
  const subscription = `${CHANNEL}?QueueId='${sales}'`;
  const [subscribed] = await post("/cometd/60.0", [
    { channel: "/meta/subscribe", clientId, subscription, ext: { replay: { [subscription]: -2 } } },
  ]);
  assert.equal(subscribed.successful, true, subscribed.error);
  await server.chat("Service");
  chats.push(await server.chat("Sales"));
  const messages = await post("/cometd/60.0", [{ channel: "/meta/connect", clientId, connectionType: "long-polling" }]);
  assert.deepEqual(messages.flatMap(({ data }) => data?.sobject.WorkItemId ?? []), chats);
});
