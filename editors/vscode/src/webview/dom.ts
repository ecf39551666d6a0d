// Elements with text in them, never with markup.

import { codeParts } from "../core/code";
import type { FromView, Kept } from "../core/viewProtocol";

interface Host {
    postMessage(message: FromView): void;
    getState(): unknown;
    setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();

export function send(message: FromView): void {
    host.postMessage(message);
}

/** What the view itself keeps over hide and show, beside what the extension keeps. */
export function load<T extends object>(defaults: T): T {
    const state = host.getState();
    return { ...defaults, ...(typeof state === "object" ? (state as Partial<T> | null) : {}) };
}

/** `kept` lies at the top, where the extension reads it after a restart of the editor. */
export function store(own: object, kept: Kept): void {
    host.setState({ ...own, ...kept });
}

type Attributes = Record<string, string | number | boolean>;
type Child = Node | string;

export function html<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes: Attributes = {},
    ...children: Child[]
): HTMLElementTagNameMap[K] {
    return fill(document.createElement(tag), attributes, children);
}

export function svg<K extends keyof SVGElementTagNameMap>(
    tag: K,
    attributes: Attributes = {},
    ...children: Child[]
): SVGElementTagNameMap[K] {
    return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
    for (const [name, value] of Object.entries(attributes)) {
        if (value !== false) {
            element.setAttribute(name, value === true ? "" : String(value));
        }
    }
    element.append(...children);
    return element;
}

/** A button that is on or off. */
export function toggle(text: string, hint: string, run: (on: boolean) => void): (on: boolean) => HTMLButtonElement {
    const button = html("button", { type: "button", title: hint, "aria-pressed": "false" }, text);
    button.addEventListener("click", () => {
        run(button.getAttribute("aria-pressed") !== "true");
    });
    return (on) => {
        button.setAttribute("aria-pressed", String(on));
        return button;
    };
}

/** A sentence of the server, with its code set apart. */
export function inline(sentence: string): Child[] {
    return codeParts(sentence).map(({ text, code }) => (code ? html("code", {}, text) : text));
}

export function view(): HTMLElement {
    return document.getElementById("view") ?? document.body;
}
