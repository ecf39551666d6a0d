// One table of the plan.

import type { Found } from "../core/plan/search";
import type { Origin } from "../core/protocol";
import { html } from "./dom";

export interface Options {
    open: boolean;
    closed(closed: boolean): void;
    choose(origin: Origin): void;
}

export function drawTable({ table, rows }: Found, options: Options): HTMLElement {
    const body = html("tbody");
    for (const { row, index } of rows) {
        const { origin } = row;
        const [first = "", ...others] = row.cells;
        const choose = (): void => {
            if (origin !== undefined) {
                options.choose(origin);
            }
        };
        const name = origin === undefined ? html("span", {}, first) : html("button", { type: "button" }, first);
        name.title = origin === undefined ? "" : `${origin.file}:${origin.line}`;
        const element = html(
            "tr",
            { "data-row": `${table.id}/${index}`, class: origin === undefined ? "" : "links" },
            html("th", { scope: "row" }, name),
            ...others.map((cell) => html("td", {}, cell)),
        );
        // The button is for the keyboard; the whole row is for the mouse, unless text is selected in it.
        element.addEventListener("click", () => {
            if (document.getSelection()?.isCollapsed !== false) {
                choose();
            }
        });
        body.append(element);
    }
    const count = rows.length === table.rows.length ? String(rows.length) : `${rows.length} of ${table.rows.length}`;
    const details = html(
        "details",
        { open: options.open },
        html("summary", {}, table.title, html("span", { class: "count" }, count)),
        html(
            "div",
            { class: "scroll" },
            html(
                "table",
                {},
                html("thead", {}, html("tr", {}, ...table.columns.map((column) => html("th", { scope: "col" }, column)))),
                body,
            ),
        ),
    );
    details.addEventListener("toggle", () => {
        options.closed(!details.open);
    });
    return details;
}
