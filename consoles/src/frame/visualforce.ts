// The part of Visualforce that pages of a console use: the page, included scripts, a form, and plain HTML.
import type { Markup, MarkupNode, Report } from "./contract.ts";
import { isHtml, setAttribute } from "./elements.ts";

export type Handler = (this: HTMLElement, event: Event) => unknown;

/** Attributes of apex:page that change nothing here. */
const IDLE = new Set(["sidebar", "showheader", "docType".toLowerCase(), "applyhtmltag", "applybodytag", "standardstylesheets", "title", "id", "language", "cache", "lightningstylesheets", "setup", "tabstyle", "contenttype"]);

export function build(markup: Markup, root: HTMLElement, handlers: Handler[], report: Report): void {
  const make = (node: MarkupNode): Node[] => {
    if (!("tag" in node)) {
      if (/\{!/.test(node.text)) report(node.line, `the merge field \`${/\{![^}]*\}?/.exec(node.text)?.[0] ?? ""}\` is not supported`);
      return [document.createTextNode(node.text)];
    }
    const tag = node.tag.toLowerCase();
    const children = (): Node[] => node.children.flatMap(make);
    if (tag === "apex:page") {
      for (const [name] of node.attributes) if (!IDLE.has(name.toLowerCase())) report(node.line, `the attribute \`${name}\` of <apex:page> is not supported`);
      return children();
    }
    if (tag === "apex:includescript") {
      const value = node.attributes.find(([name]) => name.toLowerCase() === "value")?.[1] ?? "";
      if (!/^\/?support\/console\/\d+\.0\/integration\.js$/.test(value)) report(node.line, `the script \`${value}\` is not served: /support/console/57.0/integration.js is`);
      return [];
    }
    if (tag === "script") {
      const src = node.attributes.find(([name]) => name.toLowerCase() === "src")?.[1];
      if (src !== undefined) report(node.line, `the script \`${src}\` is not loaded: use <apex:includeScript> or write it into the page`);
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
      report(node.line, `<${node.tag}> is not supported`);
      return [];
    }
    if (tag === "html" || tag === "body" || tag === "head") return children();
    const element = document.createElement(tag === "apex:form" ? "form" : tag);
    for (const [name, value] of node.attributes) {
      if (/^on/i.test(name)) {
        const type = name.slice(2).toLowerCase();
        if (type === "load") queueMicrotask(() => setTimeout(() => handlers[Number(value)]?.call(element, new Event("load"))));
        else
          element.addEventListener(type, (event) => {
            if (handlers[Number(value)]?.call(element, event) === false) event.preventDefault();
          });
      } else {
        if (/\{!/.test(value)) report(node.line, `the merge field \`${value}\` is not supported`);
        if (!setAttribute(element, name, value) && !["action", "method", "target"].includes(name.toLowerCase())) report(node.line, `the attribute \`${name}\` is not supported`);
      }
    }
    // Nothing leads out of the frame.
    if (tag === "apex:form" || tag === "form") element.addEventListener("submit", (event) => event.preventDefault());
    if (tag === "a") element.addEventListener("click", (event) => event.preventDefault());
    element.append(...children());
    return [element];
  };
  root.append(...markup.nodes.flatMap(make));
}
