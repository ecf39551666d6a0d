// jsforce, as its documentation has one use it.
import jsforce from "jsforce";
import { StreamingExtension } from "jsforce/lib/api/streaming.js";
import { inbox } from "./inbox.js";

/** A connection with the token that the server prints at its start. */
export function connect(server, version = "60.0") {
  return new jsforce.Connection({ instanceUrl: server.url, accessToken: server.accessToken, version });
}

/** Subscribes to a PushTopic from a replay id; gives the inbox of its events once the org acknowledged. */
export async function subscribe(server, connection, topic, replayId = -1) {
  const channel = `/topic/${topic}`;
  const client = connection.streaming.createClient([new StreamingExtension.Replay(channel, replayId)]);
  server.beforeEnd(() => client.disconnect());
  const events = inbox();
  await client.subscribe(channel, events.put);
  return events;
}

/** The PushTopic of the guide's "Step 2", with its fields; `more` are added to the query. */
export function pushTopic(connection, more = "") {
  return connection.sobject("PushTopic").create({
    Name: "PSRPushTopic",
    Query:
      "Select Id, Serial, QueueId, WorkItemId, IsPushed, ServiceChannelId, LastDeclinedAgentSession, CreatedDate" +
      `${more} from PendingServiceRouting where RoutingModel = 'ExternalRouting'`,
    ApiVersion: 41.0,
    NotifyForOperationCreate: true,
    NotifyForOperationUpdate: true,
    NotifyForOperationDelete: true,
    NotifyForFields: "Referenced",
  });
}
