"use strict";
(() => {
  // src/frame/bridge.ts
  var CallError = class extends Error {
    constructor(message, code) {
      super(message);
      this.code = code;
    }
  };
  var Bridge = class {
    #last = 0;
    #waiting = /* @__PURE__ */ new Map();
    #listeners = [];
    #welcome;
    userId = "";
    /** Whether a console is around this page. */
    console;
    constructor() {
      this.console = new Promise((resolve) => {
        this.#welcome = resolve;
        if (window.parent === window) resolve(false);
        else setTimeout(() => resolve(false), 2e3);
      });
      window.addEventListener("message", (event) => {
        if (event.source !== window.parent || event.data?.omnic !== 1) return;
        this.#hear(event.data);
      });
      this.say({ omnic: 1, type: "hello" });
    }
    say(message) {
      if (window.parent !== window) window.parent.postMessage(message, "*");
    }
    hear(listener) {
      this.#listeners.push(listener);
    }
    call(method, parameters) {
      return this.#ask((id2) => ({ omnic: 1, type: "call", id: id2, method, arguments: parameters }));
    }
    tab(method, parameters) {
      return this.#ask((id2) => ({ omnic: 1, type: "tab", id: id2, method, arguments: parameters }));
    }
    async #ask(message) {
      if (!await this.console) throw new CallError("This page is not in a console.", "NOT_IN_CONSOLE");
      return new Promise((resolve, reject) => {
        const id2 = this.#last += 1;
        this.#waiting.set(id2, { resolve, reject });
        this.say(message(id2));
      });
    }
    #hear(said) {
      if (said.type === "welcome") {
        this.userId = said.userId;
        this.#welcome?.(true);
      } else if (said.type === "answer") {
        const waiting = this.#waiting.get(said.id);
        this.#waiting.delete(said.id);
        if (said.error) waiting?.reject(new CallError(said.error.message, said.error.code));
        else waiting?.resolve(said.result ?? null);
      }
      for (const listener of this.#listeners) listener(said);
    }
  };

  // src/frame/lightning.ts
  function listText(list) {
    return Array.isArray(list) && list.length > 0 ? JSON.stringify(list) : "";
  }
  function shaped(method, result) {
    if (result === null || typeof result !== "object" || Array.isArray(result)) return result;
    const value = { ...result };
    if (method === "getAgentWorks") value["works"] = JSON.stringify(value["works"] ?? []);
    if ("channels" in value) value["channels"] = listText(value["channels"]);
    return value;
  }

  // src/frame/integration.ts
  var holder = window;
  var bridge = holder.omnicBridge ??= new Bridge();
  var isInConsole = window.parent !== window;
  void bridge.console.then((isThere) => {
    isInConsole = isThere;
  });
  var PRESENCE = {
    LOGIN_SUCCESS: "sforce.console.presence.loginSuccess",
    STATUS_CHANGED: "sforce.console.presence.statusChanged",
    LOGOUT: "sforce.console.presence.logout",
    WORK_ASSIGNED: "sforce.console.presence.workAssigned",
    WORK_ACCEPTED: "sforce.console.presence.workAccepted",
    WORK_DECLINED: "sforce.console.presence.workDeclined",
    WORK_CLOSED: "sforce.console.presence.workClosed",
    WORKLOAD_CHANGED: "sforce.console.presence.workloadChanged"
  };
  var ConsoleEvent = {
    OPEN_TAB: "sforce.console.openTab",
    CLOSE_TAB: "sforce.console.closeTab",
    CONSOLE_LOGOUT: "sforce.console.consoleLogout",
    PRESENCE
  };
  var EVENTS = {
    loginSuccess: PRESENCE.LOGIN_SUCCESS,
    statusChanged: PRESENCE.STATUS_CHANGED,
    logout: PRESENCE.LOGOUT,
    workAssigned: PRESENCE.WORK_ASSIGNED,
    workAccepted: PRESENCE.WORK_ACCEPTED,
    workDeclined: PRESENCE.WORK_DECLINED,
    workClosed: PRESENCE.WORK_CLOSED,
    workloadChanged: PRESENCE.WORKLOAD_CHANGED
  };
  function payload(event, parameters) {
    if (event === "workloadChanged") {
      const { configuredCapacity = null, previousWorkload = null, newWorkload = null } = parameters;
      return { ConfiguredCapacity: configuredCapacity, PreviousWorkload: previousWorkload, NewWorkload: newWorkload };
    }
    return "channels" in parameters ? { ...parameters, channels: listText(parameters["channels"]) } : { ...parameters };
  }
  function call(method, parameters, callback) {
    bridge.call(method, parameters).then(
      (result) => answer(callback, { success: true, ...asFields(shaped(method, result)) ?? {} }),
      (error) => {
        const message = error instanceof Error ? error.message : String(error);
        console.warn(`sforce.console.presence.${method}: ${message}`);
        answer(callback, { success: false, error: message });
      }
    );
  }
  function asFields(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : void 0;
  }
  function answer(callback, result) {
    if (typeof callback === "function") callback(result);
  }
  function id(value) {
    return typeof value === "string" ? value : null;
  }
  var presence = {
    login: (statusId, callback) => call("login", { statusId: id(statusId) }, callback),
    logout: (callback) => call("logout", {}, callback),
    setServicePresenceStatus: (statusId, callback) => call("setServicePresenceStatus", { statusId: id(statusId) }, callback),
    getServicePresenceStatusId: (callback) => call("getServicePresenceStatusId", {}, callback),
    getServicePresenceStatusChannels: (callback) => call("getServicePresenceStatusChannels", {}, callback),
    getAgentWorks: (callback) => call("getAgentWorks", {}, callback),
    getAgentWorkload: (callback) => call("getAgentWorkload", {}, callback),
    acceptAgentWork: (workId, callback) => call("acceptAgentWork", { workId: id(workId) }, callback),
    // The reason may be left out, and then the callback stands in its place, as in the guide's sample.
    declineAgentWork: (workId, reason, callback) => typeof reason === "function" ? call("declineAgentWork", { workId: id(workId) }, reason) : call("declineAgentWork", { workId: id(workId), declineReason: id(reason) }, callback),
    closeAgentWork: (workId, callback) => call("closeAgentWork", { workId: id(workId) }, callback)
  };
  var listeners = /* @__PURE__ */ new Map();
  function addEventListener(type, listener, additional) {
    if (typeof type !== "string" || typeof listener !== "function") return;
    const tabId = additional?.tabId;
    const known = listeners.get(type) ?? [];
    known.push({ listener, tabId: typeof tabId === "string" ? tabId : void 0 });
    listeners.set(type, known);
  }
  function removeEventListener(type, listener, additional) {
    if (typeof type !== "string") return;
    const tabId = additional?.tabId;
    const isOther = (known) => known.listener !== listener || typeof tabId === "string" && known.tabId !== tabId;
    listeners.set(type, (listeners.get(type) ?? []).filter(isOther));
  }
  function fire(type, result, tabId) {
    for (const known of [...listeners.get(type) ?? []]) {
      if (known.tabId !== void 0 && known.tabId !== tabId) continue;
      try {
        known.listener(result);
      } catch (error) {
        setTimeout(() => {
          throw error;
        });
      }
    }
  }
  function fireEvent(type, message, callback) {
    if (typeof type !== "string") return;
    bridge.say({ omnic: 1, type: "custom", name: type, message: String(message) });
    answer(callback, { success: true });
  }
  bridge.hear((said) => {
    if (said.type === "event") {
      const type = EVENTS[said.event];
      if (type) fire(type, payload(said.event, said.parameters));
    } else if (said.type === "tabEvent") {
      fire(said.event === "openTab" ? ConsoleEvent.OPEN_TAB : ConsoleEvent.CLOSE_TAB, { id: said.id, objectId: said.objectId }, said.id);
    } else if (said.type === "custom") {
      fire(said.name, { success: true, message: said.message });
    } else if (said.type === "logout") {
      fire(ConsoleEvent.CONSOLE_LOGOUT, {});
      setTimeout(() => bridge.say({ omnic: 1, type: "loggedOut", id: said.id }));
    }
  });
  var tabs = {
    openPrimaryTab: (_id, url, _active, label, callback) => openTab(url, label, callback),
    openSubtab: (_parent, url, _active, label, _id, callback) => openTab(url, label, callback),
    closeTab: (tabId, callback) => {
      bridge.tab("closeTab", { id: id(tabId) }).then(
        () => answer(callback, { success: true }),
        () => answer(callback, { success: false })
      );
    }
  };
  function openTab(url, label, callback) {
    bridge.tab("openTab", { url: id(url), label: id(label) }).then(
      (result) => answer(callback, { success: true, id: result }),
      () => answer(callback, { success: false })
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
      ...tabs
    }
  };
})();
