// The part of Aura that components of a console use, so that they run as they are written: attributes, handlers, `aura:if`,
// `aura:iteration`, a few base components, the toolkit of Omni-Channel, Apex actions that are answered from a file.
import type { Bridge } from "./bridge.ts";
import type { Fields, Json } from "../common/api.ts";
import type { Markup, MarkupNode, Report, Write } from "./contract.ts";
import { isHtml, setAttribute } from "./elements.ts";
import { parse, parts, value as evaluated, type Expression } from "./expression.ts";
import { OmniToolkit, eventName, shapedParameters } from "./lightning.ts";

type Values = Map<string, unknown>;
type Scope = { [variable: string]: unknown };
type Element = Extract<MarkupNode, { tag: string }>;
type Action = (component: unknown, event: unknown, helper: unknown) => unknown;
type Parts = { controller: { [name: string]: Action }; helper: object };

const isElement = (node: MarkupNode): node is Element => "tag" in node;
const attribute = (node: Element, name: string): string | undefined => node.attributes.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
const whole = (text: string): string | undefined => /^\s*\{[!#]([^}]*)\}\s*$/.exec(text)?.[1];

/** A name that is not there: it says so, rather than nothing. */
function strict<T extends object>(what: string, object: T): T {
  return new Proxy(object, {
    get(target, name, receiver) {
      if (typeof name === "symbol" || name in target || name === "then" || name === "toJSON") return Reflect.get(target, name, receiver) as unknown;
      throw new Error(`${what}.${name} is not supported by omnic serve`);
    },
  });
}

/** A base component in the markup, as a controller finds it. */
class Base {
  readonly values: Values = new Map();
  element: HTMLElement | undefined;
  constructor(
    readonly tag: string,
    readonly id: string | undefined,
    readonly changed: () => void,
  ) {}

  facade(): object {
    return strict(this.tag, {
      get: (name: string) => this.values.get(name.replace(/^v\./, "")),
      set: (name: string, value: unknown) => {
        this.values.set(name.replace(/^v\./, ""), value);
        this.values.set(`own:${name.replace(/^v\./, "")}`, true);
        this.changed();
      },
      getLocalId: () => this.id,
      getElement: () => this.element ?? null,
      getElements: () => (this.element ? [this.element] : []),
      isValid: () => true,
      getName: () => this.tag,
      focus: () => this.element?.querySelector<HTMLElement>("input,button,select,textarea")?.focus(),
      checkValidity: () => this.element?.querySelector<HTMLInputElement>("input,select,textarea")?.checkValidity() ?? true,
      showHelpMessageIfInvalid: () => this.element?.querySelector<HTMLInputElement>("input,select,textarea")?.reportValidity(),
      reportValidity: () => this.element?.querySelector<HTMLInputElement>("input,select,textarea")?.reportValidity() ?? true,
    });
  }
}

const TYPES: { [type: string]: (text: string) => unknown } = {
  boolean: (text) => text === "true",
  integer: Number,
  long: Number,
  decimal: Number,
  double: Number,
  list: (text) => (text === "" ? [] : listed(text)),
  object: (text) => (text === "" ? null : listed(text)),
  map: (text) => (text === "" ? {} : listed(text)),
};

function listed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Components of one frame: it holds one. */
export class Aura {
  readonly #attributes: Values = new Map();
  readonly #found = new Map<string, Base[]>();
  readonly #bases = new Map<string, Base>();
  readonly #events = new Map<string, string[]>();
  readonly #changes = new Map<string, string[]>();
  readonly #component: object;
  readonly #apexCalls = new Map<string, number>();
  readonly #toldOnce = new Set<string>();
  #nodes: MarkupNode[] = [];
  #isPending = false;
  #isShown = false;

  constructor(
    readonly markup: Markup,
    readonly parts: Parts,
    readonly bridge: Bridge,
    readonly root: HTMLElement,
    readonly report: Report,
    readonly write: Write,
  ) {
    this.#component = this.#facade();
  }

  /** Begins: reads the top of the markup, shows it, runs init, and hears of events. */
  start(): void {
    const top = this.markup.nodes.find(isElement);
    if (!top || top.tag.toLowerCase() !== "aura:component") {
      this.report(top?.line ?? 1, "a component begins with <aura:component>");
      return;
    }
    let init: string | undefined;
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
    if (init !== undefined) this.#run(init, top.line, this.#event("aura:valueInit", {}));
    this.bridge.hear((said) => {
      if (said.type !== "event") return;
      const name = eventName(said.event);
      for (const action of this.#events.get(name) ?? []) this.#run(action, 0, this.#event(name, shapedParameters(said.parameters)));
    });
  }

  #declare(node: Element): void {
    const name = attribute(node, "name");
    if (!name) return this.report(node.line, "<aura:attribute> has no `name`");
    const type = attribute(node, "type") ?? "String";
    const given = attribute(node, "default");
    const read = /\[\]$/.test(type) ? TYPES["list"] : TYPES[type.toLowerCase()];
    if (given === undefined) this.#attributes.set(name, type.toLowerCase() === "boolean" ? false : undefined);
    else if (whole(given) !== undefined) this.#attributes.set(name, this.#value(given, {}, node.line));
    else this.#attributes.set(name, read ? read(given) : given);
  }

  /** A handler; the action of init. */
  #handler(node: Element): string | undefined {
    const action = attribute(node, "action");
    const event = attribute(node, "event");
    const name = attribute(node, "name");
    if (action === undefined) {
      this.report(node.line, "<aura:handler> has no `action`");
    } else if (event !== undefined) {
      if (!event.startsWith("lightning:omniChannel")) this.report(node.line, `the event ${event} is never fired here`);
      this.#events.set(event, [...(this.#events.get(event) ?? []), action]);
    } else if (name === "init") {
      return action;
    } else if (name === "change") {
      const of = whole(attribute(node, "value") ?? "")?.trim().replace(/^v\./, "") ?? "";
      this.#changes.set(of, [...(this.#changes.get(of) ?? []), action]);
    } else {
      this.report(node.line, `<aura:handler name="${name ?? ""}"> is not supported`);
    }
    return undefined;
  }

  #run(action: string, line: number, event: unknown): void {
    const name = whole(action)?.trim().replace(/^c\./, "") ?? "";
    const found = this.parts.controller[name];
    if (typeof found !== "function") {
      this.report(line, `the controller has no action \`${name || action}\``);
      return;
    }
    try {
      found.call(this.parts.controller, this.#component, event, this.parts.helper);
    } catch (error) {
      this.report(0, `${name}: ${error instanceof Error ? error.message : String(error)}`, "controller");
    }
  }

  #event(name: string, parameters: Fields, source?: object, dom?: Event): object {
    const target = dom?.target ?? null;
    return strict("event", {
      getParam: (key: string) => parameters[key],
      getParams: () => parameters,
      getName: () => name,
      getType: () => name,
      getSource: () => source ?? this.#component,
      getEventType: () => (name.startsWith("lightning:omni") ? "APPLICATION" : "COMPONENT"),
      stopPropagation: () => dom?.stopPropagation(),
      preventDefault: () => dom?.preventDefault(),
      target,
      currentTarget: dom?.currentTarget ?? null,
      keyCode: (dom as KeyboardEvent | undefined)?.keyCode,
      key: (dom as KeyboardEvent | undefined)?.key,
      which: (dom as KeyboardEvent | undefined)?.keyCode,
      type: dom?.type ?? name,
    });
  }

  #facade(): object {
    return strict("component", {
      get: (name: string) => this.#get(name),
      set: (name: string, given: unknown) => this.#set(name, given),
      find: (id: string) => {
        const found = (this.#found.get(id) ?? []).map((base) => this.#findable(base));
        return found.length > 1 ? found : found[0];
      },
      isValid: () => true,
      getName: () => this.markup.name,
      getLocalId: () => undefined,
      getGlobalId: () => `1:0;${this.markup.name}`,
      getType: () => `c:${this.markup.name}`,
      getElement: () => this.root,
      getElements: () => [this.root],
      isRendered: () => this.#isShown,
      isInstanceOf: (name: string) => name === `c:${this.markup.name}`,
    });
  }

  #findable(base: Base): object {
    if (base.tag === "lightning:omniToolkitAPI") return strict("omniToolkitAPI", this.#toolkit);
    if (base.tag === "lightning:notificationsLibrary") return this.#notifications;
    return base.facade();
  }

  get #toolkit(): OmniToolkit {
    return (this.#toolkitMade ??= new OmniToolkit(this.bridge, (text) => this.write("warn", text)));
  }
  #toolkitMade: OmniToolkit | undefined;

  readonly #notifications = strict("notificationsLibrary", {
    showToast: (given: { title?: string; message?: string }) => {
      this.write("toast", [given.title, given.message].filter(Boolean).join(": "));
      return Promise.resolve();
    },
    showNotice: (given: { header?: string; title?: string; message?: string; closeCallback?: () => void }) => {
      this.write("toast", [given.header ?? given.title, given.message].filter(Boolean).join(": "));
      given.closeCallback?.();
      return Promise.resolve();
    },
  });

  #get(name: string): unknown {
    if (name.startsWith("c.")) return this.#action(name.slice(2));
    if (name === "v.body") return [];
    const [root, ...path] = name.replace(/^v\./, "").split(".");
    if (!name.startsWith("v.")) throw new Error(`component.get("${name}"): names begin with \`v.\` or \`c.\``);
    if (root === undefined || !this.#attributes.has(root)) {
      this.#once(`attribute:${root}`, `component.get("${name}"): there is no <aura:attribute name="${root ?? ""}">`);
      return undefined;
    }
    return along(this.#attributes.get(root), path);
  }

  #set(name: string, given: unknown): void {
    if (!name.startsWith("v.")) throw new Error(`component.set("${name}"): names begin with \`v.\``);
    const [root = "", ...path] = name.slice(2).split(".");
    if (!this.#attributes.has(root)) {
      this.#once(`attribute:${root}`, `component.set("${name}"): there is no <aura:attribute name="${root}">`);
      return;
    }
    const before = along(this.#attributes.get(root), path);
    if (path.length === 0) {
      this.#attributes.set(root, given);
    } else {
      const last = path.pop() ?? "";
      let at = this.#attributes.get(root);
      if (at === null || typeof at !== "object") this.#attributes.set(root, (at = {}));
      for (const step of path) {
        const holder = at as { [name: string]: unknown };
        const next = holder[step];
        at = next !== null && typeof next === "object" ? next : (holder[step] = {});
      }
      (at as { [name: string]: unknown })[last] = given;
    }
    this.#later();
    if (before !== given) {
      const told = { value: given as Json, oldValue: before as Json };
      for (const action of this.#changes.get(root) ?? []) this.#run(action, 0, this.#event("aura:valueChange", told));
    }
  }

  #once(key: string, message: string): void {
    if (this.#toldOnce.has(key)) return;
    this.#toldOnce.add(key);
    this.report(0, message, "controller");
  }

  /** An Apex action, answered from `apex.json`; or one of the controller. */
  #action(name: string): object {
    const parameters: Fields = {};
    let callback: ((action: object) => void) | undefined;
    let state = "NEW";
    let result: Json = null;
    let errors: { message: string }[] = [];
    const isApex = Object.hasOwn(this.markup.apex, name);
    const action: object = strict("action", {
      setParams: (given: Fields) => Object.assign(parameters, given),
      setParam: (key: string, given: Json) => (parameters[key] = given),
      getParams: () => parameters,
      getParam: (key: string) => parameters[key],
      setCallback: (scope: object, given: (action: object) => void, when?: string) => {
        if (!when || when === "ALL" || when === "SUCCESS") callback = given.bind(scope);
      },
      setStorable: () => undefined,
      setBackground: () => undefined,
      setAbortable: () => undefined,
      getState: () => state,
      getReturnValue: () => result,
      getError: () => errors,
      getName: () => name,
      run: (component: unknown, event: unknown, helper: unknown) => this.parts.controller[name]?.call(this.parts.controller, component, event, helper),
      omnicEnqueued: () => {
        if (!isApex) {
          const own = this.parts.controller[name];
          if (own) own.call(this.parts.controller, this.#component, this.#event(name, {}), this.parts.helper);
          else this.report(0, `the Apex action \`${name}\` has no answer in apex.json beside the component`, "controller");
          return;
        }
        const given = this.markup.apex[name] ?? null;
        const count = this.#apexCalls.get(name) ?? 0;
        this.#apexCalls.set(name, count + 1);
        // A list under `answers` has one answer for each call, the last for all further ones.
        const fields = given !== null && typeof given === "object" && !Array.isArray(given) ? given : undefined;
        const answers = fields?.["answers"];
        const answer = Array.isArray(answers) ? (answers[Math.min(count, answers.length - 1)] ?? null) : given;
        const told = answer !== null && typeof answer === "object" && !Array.isArray(answer) ? answer : undefined;
        if (told && "error" in told) {
          state = "ERROR";
          errors = [{ message: String(told["error"]) }];
        } else {
          state = "SUCCESS";
          result = told && "returnValue" in told ? (told["returnValue"] ?? null) : answer;
        }
        callback?.(action);
      },
    });
    return action;
  }

  /** `$A`. */
  global(): object {
    const util = strict("$A.util", {
      isEmpty: (given: unknown) =>
        given === undefined || given === null || given === "" || (Array.isArray(given) ? given.length === 0 : typeof given === "object" && Object.keys(given).length === 0),
      isUndefined: (given: unknown) => given === undefined,
      isUndefinedOrNull: (given: unknown) => given === undefined || given === null,
      isArray: Array.isArray,
      isObject: (given: unknown) => given !== null && typeof given === "object" && !Array.isArray(given),
      addClass: (component: unknown, name: string) => this.#classes(component, (list) => list.add(name)),
      removeClass: (component: unknown, name: string) => this.#classes(component, (list) => list.remove(name)),
      toggleClass: (component: unknown, name: string) => this.#classes(component, (list) => list.toggle(name)),
      hasClass: (component: unknown, name: string) => elementOf(component)?.classList.contains(name) ?? false,
    });
    return strict("$A", {
      enqueueAction: (action: { omnicEnqueued(): void }) => {
        // As in an org, the answer comes after what runs now.
        setTimeout(() => {
          try {
            action.omnicEnqueued();
          } catch (error) {
            this.report(0, error instanceof Error ? error.message : String(error), "controller");
          }
        });
      },
      get: (name: string) => this.#globalValue(name),
      getCallback: <T>(given: T): T => given,
      log: (text: unknown) => this.write("log", String(text)),
      warning: (text: unknown) => this.write("warn", String(text)),
      reportError: (text: unknown) => this.write("error", String(text)),
      util,
    });
  }

  #classes(component: unknown, change: (list: DOMTokenList) => void): void {
    const element = elementOf(component);
    if (element) change(element.classList);
  }

  #globalValue(name: string): unknown {
    if (name === "e.force:showToast") {
      let given: Fields = {};
      return strict("event", {
        setParams: (parameters: Fields) => {
          given = { ...given, ...parameters };
        },
        setParam: (key: string, parameter: Json) => {
          given[key] = parameter;
        },
        fire: () => this.write("toast", [given["title"], given["message"]].filter(Boolean).join(": ")),
      });
    }
    if (name === "e.force:refreshView") return strict("event", { fire: () => undefined });
    if (name.startsWith("$Label.")) return name;
    if (name === "$SObjectType.CurrentUser.Id") return this.bridge.userId;
    if (name === "$Browser.formFactor") return "DESKTOP";
    if (name === "$Locale.timezone") return "UTC";
    throw new Error(`$A.get("${name}") is not supported by omnic serve`);
  }

  #later(): void {
    if (this.#isPending) return;
    this.#isPending = true;
    queueMicrotask(() => {
      this.#isPending = false;
      this.#show();
    });
  }

  #show(): void {
    this.#found.clear();
    const active = document.activeElement;
    const made = this.#nodes.flatMap((node, at) => this.#node(node, {}, String(at)));
    this.root.replaceChildren(...made);
    if (active instanceof HTMLElement && active !== document.activeElement && this.root.contains(active)) active.focus();
    this.#isShown = true;
  }

  #value(text: string, scope: Scope, line: number): unknown {
    const inner = whole(text);
    try {
      if (inner !== undefined) return evaluated(parse(inner), (path) => this.#path(path, scope));
      return parts(text)
        .map((part: string | Expression) => (typeof part === "string" ? part : String(evaluated(part, (path) => this.#path(path, scope)) ?? "")))
        .join("");
    } catch (error) {
      this.report(line, error instanceof Error ? error.message : String(error));
      return "";
    }
  }

  #path(path: string[], scope: Scope): unknown {
    const [root = "", ...rest] = path;
    if (root in scope) return along(scope[root], rest);
    if (root === "v") {
      const [name = "", ...more] = rest;
      if (!this.#attributes.has(name)) throw new Error(`there is no <aura:attribute name="${name}">`);
      return along(this.#attributes.get(name), more);
    }
    if (root === "globalId") return `1:0;${this.markup.name}`;
    if (root === "$Label") return path.join(".");
    if (root === "$Browser") return rest[0] === "formFactor" ? "DESKTOP" : false;
    if (path.join(".") === "$SObjectType.CurrentUser.Id") return this.bridge.userId;
    throw new Error(`\`${path.join(".")}\` is not supported in expressions`);
  }

  #node(node: MarkupNode, scope: Scope, key: string): Node[] {
    if (!isElement(node)) {
      const text = this.#value(node.text, scope, node.line);
      return [document.createTextNode(String(text ?? ""))];
    }
    const children = (nodes: MarkupNode[] = node.children, more: Scope = scope, under = key): Node[] =>
      nodes.flatMap((child, at) => (isElement(child) && child.tag === "aura:set" ? [] : this.#node(child, more, `${under}.${at}`)));
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
        const list = Array.isArray(items) ? (items as unknown[]) : [];
        return list.flatMap((item, at) => children(node.children, { ...scope, [variable]: item, ...(index ? { [index]: at } : {}) }, `${key}[${at}]`));
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
    for (const [name, text] of node.attributes) {
      if (name === "aura:id") continue;
      if (/^on/i.test(name)) this.#listen(element, name.slice(2).toLowerCase(), text, node.line, base?.facade());
      else if (!setAttribute(element, name, String(this.#value(text, scope, node.line) ?? ""))) this.#onceAt(node.line, `the attribute \`${name}\` is not supported`);
    }
    if (node.tag.toLowerCase() === "a" || node.tag.toLowerCase() === "form")
      element.addEventListener(node.tag.toLowerCase() === "a" ? "click" : "submit", (event) => event.preventDefault());
    element.append(...children());
    return [element];
  }

  #onceAt(line: number, message: string): void {
    const key = `${line}:${message}`;
    if (this.#toldOnce.has(key)) return;
    this.#toldOnce.add(key);
    this.report(line, message);
  }

  #register(node: Element, scope: Scope, key: string): Base | undefined {
    const id = attribute(node, "aura:id");
    if (id === undefined && !node.tag.includes(":")) return undefined;
    let base = this.#bases.get(key);
    if (!base) this.#bases.set(key, (base = new Base(node.tag, id, () => this.#later())));
    for (const [name, text] of node.attributes) {
      // What a controller has set stays, unless it is bound.
      const isBound = whole(text) !== undefined;
      if (/^on/i.test(name) || name === "aura:id") continue;
      if (!base.values.get(`own:${name}`) || (isBound && name !== "value" && name !== "checked")) base.values.set(name, this.#value(text, scope, node.line));
      else if (isBound) base.values.set(name, this.#value(text, scope, node.line));
    }
    if (id !== undefined) this.#found.set(id, [...(this.#found.get(id) ?? []), base]);
    return base;
  }

  #listen(element: HTMLElement, type: string, action: string, line: number, source: object | undefined, parameters: () => Fields = () => ({})): void {
    if (whole(action) === undefined) return this.#onceAt(line, `\`${action}\` is not run: a handler names an action, such as {!c.save}`);
    element.addEventListener(type, (event) => this.#run(action, line, this.#event(type, parameters(), source, event)));
  }

  /** A value that somebody types goes back to what it is bound to. */
  #bind(node: Element, name: string, given: unknown, scope: Scope): void {
    const path = whole(attribute(node, name) ?? "")?.trim();
    if (path?.startsWith("v.") && /^v\.[\w.]+$/.test(path)) {
      this.#set(path, given);
      return;
    }
    const [variable = "", last] = path?.split(".") ?? [];
    const holder = scope[variable];
    if (last && holder !== null && typeof holder === "object") (holder as { [name: string]: unknown })[last] = given;
  }

  #base(node: Element, scope: Scope, key: string, children: () => Node[]): Node[] {
    const base = this.#register(node, scope, key);
    if (!base) return [];
    const text = (name: string): string => String(base.values.get(name) ?? "");
    const is = (name: string): boolean => base.values.get(name) === true || base.values.get(name) === "true";
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
        const known = base.element instanceof HTMLButtonElement ? base.element : undefined;
        const button = known ?? document.createElement("button");
        button.type = "button";
        button.textContent = text("label") || text("labelWhenOff") || text("alternativeText") || text("title");
        button.disabled = is("disabled");
        button.className = `button ${text("variant")} ${text("class")}`.trim();
        if (text("title")) button.title = text("title");
        if (handler !== undefined && !known) this.#listen(button, "click", handler, node.line, source);
        base.element = button;
        return [button];
      }
      case "lightning:input":
      case "lightning:textarea":
      case "ui:inputText": {
        const isArea = node.tag === "lightning:textarea";
        const type = text("type") || "text";
        const isChecked = type === "checkbox" || type === "toggle";
        const known = base.element?.querySelector<HTMLInputElement | HTMLTextAreaElement>("input,textarea");
        if (known && base.element) {
          if (isChecked) (known as HTMLInputElement).checked = is("checked");
          else if (known.value !== text("value")) known.value = text("value");
          known.disabled = is("disabled");
          return [base.element];
        }
        const input = isArea ? document.createElement("textarea") : document.createElement("input");
        if (input instanceof HTMLInputElement) input.type = isChecked ? "checkbox" : type === "toggle" ? "checkbox" : type;
        if (isChecked) (input as HTMLInputElement).checked = is("checked");
        else input.value = text("value");
        input.name = text("name");
        input.disabled = is("disabled");
        input.required = is("required");
        if (text("placeholder")) input.placeholder = text("placeholder");
        input.addEventListener(isChecked ? "change" : "input", () => {
          const given = isChecked ? (input as HTMLInputElement).checked : input.value;
          base.values.set(isChecked ? "checked" : "value", given);
          this.#bind(node, isChecked ? "checked" : "value", given, scope);
        });
        const change = attribute(node, "onchange");
        if (change !== undefined) this.#listen(input, isChecked ? "change" : "input", change, node.line, source, () => ({ value: input.value }));
        const label = document.createElement("label");
        label.className = text("variant") === "label-hidden" ? "field label-hidden" : "field";
        const name = document.createElement("span");
        name.textContent = text("label");
        label.append(name, input);
        base.element = label;
        return [label];
      }
      case "lightning:select":
      case "lightning:combobox": {
        const label = document.createElement("label");
        label.className = "field";
        const name = document.createElement("span");
        name.textContent = text("label");
        const select = document.createElement("select");
        const options = base.values.get("options");
        if (Array.isArray(options))
          for (const option of options as { label?: string; value?: string }[]) select.append(new Option(option.label ?? option.value ?? "", option.value ?? ""));
        else select.append(...children());
        select.value = text("value");
        select.disabled = is("disabled");
        select.addEventListener("change", () => {
          base.values.set("value", select.value);
          this.#bind(node, "value", select.value, scope);
        });
        const change = attribute(node, "onchange");
        if (change !== undefined) this.#listen(select, "change", change, node.line, source, () => ({ value: select.value }));
        label.append(name, select);
        base.element = label;
        return [label];
      }
      case "lightning:card": {
        const card = document.createElement("section");
        card.className = "card";
        const title = document.createElement("h2");
        title.textContent = text("title");
        const actions = node.children.filter(isElement).find((child) => child.tag === "aura:set" && attribute(child, "attribute") === "actions");
        card.append(title, ...(actions ? actions.children.flatMap((child, at) => this.#node(child, scope, `${key}.actions.${at}`)) : []), ...children());
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
        const shown = document.createElement("span");
        shown.className = node.tag.split(":")[1] ?? "";
        shown.textContent = text("alternativeText");
        base.element = shown;
        return [shown];
      }
      default:
        this.#onceAt(node.line, `<${node.tag}> is not supported`);
        return [];
    }
  }
}

function elementOf(component: unknown): HTMLElement | undefined {
  if (component instanceof HTMLElement) return component;
  const get = (component as { getElement?: () => unknown } | null | undefined)?.getElement;
  const element = typeof get === "function" ? get.call(component) : undefined;
  return element instanceof HTMLElement ? element : undefined;
}

function along(from: unknown, path: string[]): unknown {
  let at = from;
  for (const step of path) {
    if (at === null || at === undefined) return undefined;
    at = (at as { [name: string]: unknown })[step];
  }
  return at;
}
