// `lightning:omniToolkitAPI`: the methods of the Lightning Console JavaScript API for Omni-Channel, with the shapes that the Set Up
// Omni-Channel Developer Guide v56 and components in use show: `works` and `channels` are JSON texts, and `channels` is an empty text
// for somebody who is away.
import type { Fields, Json } from "../common/api.ts";
import type { Bridge } from "./bridge.ts";

/** A list as the guide has it. */
export function listText(list: Json | undefined): string {
  return Array.isArray(list) && list.length > 0 ? JSON.stringify(list) : "";
}

/** What a method answers, shaped as the guide has it. */
export function shaped(method: string, result: Json): Json {
  if (result === null || typeof result !== "object" || Array.isArray(result)) return result;
  const value: Fields = { ...result };
  // Work that nobody has is an empty list: components read its first element.
  if (method === "getAgentWorks") value["works"] = JSON.stringify(value["works"] ?? []);
  if ("channels" in value) value["channels"] = listText(value["channels"]);
  return value;
}

/** The parameters of an event, shaped as the guide has it. */
export function shapedParameters(parameters: Fields): Fields {
  return "channels" in parameters ? { ...parameters, channels: listText(parameters["channels"]) } : parameters;
}

/** The arguments that a method takes; those with a question mark may be left out. */
const METHODS: { [method: string]: string[] } = {
  acceptAgentWork: ["workId"],
  closeAgentWork: ["workId"],
  declineAgentWork: ["workId", "declineReason?"],
  getAgentWorks: [],
  getAgentWorkload: [],
  getServicePresenceStatusChannels: [],
  getServicePresenceStatusId: [],
  login: ["statusId"],
  logout: [],
  lowerAgentWorkFlag: ["workId"],
  raiseAgentWorkFlag: ["workId", "message?"],
  setServicePresenceStatus: ["statusId"],
};

type Callback = (result: Json) => void;

export class OmniToolkit {
  [method: string]: unknown;

  constructor(bridge: Bridge, warn: (text: string) => void) {
    for (const [method, names] of Object.entries(METHODS)) {
      this[method] = (given?: unknown) => called(bridge, warn, method, names, given);
    }
  }
}

function called(bridge: Bridge, warn: (text: string) => void, method: string, names: string[], given: unknown): Promise<Json> {
  const example = names.length > 0 ? `{${names.map((name) => name.replace("?", "")).join(", ")}}` : "nothing";
  if (given !== undefined && given !== null && (typeof given !== "object" || Array.isArray(given))) {
    const shown = typeof given === "string" ? `"${given}"` : String(given);
    return Promise.reject(new Error(`${method}: it takes an object, ${example}, and was given ${shown}.`));
  }
  const all = { ...(given as { [name: string]: unknown } | null | undefined) };
  const callback = typeof all["callback"] === "function" ? (all["callback"] as Callback) : undefined;
  delete all["callback"];
  const parameters: Fields = {};
  for (const [name, value] of Object.entries(all)) {
    if (names.includes(name) || names.includes(`${name}?`)) parameters[name] = value as Json;
    else warn(`${method}: it has no argument \`${name}\`, which is left out; it takes ${example}.`);
  }
  for (const name of names) {
    if (!name.endsWith("?") && (parameters[name] === undefined || parameters[name] === null || parameters[name] === "")) {
      const rejected = Promise.reject<Json>(new Error(`${method}: \`${name}\` is missing; it takes ${example}.`));
      return callback ? answered(rejected, callback) : rejected;
    }
  }
  const asked = bridge.call(method, parameters).then((result) => shaped(method, result));
  return callback ? answered(asked, callback) : asked;
}

/** The older style, in which a callback gets the answer with `success` beside it. The promise is there as well. */
function answered(asked: Promise<Json>, callback: Callback): Promise<Json> {
  asked.then(
    (result) => callback(result !== null && typeof result === "object" && !Array.isArray(result) ? { success: true, ...result } : { success: true }),
    (error: unknown) => callback({ success: false, error: error instanceof Error ? error.message : String(error) }),
  );
  return asked;
}

/** The events of `lightning:omniChannel…`, by the names that the server has. */
export function eventName(event: string): string {
  return `lightning:omniChannel${event.charAt(0).toUpperCase()}${event.slice(1)}`;
}
