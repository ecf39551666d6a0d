"use strict";
(() => {
  // src/frame/elements.ts
  var TAGS = new Set(
    "a abbr article aside b blockquote br button caption code col colgroup dd details div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr i img input label legend li main meter nav ol optgroup option output p pre progress s section select small span strong sub summary sup table tbody td textarea tfoot th thead time tr u ul body html head center font".split(" ")
  );
  var ATTRIBUTES = new Set(
    "abbr alt checked class cols colspan datetime disabled for headers height hidden high href id label low max maxlength min minlength multiple name open optimum pattern placeholder readonly required rows rowspan scope selected size span start step tabindex title type value width lang dir role".split(" ")
  );
  function isHtml(tag) {
    return TAGS.has(tag.toLowerCase());
  }
  function setAttribute(element, name2, value2) {
    const lower = name2.toLowerCase();
    if (lower === "style") {
      element.style.cssText = value2;
      return true;
    }
    if (lower === "href") {
      element.setAttribute("href", value2.startsWith("#") ? value2 : "#");
      if (!value2.startsWith("#")) element.title ||= value2;
      return true;
    }
    if (lower === "src") {
      if (value2.startsWith("data:image/")) element.setAttribute("src", value2);
      return true;
    }
    if (!ATTRIBUTES.has(lower) && !lower.startsWith("aria-") && !lower.startsWith("data-")) return false;
    element.setAttribute(lower, value2);
    return true;
  }

  // src/frame/expression.ts
  var TOKEN = /\s*(?:(\d+(?:\.\d+)?)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([A-Za-z_$][\w$]*)|(===|!==|==|!=|<=|>=|&&|\|\||[-+*/%<>!?:().,[\]]))/y;
  function tokens(text) {
    const all = [];
    TOKEN.lastIndex = 0;
    let at = 0;
    while (text.slice(at).trim() !== "") {
      TOKEN.lastIndex = at;
      const found = TOKEN.exec(text);
      if (!found) throw new Error(`\`${text.slice(at).trim()}\` cannot be read`);
      const [, number, single, double, name2, sign] = found;
      if (number !== void 0) all.push({ kind: "number", text: number });
      else if (single !== void 0 || double !== void 0) all.push({ kind: "text", text: (single ?? double ?? "").replace(/\\(.)/g, "$1") });
      else if (name2 !== void 0) all.push({ kind: "name", text: name2 });
      else all.push({ kind: "sign", text: sign ?? "" });
      at = TOKEN.lastIndex;
    }
    return all;
  }
  var LEVELS = [["||"], ["&&"], ["==", "!=", "===", "!=="], ["<", ">", "<=", ">="], ["+", "-"], ["*", "/", "%"]];
  var FUNCTIONS = ["and", "or", "not", "equals", "notequals", "if", "greaterthan", "lessthan", "add", "subtract", "format", "empty"];
  function parse(text) {
    const all = tokens(text);
    let at = 0;
    const is = (sign) => all[at]?.kind === "sign" && all[at]?.text === sign;
    const need = (sign) => {
      if (!is(sign)) throw new Error(`\`${sign}\` is missing in \`${text.trim()}\``);
      at += 1;
    };
    const choice = () => {
      const test = binary(0);
      if (!is("?")) return test;
      at += 1;
      const yes = choice();
      need(":");
      return { kind: "choice", test, yes, no: choice() };
    };
    const binary = (level) => {
      const signs = LEVELS[level];
      if (!signs) return unary();
      let left = binary(level + 1);
      for (let token = all[at]; token?.kind === "sign" && signs.includes(token.text); token = all[at]) {
        at += 1;
        left = { kind: "binary", sign: token.text, left, right: binary(level + 1) };
      }
      return left;
    };
    const unary = () => {
      for (const sign of ["!", "-"])
        if (is(sign)) {
          at += 1;
          return { kind: "unary", sign, of: unary() };
        }
      return primary();
    };
    const primary = () => {
      const token = all[at];
      at += 1;
      if (token?.kind === "number") return { kind: "value", value: Number(token.text) };
      if (token?.kind === "text") return { kind: "value", value: token.text };
      if (token?.kind === "sign" && token.text === "(") {
        const inner = choice();
        need(")");
        return inner;
      }
      if (token?.kind !== "name") throw new Error(`something is missing in \`${text.trim()}\``);
      if (token.text === "true" || token.text === "false") return { kind: "value", value: token.text === "true" };
      if (token.text === "null" || token.text === "undefined") return { kind: "value", value: null };
      if (is("(")) {
        if (!FUNCTIONS.includes(token.text)) throw new Error(`the function \`${token.text}\` is not supported in expressions`);
        at += 1;
        const given = [];
        while (!is(")")) {
          given.push(choice());
          if (is(",")) at += 1;
          else break;
        }
        need(")");
        return { kind: "call", name: token.text, given };
      }
      const path = [token.text];
      while (is(".") || is("[")) {
        const isIndex = is("[");
        at += 1;
        const next = all[at];
        if (!next || next.kind === "sign") throw new Error(`a name is missing in \`${text.trim()}\``);
        path.push(next.text);
        at += 1;
        if (isIndex) need("]");
      }
      return { kind: "path", path };
    };
    const read = choice();
    if (at < all.length) throw new Error(`\`${all[at]?.text}\` stands where nothing is expected in \`${text.trim()}\``);
    return read;
  }
  function value(expression, look) {
    switch (expression.kind) {
      case "value":
        return expression.value;
      case "path":
        return look(expression.path);
      case "unary": {
        const of = value(expression.of, look);
        return expression.sign === "!" ? !of : -Number(of);
      }
      case "choice":
        return value(expression.test, look) ? value(expression.yes, look) : value(expression.no, look);
      case "binary":
        return joined(expression.sign, value(expression.left, look), () => value(expression.right, look));
      case "call":
        return called(
          expression.name,
          expression.given.map((given) => () => value(given, look))
        );
    }
  }
  function joined(sign, left, right) {
    switch (sign) {
      case "||":
        return left || right();
      case "&&":
        return left && right();
      case "==":
      case "===":
        return (left ?? null) === (right() ?? null);
      case "!=":
      case "!==":
        return (left ?? null) !== (right() ?? null);
      case "<":
        return Number(left) < Number(right());
      case ">":
        return Number(left) > Number(right());
      case "<=":
        return Number(left) <= Number(right());
      case ">=":
        return Number(left) >= Number(right());
      case "+": {
        const other = right();
        return typeof left === "number" && typeof other === "number" ? left + other : `${left ?? ""}${other ?? ""}`;
      }
      case "-":
        return Number(left) - Number(right());
      case "*":
        return Number(left) * Number(right());
      case "/":
        return Number(left) / Number(right());
      default:
        return Number(left) % Number(right());
    }
  }
  function called(name2, given) {
    const at = (place) => given[place]?.();
    switch (name2) {
      case "and":
        return given.every((each) => each());
      case "or":
        return given.some((each) => each());
      case "not":
        return !at(0);
      case "equals":
        return joined("==", at(0), () => at(1));
      case "notequals":
        return joined("!=", at(0), () => at(1));
      case "if":
        return at(0) ? at(1) : at(2);
      case "greaterthan":
        return Number(at(0)) > Number(at(1));
      case "lessthan":
        return Number(at(0)) < Number(at(1));
      case "add":
        return joined("+", at(0), () => at(1));
      case "subtract":
        return Number(at(0)) - Number(at(1));
      case "empty": {
        const first = at(0);
        return first === null || first === void 0 || first === "" || Array.isArray(first) && first.length === 0;
      }
      default:
        return String(at(0) ?? "").replace(/\{(\d+)\}/g, (_, place) => String(at(Number(place) + 1) ?? ""));
    }
  }
  function parts(text) {
    const all = [];
    let rest = text;
    for (let at = rest.search(/\{[!#]/); at >= 0; at = rest.search(/\{[!#]/)) {
      const end = rest.indexOf("}", at);
      if (end < 0) throw new Error(`\`${rest.slice(at)}\` does not end`);
      if (at > 0) all.push(rest.slice(0, at));
      all.push(parse(rest.slice(at + 2, end)));
      rest = rest.slice(end + 1);
    }
    if (rest !== "") all.push(rest);
    return all;
  }

  // src/frame/lightning.ts
  function listText(list) {
    return Array.isArray(list) && list.length > 0 ? JSON.stringify(list) : "";
  }
  function shaped(method, result) {
    if (result === null || typeof result !== "object" || Array.isArray(result)) return result;
    const value2 = { ...result };
    if (method === "getAgentWorks") value2["works"] = JSON.stringify(value2["works"] ?? []);
    if ("channels" in value2) value2["channels"] = listText(value2["channels"]);
    return value2;
  }
  function shapedParameters(parameters) {
    return "channels" in parameters ? { ...parameters, channels: listText(parameters["channels"]) } : parameters;
  }
  var METHODS = {
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
    setServicePresenceStatus: ["statusId"]
  };
  var OmniToolkit = class {
    constructor(bridge2, warn) {
      for (const [method, names] of Object.entries(METHODS)) {
        this[method] = (given) => called2(bridge2, warn, method, names, given);
      }
    }
  };
  function called2(bridge2, warn, method, names, given) {
    const example = names.length > 0 ? `{${names.map((name2) => name2.replace("?", "")).join(", ")}}` : "nothing";
    if (given !== void 0 && given !== null && (typeof given !== "object" || Array.isArray(given))) {
      const shown2 = typeof given === "string" ? `"${given}"` : String(given);
      return Promise.reject(new Error(`${method}: it takes an object, ${example}, and was given ${shown2}.`));
    }
    const all = { ...given };
    const callback = typeof all["callback"] === "function" ? all["callback"] : void 0;
    delete all["callback"];
    const parameters = {};
    for (const [name2, value2] of Object.entries(all)) {
      if (names.includes(name2) || names.includes(`${name2}?`)) parameters[name2] = value2;
      else warn(`${method}: it has no argument \`${name2}\`, which is left out; it takes ${example}.`);
    }
    for (const name2 of names) {
      if (!name2.endsWith("?") && (parameters[name2] === void 0 || parameters[name2] === null || parameters[name2] === "")) {
        const rejected = Promise.reject(new Error(`${method}: \`${name2}\` is missing; it takes ${example}.`));
        return callback ? answered(rejected, callback) : rejected;
      }
    }
    const asked = bridge2.call(method, parameters).then((result) => shaped(method, result));
    return callback ? answered(asked, callback) : asked;
  }
  function answered(asked, callback) {
    asked.then(
      (result) => callback(result !== null && typeof result === "object" && !Array.isArray(result) ? { success: true, ...result } : { success: true }),
      (error) => callback({ success: false, error: error instanceof Error ? error.message : String(error) })
    );
    return asked;
  }
  function eventName(event) {
    return `lightning:omniChannel${event.charAt(0).toUpperCase()}${event.slice(1)}`;
  }

  // src/frame/aura.ts
  var isElement = (node) => "tag" in node;
  var attribute = (node, name2) => node.attributes.find(([known]) => known.toLowerCase() === name2.toLowerCase())?.[1];
  var whole = (text) => /^\s*\{[!#]([^}]*)\}\s*$/.exec(text)?.[1];
  function strict(what, object) {
    return new Proxy(object, {
      get(target, name2, receiver) {
        if (typeof name2 === "symbol" || name2 in target || name2 === "then" || name2 === "toJSON") return Reflect.get(target, name2, receiver);
        throw new Error(`${what}.${name2} is not supported by omnic serve`);
      }
    });
  }
  var Base = class {
    constructor(tag, id, changed) {
      this.tag = tag;
      this.id = id;
      this.changed = changed;
    }
    values = /* @__PURE__ */ new Map();
    element;
    facade() {
      return strict(this.tag, {
        get: (name2) => this.values.get(name2.replace(/^v\./, "")),
        set: (name2, value2) => {
          this.values.set(name2.replace(/^v\./, ""), value2);
          this.values.set(`own:${name2.replace(/^v\./, "")}`, true);
          this.changed();
        },
        getLocalId: () => this.id,
        getElement: () => this.element ?? null,
        getElements: () => this.element ? [this.element] : [],
        isValid: () => true,
        getName: () => this.tag,
        focus: () => this.element?.querySelector("input,button,select,textarea")?.focus(),
        checkValidity: () => this.element?.querySelector("input,select,textarea")?.checkValidity() ?? true,
        showHelpMessageIfInvalid: () => this.element?.querySelector("input,select,textarea")?.reportValidity(),
        reportValidity: () => this.element?.querySelector("input,select,textarea")?.reportValidity() ?? true
      });
    }
  };
  var TYPES = {
    boolean: (text) => text === "true",
    integer: Number,
    long: Number,
    decimal: Number,
    double: Number,
    list: (text) => text === "" ? [] : listed(text),
    object: (text) => text === "" ? null : listed(text),
    map: (text) => text === "" ? {} : listed(text)
  };
  function listed(text) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  var Aura = class {
    constructor(markup, parts3, bridge2, root, report2, write2) {
      this.markup = markup;
      this.parts = parts3;
      this.bridge = bridge2;
      this.root = root;
      this.report = report2;
      this.write = write2;
      this.#component = this.#facade();
    }
    #attributes = /* @__PURE__ */ new Map();
    #found = /* @__PURE__ */ new Map();
    #bases = /* @__PURE__ */ new Map();
    #events = /* @__PURE__ */ new Map();
    #changes = /* @__PURE__ */ new Map();
    #component;
    #apexCalls = /* @__PURE__ */ new Map();
    #toldOnce = /* @__PURE__ */ new Set();
    #nodes = [];
    #isPending = false;
    #isShown = false;
    /** Begins: reads the top of the markup, shows it, runs init, and hears of events. */
    start() {
      const top = this.markup.nodes.find(isElement);
      if (!top || top.tag.toLowerCase() !== "aura:component") {
        this.report(top?.line ?? 1, "a component begins with <aura:component>");
        return;
      }
      let init;
      for (const node of top.children) {
        if (!isElement(node)) this.#nodes.push(node);
        else if (node.tag === "aura:attribute") this.#declare(node);
        else if (node.tag === "aura:handler") init = this.#handler(node) ?? init;
        else if (node.tag === "aura:dependency" || node.tag === "aura:documentation") continue;
        else if (node.tag === "aura:registerEvent" || node.tag === "aura:method" || node.tag === "aura:import")
          this.report(node.line, `<${node.tag}> is not supported`);
        else this.#nodes.push(node);
      }
      this.#show();
      if (init !== void 0) this.#run(init, top.line, this.#event("aura:valueInit", {}));
      this.bridge.hear((said) => {
        if (said.type !== "event") return;
        const name2 = eventName(said.event);
        for (const action of this.#events.get(name2) ?? []) this.#run(action, 0, this.#event(name2, shapedParameters(said.parameters)));
      });
    }
    #declare(node) {
      const name2 = attribute(node, "name");
      if (!name2) return this.report(node.line, "<aura:attribute> has no `name`");
      const type = attribute(node, "type") ?? "String";
      const given = attribute(node, "default");
      const read = /\[\]$/.test(type) ? TYPES["list"] : TYPES[type.toLowerCase()];
      if (given === void 0) this.#attributes.set(name2, type.toLowerCase() === "boolean" ? false : void 0);
      else if (whole(given) !== void 0) this.#attributes.set(name2, this.#value(given, {}, node.line));
      else this.#attributes.set(name2, read ? read(given) : given);
    }
    /** A handler; the action of init. */
    #handler(node) {
      const action = attribute(node, "action");
      const event = attribute(node, "event");
      const name2 = attribute(node, "name");
      if (action === void 0) {
        this.report(node.line, "<aura:handler> has no `action`");
      } else if (event !== void 0) {
        if (!event.startsWith("lightning:omniChannel")) this.report(node.line, `the event ${event} is never fired here`);
        this.#events.set(event, [...this.#events.get(event) ?? [], action]);
      } else if (name2 === "init") {
        return action;
      } else if (name2 === "change") {
        const of = whole(attribute(node, "value") ?? "")?.trim().replace(/^v\./, "") ?? "";
        this.#changes.set(of, [...this.#changes.get(of) ?? [], action]);
      } else {
        this.report(node.line, `<aura:handler name="${name2 ?? ""}"> is not supported`);
      }
      return void 0;
    }
    #run(action, line, event) {
      const name2 = whole(action)?.trim().replace(/^c\./, "") ?? "";
      const found = this.parts.controller[name2];
      if (typeof found !== "function") {
        this.report(line, `the controller has no action \`${name2 || action}\``);
        return;
      }
      try {
        found.call(this.parts.controller, this.#component, event, this.parts.helper);
      } catch (error) {
        this.report(0, `${name2}: ${error instanceof Error ? error.message : String(error)}`, "controller");
      }
    }
    #event(name2, parameters, source, dom) {
      const target = dom?.target ?? null;
      return strict("event", {
        getParam: (key) => parameters[key],
        getParams: () => parameters,
        getName: () => name2,
        getType: () => name2,
        getSource: () => source ?? this.#component,
        getEventType: () => name2.startsWith("lightning:omni") ? "APPLICATION" : "COMPONENT",
        stopPropagation: () => dom?.stopPropagation(),
        preventDefault: () => dom?.preventDefault(),
        target,
        currentTarget: dom?.currentTarget ?? null,
        keyCode: dom?.keyCode,
        key: dom?.key,
        which: dom?.keyCode,
        type: dom?.type ?? name2
      });
    }
    #facade() {
      return strict("component", {
        get: (name2) => this.#get(name2),
        set: (name2, given) => this.#set(name2, given),
        find: (id) => {
          const found = (this.#found.get(id) ?? []).map((base) => this.#findable(base));
          return found.length > 1 ? found : found[0];
        },
        isValid: () => true,
        getName: () => this.markup.name,
        getLocalId: () => void 0,
        getGlobalId: () => `1:0;${this.markup.name}`,
        getType: () => `c:${this.markup.name}`,
        getElement: () => this.root,
        getElements: () => [this.root],
        isRendered: () => this.#isShown,
        isInstanceOf: (name2) => name2 === `c:${this.markup.name}`
      });
    }
    #findable(base) {
      if (base.tag === "lightning:omniToolkitAPI") return strict("omniToolkitAPI", this.#toolkit);
      if (base.tag === "lightning:notificationsLibrary") return this.#notifications;
      return base.facade();
    }
    get #toolkit() {
      return this.#toolkitMade ??= new OmniToolkit(this.bridge, (text) => this.write("warn", text));
    }
    #toolkitMade;
    #notifications = strict("notificationsLibrary", {
      showToast: (given) => {
        this.write("toast", [given.title, given.message].filter(Boolean).join(": "));
        return Promise.resolve();
      },
      showNotice: (given) => {
        this.write("toast", [given.header ?? given.title, given.message].filter(Boolean).join(": "));
        given.closeCallback?.();
        return Promise.resolve();
      }
    });
    #get(name2) {
      if (name2.startsWith("c.")) return this.#action(name2.slice(2));
      if (name2 === "v.body") return [];
      const [root, ...path] = name2.replace(/^v\./, "").split(".");
      if (!name2.startsWith("v.")) throw new Error(`component.get("${name2}"): names begin with \`v.\` or \`c.\``);
      if (root === void 0 || !this.#attributes.has(root)) {
        this.#once(`attribute:${root}`, `component.get("${name2}"): there is no <aura:attribute name="${root ?? ""}">`);
        return void 0;
      }
      return along(this.#attributes.get(root), path);
    }
    #set(name2, given) {
      if (!name2.startsWith("v.")) throw new Error(`component.set("${name2}"): names begin with \`v.\``);
      const [root = "", ...path] = name2.slice(2).split(".");
      if (!this.#attributes.has(root)) {
        this.#once(`attribute:${root}`, `component.set("${name2}"): there is no <aura:attribute name="${root}">`);
        return;
      }
      const before = along(this.#attributes.get(root), path);
      if (path.length === 0) {
        this.#attributes.set(root, given);
      } else {
        const last = path.pop() ?? "";
        let at = this.#attributes.get(root);
        if (at === null || typeof at !== "object") this.#attributes.set(root, at = {});
        for (const step of path) {
          const holder2 = at;
          const next = holder2[step];
          at = next !== null && typeof next === "object" ? next : holder2[step] = {};
        }
        at[last] = given;
      }
      this.#later();
      if (before !== given) {
        const told = { value: given, oldValue: before };
        for (const action of this.#changes.get(root) ?? []) this.#run(action, 0, this.#event("aura:valueChange", told));
      }
    }
    #once(key, message) {
      if (this.#toldOnce.has(key)) return;
      this.#toldOnce.add(key);
      this.report(0, message, "controller");
    }
    /** An Apex action, answered from `apex.json`; or one of the controller. */
    #action(name2) {
      const parameters = {};
      let callback;
      let state = "NEW";
      let result = null;
      let errors = [];
      const isApex = Object.hasOwn(this.markup.apex, name2);
      const action = strict("action", {
        setParams: (given) => Object.assign(parameters, given),
        setParam: (key, given) => parameters[key] = given,
        getParams: () => parameters,
        getParam: (key) => parameters[key],
        setCallback: (scope, given, when) => {
          if (!when || when === "ALL" || when === "SUCCESS") callback = given.bind(scope);
        },
        setStorable: () => void 0,
        setBackground: () => void 0,
        setAbortable: () => void 0,
        getState: () => state,
        getReturnValue: () => result,
        getError: () => errors,
        getName: () => name2,
        run: (component, event, helper) => this.parts.controller[name2]?.call(this.parts.controller, component, event, helper),
        omnicEnqueued: () => {
          if (!isApex) {
            const own = this.parts.controller[name2];
            if (own) own.call(this.parts.controller, this.#component, this.#event(name2, {}), this.parts.helper);
            else this.report(0, `the Apex action \`${name2}\` has no answer in apex.json beside the component`, "controller");
            return;
          }
          const given = this.markup.apex[name2] ?? null;
          const count = this.#apexCalls.get(name2) ?? 0;
          this.#apexCalls.set(name2, count + 1);
          const fields = given !== null && typeof given === "object" && !Array.isArray(given) ? given : void 0;
          const answers = fields?.["answers"];
          const answer = Array.isArray(answers) ? answers[Math.min(count, answers.length - 1)] ?? null : given;
          const told = answer !== null && typeof answer === "object" && !Array.isArray(answer) ? answer : void 0;
          if (told && "error" in told) {
            state = "ERROR";
            errors = [{ message: String(told["error"]) }];
          } else {
            state = "SUCCESS";
            result = told && "returnValue" in told ? told["returnValue"] ?? null : answer;
          }
          callback?.(action);
        }
      });
      return action;
    }
    /** `$A`. */
    global() {
      const util = strict("$A.util", {
        isEmpty: (given) => given === void 0 || given === null || given === "" || (Array.isArray(given) ? given.length === 0 : typeof given === "object" && Object.keys(given).length === 0),
        isUndefined: (given) => given === void 0,
        isUndefinedOrNull: (given) => given === void 0 || given === null,
        isArray: Array.isArray,
        isObject: (given) => given !== null && typeof given === "object" && !Array.isArray(given),
        addClass: (component, name2) => this.#classes(component, (list) => list.add(name2)),
        removeClass: (component, name2) => this.#classes(component, (list) => list.remove(name2)),
        toggleClass: (component, name2) => this.#classes(component, (list) => list.toggle(name2)),
        hasClass: (component, name2) => elementOf(component)?.classList.contains(name2) ?? false
      });
      return strict("$A", {
        enqueueAction: (action) => {
          setTimeout(() => {
            try {
              action.omnicEnqueued();
            } catch (error) {
              this.report(0, error instanceof Error ? error.message : String(error), "controller");
            }
          });
        },
        get: (name2) => this.#globalValue(name2),
        getCallback: (given) => given,
        log: (text) => this.write("log", String(text)),
        warning: (text) => this.write("warn", String(text)),
        reportError: (text) => this.write("error", String(text)),
        util
      });
    }
    #classes(component, change) {
      const element = elementOf(component);
      if (element) change(element.classList);
    }
    #globalValue(name2) {
      if (name2 === "e.force:showToast") {
        let given = {};
        return strict("event", {
          setParams: (parameters) => {
            given = { ...given, ...parameters };
          },
          setParam: (key, parameter) => {
            given[key] = parameter;
          },
          fire: () => this.write("toast", [given["title"], given["message"]].filter(Boolean).join(": "))
        });
      }
      if (name2 === "e.force:refreshView") return strict("event", { fire: () => void 0 });
      if (name2.startsWith("$Label.")) return name2;
      if (name2 === "$SObjectType.CurrentUser.Id") return this.bridge.userId;
      if (name2 === "$Browser.formFactor") return "DESKTOP";
      if (name2 === "$Locale.timezone") return "UTC";
      throw new Error(`$A.get("${name2}") is not supported by omnic serve`);
    }
    #later() {
      if (this.#isPending) return;
      this.#isPending = true;
      queueMicrotask(() => {
        this.#isPending = false;
        this.#show();
      });
    }
    #show() {
      this.#found.clear();
      const active = document.activeElement;
      const made = this.#nodes.flatMap((node, at) => this.#node(node, {}, String(at)));
      this.root.replaceChildren(...made);
      if (active instanceof HTMLElement && active !== document.activeElement && this.root.contains(active)) active.focus();
      this.#isShown = true;
    }
    #value(text, scope, line) {
      const inner = whole(text);
      try {
        if (inner !== void 0) return value(parse(inner), (path) => this.#path(path, scope));
        return parts(text).map((part) => typeof part === "string" ? part : String(value(part, (path) => this.#path(path, scope)) ?? "")).join("");
      } catch (error) {
        this.report(line, error instanceof Error ? error.message : String(error));
        return "";
      }
    }
    #path(path, scope) {
      const [root = "", ...rest] = path;
      if (root in scope) return along(scope[root], rest);
      if (root === "v") {
        const [name2 = "", ...more] = rest;
        if (!this.#attributes.has(name2)) throw new Error(`there is no <aura:attribute name="${name2}">`);
        return along(this.#attributes.get(name2), more);
      }
      if (root === "globalId") return `1:0;${this.markup.name}`;
      if (root === "$Label") return path.join(".");
      if (root === "$Browser") return rest[0] === "formFactor" ? "DESKTOP" : false;
      if (path.join(".") === "$SObjectType.CurrentUser.Id") return this.bridge.userId;
      throw new Error(`\`${path.join(".")}\` is not supported in expressions`);
    }
    #node(node, scope, key) {
      if (!isElement(node)) {
        const text = this.#value(node.text, scope, node.line);
        return [document.createTextNode(String(text ?? ""))];
      }
      const children = (nodes = node.children, more = scope, under = key) => nodes.flatMap((child, at) => isElement(child) && child.tag === "aura:set" ? [] : this.#node(child, more, `${under}.${at}`));
      switch (node.tag) {
        case "aura:if": {
          const test = this.#value(attribute(node, "isTrue") ?? "", scope, node.line);
          if (test && test !== "false") return children();
          const otherwise = node.children.filter(isElement).find((child) => child.tag === "aura:set" && attribute(child, "attribute") === "else");
          return otherwise ? children(otherwise.children, scope, `${key}.else`) : [];
        }
        case "aura:iteration": {
          const items = this.#value(attribute(node, "items") ?? "", scope, node.line);
          const variable = attribute(node, "var") ?? "item";
          const index = attribute(node, "indexVar");
          const list = Array.isArray(items) ? items : [];
          return list.flatMap((item, at) => children(node.children, { ...scope, [variable]: item, ...index ? { [index]: at } : {} }, `${key}[${at}]`));
        }
        case "aura:text":
        case "aura:unescapedHtml":
        case "lightning:formattedText":
        case "lightning:formattedRichText":
        case "ui:outputText":
          return [document.createTextNode(String(this.#value(attribute(node, "value") ?? "", scope, node.line) ?? ""))];
        case "aura:html":
          return children();
      }
      if (node.tag.includes(":")) return this.#base(node, scope, key, children);
      if (!isHtml(node.tag)) {
        this.#onceAt(node.line, `<${node.tag}> is not supported`);
        return [];
      }
      const element = document.createElement(node.tag);
      const base = this.#register(node, scope, key);
      if (base) base.element = element;
      for (const [name2, text] of node.attributes) {
        if (name2 === "aura:id") continue;
        if (/^on/i.test(name2)) this.#listen(element, name2.slice(2).toLowerCase(), text, node.line, base?.facade());
        else if (!setAttribute(element, name2, String(this.#value(text, scope, node.line) ?? ""))) this.#onceAt(node.line, `the attribute \`${name2}\` is not supported`);
      }
      if (node.tag.toLowerCase() === "a" || node.tag.toLowerCase() === "form")
        element.addEventListener(node.tag.toLowerCase() === "a" ? "click" : "submit", (event) => event.preventDefault());
      element.append(...children());
      return [element];
    }
    #onceAt(line, message) {
      const key = `${line}:${message}`;
      if (this.#toldOnce.has(key)) return;
      this.#toldOnce.add(key);
      this.report(line, message);
    }
    #register(node, scope, key) {
      const id = attribute(node, "aura:id");
      if (id === void 0 && !node.tag.includes(":")) return void 0;
      let base = this.#bases.get(key);
      if (!base) this.#bases.set(key, base = new Base(node.tag, id, () => this.#later()));
      for (const [name2, text] of node.attributes) {
        const isBound = whole(text) !== void 0;
        if (/^on/i.test(name2) || name2 === "aura:id") continue;
        if (!base.values.get(`own:${name2}`) || isBound && name2 !== "value" && name2 !== "checked") base.values.set(name2, this.#value(text, scope, node.line));
        else if (isBound) base.values.set(name2, this.#value(text, scope, node.line));
      }
      if (id !== void 0) this.#found.set(id, [...this.#found.get(id) ?? [], base]);
      return base;
    }
    #listen(element, type, action, line, source, parameters = () => ({})) {
      if (whole(action) === void 0) return this.#onceAt(line, `\`${action}\` is not run: a handler names an action, such as {!c.save}`);
      element.addEventListener(type, (event) => this.#run(action, line, this.#event(type, parameters(), source, event)));
    }
    /** A value that somebody types goes back to what it is bound to. */
    #bind(node, name2, given, scope) {
      const path = whole(attribute(node, name2) ?? "")?.trim();
      if (path?.startsWith("v.") && /^v\.[\w.]+$/.test(path)) {
        this.#set(path, given);
        return;
      }
      const [variable = "", last] = path?.split(".") ?? [];
      const holder2 = scope[variable];
      if (last && holder2 !== null && typeof holder2 === "object") holder2[last] = given;
    }
    #base(node, scope, key, children) {
      const base = this.#register(node, scope, key);
      if (!base) return [];
      const text = (name2) => String(base.values.get(name2) ?? "");
      const is = (name2) => base.values.get(name2) === true || base.values.get(name2) === "true";
      const handler = attribute(node, "onclick") ?? attribute(node, "onpress");
      const source = base.facade();
      switch (node.tag) {
        case "lightning:omniToolkitAPI":
        case "lightning:notificationsLibrary":
          return [];
        case "lightning:button":
        case "lightning:buttonIcon":
        case "lightning:buttonStateful":
        case "ui:button": {
          const known = base.element instanceof HTMLButtonElement ? base.element : void 0;
          const button = known ?? document.createElement("button");
          button.type = "button";
          button.textContent = text("label") || text("labelWhenOff") || text("alternativeText") || text("title");
          button.disabled = is("disabled");
          button.className = `button ${text("variant")} ${text("class")}`.trim();
          if (text("title")) button.title = text("title");
          if (handler !== void 0 && !known) this.#listen(button, "click", handler, node.line, source);
          base.element = button;
          return [button];
        }
        case "lightning:input":
        case "lightning:textarea":
        case "ui:inputText": {
          const isArea = node.tag === "lightning:textarea";
          const type = text("type") || "text";
          const isChecked = type === "checkbox" || type === "toggle";
          const known = base.element?.querySelector("input,textarea");
          if (known && base.element) {
            if (isChecked) known.checked = is("checked");
            else if (known.value !== text("value")) known.value = text("value");
            known.disabled = is("disabled");
            return [base.element];
          }
          const input = isArea ? document.createElement("textarea") : document.createElement("input");
          if (input instanceof HTMLInputElement) input.type = isChecked ? "checkbox" : type === "toggle" ? "checkbox" : type;
          if (isChecked) input.checked = is("checked");
          else input.value = text("value");
          input.name = text("name");
          input.disabled = is("disabled");
          input.required = is("required");
          if (text("placeholder")) input.placeholder = text("placeholder");
          input.addEventListener(isChecked ? "change" : "input", () => {
            const given = isChecked ? input.checked : input.value;
            base.values.set(isChecked ? "checked" : "value", given);
            this.#bind(node, isChecked ? "checked" : "value", given, scope);
          });
          const change = attribute(node, "onchange");
          if (change !== void 0) this.#listen(input, isChecked ? "change" : "input", change, node.line, source, () => ({ value: input.value }));
          const label = document.createElement("label");
          label.className = text("variant") === "label-hidden" ? "field label-hidden" : "field";
          const name2 = document.createElement("span");
          name2.textContent = text("label");
          label.append(name2, input);
          base.element = label;
          return [label];
        }
        case "lightning:select":
        case "lightning:combobox": {
          const label = document.createElement("label");
          label.className = "field";
          const name2 = document.createElement("span");
          name2.textContent = text("label");
          const select = document.createElement("select");
          const options = base.values.get("options");
          if (Array.isArray(options))
            for (const option of options) select.append(new Option(option.label ?? option.value ?? "", option.value ?? ""));
          else select.append(...children());
          select.value = text("value");
          select.disabled = is("disabled");
          select.addEventListener("change", () => {
            base.values.set("value", select.value);
            this.#bind(node, "value", select.value, scope);
          });
          const change = attribute(node, "onchange");
          if (change !== void 0) this.#listen(select, "change", change, node.line, source, () => ({ value: select.value }));
          label.append(name2, select);
          base.element = label;
          return [label];
        }
        case "lightning:card": {
          const card = document.createElement("section");
          card.className = "card";
          const title = document.createElement("h2");
          title.textContent = text("title");
          const actions = node.children.filter(isElement).find((child) => child.tag === "aura:set" && attribute(child, "attribute") === "actions");
          card.append(title, ...actions ? actions.children.flatMap((child, at) => this.#node(child, scope, `${key}.actions.${at}`)) : [], ...children());
          base.element = card;
          return [card];
        }
        case "lightning:layout":
        case "lightning:layoutItem":
        case "lightning:buttonGroup": {
          const group = document.createElement("div");
          group.className = `${node.tag.split(":")[1] ?? ""} ${text("class")}`.trim();
          group.append(...children());
          base.element = group;
          return [group];
        }
        case "lightning:badge": {
          const badge = document.createElement("span");
          badge.className = "badge";
          badge.textContent = text("label");
          base.element = badge;
          return [badge];
        }
        case "lightning:icon":
        case "lightning:spinner": {
          const shown2 = document.createElement("span");
          shown2.className = node.tag.split(":")[1] ?? "";
          shown2.textContent = text("alternativeText");
          base.element = shown2;
          return [shown2];
        }
        default:
          this.#onceAt(node.line, `<${node.tag}> is not supported`);
          return [];
      }
    }
  };
  function elementOf(component) {
    if (component instanceof HTMLElement) return component;
    const get = component?.getElement;
    const element = typeof get === "function" ? get.call(component) : void 0;
    return element instanceof HTMLElement ? element : void 0;
  }
  function along(from, path) {
    let at = from;
    for (const step of path) {
      if (at === null || at === void 0) return void 0;
      at = at[step];
    }
    return at;
  }

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
      return this.#ask((id) => ({ omnic: 1, type: "call", id, method, arguments: parameters }));
    }
    tab(method, parameters) {
      return this.#ask((id) => ({ omnic: 1, type: "tab", id, method, arguments: parameters }));
    }
    async #ask(message) {
      if (!await this.console) throw new CallError("This page is not in a console.", "NOT_IN_CONSOLE");
      return new Promise((resolve, reject) => {
        const id = this.#last += 1;
        this.#waiting.set(id, { resolve, reject });
        this.say(message(id));
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

  // src/frame/visualforce.ts
  var IDLE = /* @__PURE__ */ new Set(["sidebar", "showheader", "docType".toLowerCase(), "applyhtmltag", "applybodytag", "standardstylesheets", "title", "id", "language", "cache", "lightningstylesheets", "setup", "tabstyle", "contenttype"]);
  function build(markup, root, handlers2, report2) {
    const make = (node) => {
      if (!("tag" in node)) {
        if (/\{!/.test(node.text)) report2(node.line, `the merge field \`${/\{![^}]*\}?/.exec(node.text)?.[0] ?? ""}\` is not supported`);
        return [document.createTextNode(node.text)];
      }
      const tag = node.tag.toLowerCase();
      const children = () => node.children.flatMap(make);
      if (tag === "apex:page") {
        for (const [name2] of node.attributes) if (!IDLE.has(name2.toLowerCase())) report2(node.line, `the attribute \`${name2}\` of <apex:page> is not supported`);
        return children();
      }
      if (tag === "apex:includescript") {
        const value2 = node.attributes.find(([name2]) => name2.toLowerCase() === "value")?.[1] ?? "";
        if (!/^\/?support\/console\/\d+\.0\/integration\.js$/.test(value2)) report2(node.line, `the script \`${value2}\` is not served: /support/console/57.0/integration.js is`);
        return [];
      }
      if (tag === "script") {
        const src = node.attributes.find(([name2]) => name2.toLowerCase() === "src")?.[1];
        if (src !== void 0) report2(node.line, `the script \`${src}\` is not loaded: use <apex:includeScript> or write it into the page`);
        return [];
      }
      if (tag === "style") {
        const sheet = new CSSStyleSheet();
        const first = node.children[0];
        sheet.replaceSync(first && "text" in first ? first.text : "");
        document.adoptedStyleSheets.push(sheet);
        return [];
      }
      if (tag !== "apex:form" && !isHtml(tag)) {
        report2(node.line, `<${node.tag}> is not supported`);
        return [];
      }
      if (tag === "html" || tag === "body" || tag === "head") return children();
      const element = document.createElement(tag === "apex:form" ? "form" : tag);
      for (const [name2, value2] of node.attributes) {
        if (/^on/i.test(name2)) {
          const type = name2.slice(2).toLowerCase();
          if (type === "load") queueMicrotask(() => setTimeout(() => handlers2[Number(value2)]?.call(element, new Event("load"))));
          else
            element.addEventListener(type, (event) => {
              if (handlers2[Number(value2)]?.call(element, event) === false) event.preventDefault();
            });
        } else {
          if (/\{!/.test(value2)) report2(node.line, `the merge field \`${value2}\` is not supported`);
          if (!setAttribute(element, name2, value2) && !["action", "method", "target"].includes(name2.toLowerCase())) report2(node.line, `the attribute \`${name2}\` is not supported`);
        }
      }
      if (tag === "apex:form" || tag === "form") element.addEventListener("submit", (event) => event.preventDefault());
      if (tag === "a") element.addEventListener("click", (event) => event.preventDefault());
      element.append(...children());
      return [element];
    };
    root.append(...markup.nodes.flatMap(make));
  }

  // src/frame/frame.ts
  var holder = window;
  var bridge = holder.omnicBridge ??= new Bridge();
  var write = (tone, text) => bridge.say({ omnic: 1, type: "line", tone, text });
  function shown(value2) {
    if (typeof value2 === "string") return value2;
    if (value2 instanceof Error) return value2.message;
    try {
      return JSON.stringify(value2) ?? String(value2);
    } catch {
      return String(value2);
    }
  }
  for (const tone of ["log", "warn", "error"]) {
    const before = console[tone].bind(console);
    console[tone] = (...all) => {
      before(...all);
      write(tone, all.map(shown).join(" "));
    };
  }
  console.info = console.log;
  console.debug = console.log;
  window.alert = (text) => write("alert", shown(text));
  window.confirm = (text) => {
    write("alert", `${text ?? ""} (answered with OK)`);
    return true;
  };
  var name = "";
  var kind = "cmp";
  function fileOf(address) {
    const part = address.split("/").pop() ?? "";
    const files = { "controller.js": `${name}Controller.js`, "helper.js": `${name}Helper.js`, "renderer.js": `${name}Renderer.js` };
    return files[part] ?? (kind === "page" ? `${name}.page` : part);
  }
  var report = (line, message, file) => bridge.say({ omnic: 1, type: "problem", line, message, file: file === "controller" ? `${name}Controller.js` : file ?? `${name}.${kind}` });
  var early = [];
  window.addEventListener("error", (event) => {
    const problem = { line: event.lineno, message: event.message || "a script cannot be loaded", address: event.filename };
    if (name === "") early.push(problem);
    else report(problem.line, problem.message, fileOf(problem.address));
  });
  window.addEventListener("unhandledrejection", (event) => {
    report(0, `a promise was rejected, and nothing catches that: ${shown(event.reason)}`, "controller");
  });
  var parts2 = { controller: {}, helper: {} };
  var hasRenderer = false;
  var handlers = [];
  holder.omnicFrame = {
    define(what, value2) {
      if (what === "renderer") hasRenderer = true;
      else if (value2 === null || typeof value2 !== "object") early.push({ line: 1, message: "the file must hold an object in parentheses", address: `${what}.js` });
      else if (what === "controller") parts2.controller = value2;
      else parts2.helper = value2;
    },
    handler(handler) {
      handlers.push(handler);
    },
    markup(markup) {
      name = markup.name;
      kind = markup.kind;
      document.title = name;
      const root = document.getElementById("omnic-root");
      if (!root) return;
      for (const problem of markup.problems) report(problem.line, problem.message, problem.message.startsWith("apex.json") ? "apex.json" : void 0);
      for (const problem of early) report(problem.line, problem.message, fileOf(problem.address));
      if (hasRenderer) report(0, "renderers are not supported", `${name}Renderer.js`);
      const size = new ResizeObserver(() => bridge.say({ omnic: 1, type: "height", height: document.documentElement.scrollHeight }));
      size.observe(document.body);
      if (markup.kind === "page") {
        build(markup, root, handlers, report);
        window.addEventListener("load", () => void bridge.console.then(() => bridge.say({ omnic: 1, type: "ready" })));
        return;
      }
      const aura = new Aura(markup, parts2, bridge, root, report, write);
      holder.$A = aura.global();
      void bridge.console.then(() => {
        aura.start();
        bridge.say({ omnic: 1, type: "ready" });
      });
    }
  };
})();
