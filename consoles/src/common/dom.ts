// Elements, made without markup: whatever a name holds, it is text.

export type Child = Node | string | number | null | undefined | false | Child[];

type Attributes = { [name: string]: string | number | boolean | null | undefined | ((event: Event) => void) };

function append(parent: Node, child: Child): void {
  if (Array.isArray(child)) for (const each of child) append(parent, each);
  else if (child instanceof Node) parent.appendChild(child);
  else if (child !== null && child !== undefined && child !== false) parent.appendChild(document.createTextNode(String(child)));
}

/** An element. `on…` are listeners, `key` keeps the focus when it is made anew. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "key") element.dataset["key"] = String(value);
    else if (name === "value" && "value" in element) (element as { value: unknown }).value = String(value ?? "");
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  append(element, children);
  return element;
}

/** Puts new elements in the place of what an element holds. The focus stays where it was, by its key; so do lists' places. */
export function show(into: Element, ...children: Child[]): void {
  const active = document.activeElement;
  const key = active instanceof HTMLElement && into.contains(active) ? active.dataset["key"] : undefined;
  const typed = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? active.value : undefined;
  const scroll = into.scrollTop;
  into.replaceChildren();
  append(into, children);
  into.scrollTop = scroll;
  if (key === undefined) return;
  const next = [...into.querySelectorAll<HTMLElement>("[data-key]")].find((element) => element.dataset["key"] === key);
  if (next) {
    if (typed !== undefined && (next instanceof HTMLInputElement || next instanceof HTMLTextAreaElement)) next.value = typed;
    next.focus({ preventScroll: true });
  }
}

/** Shows something only when it has changed. */
export function changing(into: Element): (value: unknown, make: () => Child) => void {
  let last: string | undefined;
  return (value, make) => {
    const now = JSON.stringify(value);
    if (now === last) return;
    last = now;
    show(into, make());
  };
}

/** A length of time, such as `1:05`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${Math.floor((whole % 3600) / 60)}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest.padStart(5, "0")}` : rest;
}

/** The time of a day, in UTC, as the org has it. */
export function clock(at: string): string {
  return new Date(at).toISOString().slice(11, 19);
}
