// `/support/console/{version}/integration.js`: the Omni-Channel part of the Console Integration Toolkit for Salesforce Classic, and what
// pages need around it. An implementation of its own, by what the Set Up Omni-Channel Developer Guide v56 says of methods and events.
import type { Fields, Json } from "../common/api.ts";
import type { ToFrame } from "../common/messages.ts";
import { Bridge } from "./bridge.ts";
import { listText, shaped } from "./lightning.ts";

type Callback = (result: Fields) => void;
type Listener = (result: Fields) => void;

const holder = window as unknown as { omnicBridge?: Bridge; sforce?: { console?: unknown } };
const bridge = (holder.omnicBridge ??= new Bridge());
let isInConsole = window.parent !== window;
void bridge.console.then((isThere) => {
  isInConsole = isThere;
});

const PRESENCE = {
  LOGIN_SUCCESS: "sforce.console.presence.loginSuccess",
  STATUS_CHANGED: "sforce.console.presence.statusChanged",
  LOGOUT: "sforce.console.presence.logout",
  WORK_ASSIGNED: "sforce.console.presence.workAssigned",
  WORK_ACCEPTED: "sforce.console.presence.workAccepted",
  WORK_DECLINED: "sforce.console.presence.workDeclined",
  WORK_CLOSED: "sforce.console.presence.workClosed",
  WORKLOAD_CHANGED: "sforce.console.presence.workloadChanged",
};

const ConsoleEvent = {
  OPEN_TAB: "sforce.console.openTab",
  CLOSE_TAB: "sforce.console.closeTab",
  CONSOLE_LOGOUT: "sforce.console.consoleLogout",
  PRESENCE,
};

/** Events of the console by the names of the server. There is none for flags or for errors of the connection in Classic. */
const EVENTS: { [event: string]: string } = {
  loginSuccess: PRESENCE.LOGIN_SUCCESS,
  statusChanged: PRESENCE.STATUS_CHANGED,
  logout: PRESENCE.LOGOUT,
  workAssigned: PRESENCE.WORK_ASSIGNED,
  workAccepted: PRESENCE.WORK_ACCEPTED,
  workDeclined: PRESENCE.WORK_DECLINED,
  workClosed: PRESENCE.WORK_CLOSED,
  workloadChanged: PRESENCE.WORKLOAD_CHANGED,
};

/** The payload of an event with the names that Classic has. */
function payload(event: string, parameters: Fields): Fields {
  if (event === "workloadChanged") {
    const { configuredCapacity = null, previousWorkload = null, newWorkload = null } = parameters;
    return { ConfiguredCapacity: configuredCapacity, PreviousWorkload: previousWorkload, NewWorkload: newWorkload };
  }
  return "channels" in parameters ? { ...parameters, channels: listText(parameters["channels"]) } : { ...parameters };
}

function call(method: string, parameters: Fields, callback: unknown): void {
  bridge.call(method, parameters).then(
    (result) => answer(callback, { success: true, ...(asFields(shaped(method, result)) ?? {}) }),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      console.warn(`sforce.console.presence.${method}: ${message}`);
      answer(callback, { success: false, error: message });
    },
  );
}

function asFields(value: Json): Fields | undefined {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : undefined;
}

function answer(callback: unknown, result: Fields): void {
  if (typeof callback === "function") (callback as Callback)(result);
}

function id(value: unknown): Json {
  return typeof value === "string" ? value : null;
}

const presence = {
  login: (statusId: unknown, callback?: unknown) => call("login", { statusId: id(statusId) }, callback),
  logout: (callback?: unknown) => call("logout", {}, callback),
  setServicePresenceStatus: (statusId: unknown, callback?: unknown) => call("setServicePresenceStatus", { statusId: id(statusId) }, callback),
  getServicePresenceStatusId: (callback?: unknown) => call("getServicePresenceStatusId", {}, callback),
  getServicePresenceStatusChannels: (callback?: unknown) => call("getServicePresenceStatusChannels", {}, callback),
  getAgentWorks: (callback?: unknown) => call("getAgentWorks", {}, callback),
  getAgentWorkload: (callback?: unknown) => call("getAgentWorkload", {}, callback),
  acceptAgentWork: (workId: unknown, callback?: unknown) => call("acceptAgentWork", { workId: id(workId) }, callback),
  // The reason may be left out, and then the callback stands in its place, as in the guide's sample.
  declineAgentWork: (workId: unknown, reason?: unknown, callback?: unknown) =>
    typeof reason === "function"
      ? call("declineAgentWork", { workId: id(workId) }, reason)
      : call("declineAgentWork", { workId: id(workId), declineReason: id(reason) }, callback),
  closeAgentWork: (workId: unknown, callback?: unknown) => call("closeAgentWork", { workId: id(workId) }, callback),
};

interface Listening {
  listener: Listener;
  /** Of CLOSE_TAB: the tab that is meant; none: any. */
  tabId: string | undefined;
}

const listeners = new Map<string, Listening[]>();

function addEventListener(type: unknown, listener: unknown, additional?: unknown): void {
  if (typeof type !== "string" || typeof listener !== "function") return;
  const tabId = (additional as { tabId?: unknown } | null | undefined)?.tabId;
  const known = listeners.get(type) ?? [];
  known.push({ listener: listener as Listener, tabId: typeof tabId === "string" ? tabId : undefined });
  listeners.set(type, known);
}

function removeEventListener(type: unknown, listener: unknown, additional?: unknown): void {
  if (typeof type !== "string") return;
  const tabId = (additional as { tabId?: unknown } | null | undefined)?.tabId;
  const isOther = (known: Listening): boolean => known.listener !== listener || (typeof tabId === "string" && known.tabId !== tabId);
  listeners.set(type, (listeners.get(type) ?? []).filter(isOther));
}

function fire(type: string, result: Fields, tabId?: string): void {
  for (const known of [...(listeners.get(type) ?? [])]) {
    if (known.tabId !== undefined && known.tabId !== tabId) continue;
    try {
      known.listener(result);
    } catch (error) {
      // The next listener is to hear of it all the same.
      setTimeout(() => {
        throw error;
      });
    }
  }
}

function fireEvent(type: unknown, message: unknown, callback?: unknown): void {
  if (typeof type !== "string") return;
  bridge.say({ omnic: 1, type: "custom", name: type, message: String(message) });
  answer(callback, { success: true });
}

bridge.hear((said: ToFrame) => {
  if (said.type === "event") {
    const type = EVENTS[said.event];
    if (type) fire(type, payload(said.event, said.parameters));
  } else if (said.type === "tabEvent") {
    fire(said.event === "openTab" ? ConsoleEvent.OPEN_TAB : ConsoleEvent.CLOSE_TAB, { id: said.id, objectId: said.objectId }, said.id);
  } else if (said.type === "custom") {
    // Custom events come with their message (guide, "Methods for Console Events": fireEvent).
    fire(said.name, { success: true, message: said.message });
  } else if (said.type === "logout") {
    // Callbacks run before the console logs out.
    fire(ConsoleEvent.CONSOLE_LOGOUT, {});
    // After the calls that they made.
    setTimeout(() => bridge.say({ omnic: 1, type: "loggedOut", id: said.id }));
  }
});

const tabs = {
  openPrimaryTab: (_id: unknown, url: unknown, _active: unknown, label?: unknown, callback?: unknown) => openTab(url, label, callback),
  openSubtab: (_parent: unknown, url: unknown, _active: unknown, label?: unknown, _id?: unknown, callback?: unknown) => openTab(url, label, callback),
  closeTab: (tabId: unknown, callback?: unknown) => {
    bridge.tab("closeTab", { id: id(tabId) }).then(
      () => answer(callback, { success: true }),
      () => answer(callback, { success: false }),
    );
  },
};

function openTab(url: unknown, label: unknown, callback: unknown): void {
  bridge.tab("openTab", { url: id(url), label: id(label) }).then(
    (result) => answer(callback, { success: true, id: result }),
    () => answer(callback, { success: false }),
  );
}

holder.sforce = {
  ...holder.sforce,
  console: {
    presence,
    ConsoleEvent,
    PRESENCE,
    addEventListener,
    removeEventListener,
    fireEvent,
    isInConsole: () => isInConsole,
    ...tabs,
  },
};
