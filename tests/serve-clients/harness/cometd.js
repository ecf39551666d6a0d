// The CometD project's own JavaScript client, as a subscriber of change events or topics.
import assert from "node:assert/strict";
import { CometD } from "cometd";
import { adapt } from "cometd-nodejs-client";
import { inbox } from "./inbox.js";

adapt();

/** A client with a session, and the inbox of its handshakes to come. */
export async function handshake(server) {
  const client = new CometD();
  client.configure({
    url: `${server.url}/cometd/60.0`,
    requestHeaders: { Authorization: `OAuth ${server.accessToken}` },
    appendMessageTypeToURL: false,
    backoffIncrement: 100,
    logLevel: "error",
  });
  const handshakes = inbox();
  client.addListener("/meta/handshake", handshakes.put);
  server.beforeEnd(() => client.isDisconnected() || new Promise((resolve) => client.disconnect(resolve)));
  client.handshake();
  // It tries a WebSocket first, which the org refuses.
  assert.equal((await handshakes.next()).successful, false);
  assert.equal((await handshakes.next()).successful, true);
  return { client, handshakes };
}

/** Subscribes from a replay id; gives the reply and the inbox of events. */
export async function subscribe(client, channel, replayId) {
  const events = inbox();
  const props = { ext: { replay: { [channel]: replayId } } };
  const reply = await new Promise((resolve) => client.subscribe(channel, events.put, props, resolve));
  return { reply, events };
}
