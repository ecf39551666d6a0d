// The compiled plan as tables: takes them from the extension, searches in them, and says which row was clicked.

import type { RowId } from "../core/plan/match";
import { type Found, search } from "../core/plan/search";
import type { PlanTable } from "../core/plan/tables";
import { DEFAULT_DEPTH, type Kept, type ToPlan } from "../core/viewProtocol";
import { html, load, send, store, toggle, view } from "./dom";
import { drawTable } from "./planTable";

const own = load({ search: "", closed: [] as string[] });
let kept: Kept = { pinned: false, depth: DEFAULT_DEPTH };
let tables: PlanTable[] = [];
let row: RowId | null = null;
let shown = "";

const pin = toggle("Pin", "Keep this row while the cursor moves", (pinned) => {
    send({ type: "pin", pinned });
});
const input = html("input", { type: "search", placeholder: "Search", "aria-label": "Search in all tables" });
input.value = own.search;
const found = html("span", { role: "status" });
const note = html("p", { class: "note", role: "status" });
const problems = html("button", { type: "button" }, "Show Problems");
problems.addEventListener("click", () => {
    send({ type: "problems" });
});
const main = html("div", { id: "tables" });
view().append(html("header", {}, pin(false), input, found), note, problems, main);

input.addEventListener("input", () => {
    own.search = input.value;
    store(own, kept);
    draw();
});

window.addEventListener("message", ({ data }: MessageEvent<ToPlan>) => {
    kept = data.kept;
    pin(kept.pinned);
    store(own, kept);
    switch (data.type) {
        case "plan":
            say("", false);
            take(data.tables);
            break;
        case "row":
            row = data.row;
            mark(true);
            break;
        case "message":
            say(data.text, data.problems);
            break;
    }
});

function take(now: PlanTable[]): void {
    const text = JSON.stringify(now);
    if (text !== shown) {
        shown = text;
        tables = now;
        draw();
    }
}

function say(text: string, withProblems: boolean): void {
    note.textContent = text;
    note.hidden = text === "";
    problems.hidden = !withProblems;
    // A plan of before an error is not the plan.
    main.hidden = text !== "";
    input.disabled = text !== "";
}

function draw(): void {
    const results = search(tables, own.search);
    const searching = own.search.trim() !== "";
    main.replaceChildren(
        ...results.map((result) =>
            drawTable(result, {
                open: searching || !own.closed.includes(result.table.id),
                closed: (closed) => {
                    if (!searching) {
                        remember(result, closed);
                    }
                },
                choose: ({ file, line }) => {
                    send({ type: "openOrigin", file, line });
                },
            }),
        ),
    );
    const count = results.reduce((sum, { rows }) => sum + rows.length, 0);
    found.textContent = searching ? `${count} row${count === 1 ? "" : "s"}` : "";
    mark(false);
}

function remember({ table }: Found, closed: boolean): void {
    own.closed = own.closed.filter((id) => id !== table.id);
    if (closed) {
        own.closed.push(table.id);
    }
    store(own, kept);
}

/** Marks the row of the component at the cursor. */
function mark(scroll: boolean): void {
    for (const marked of main.querySelectorAll("[aria-current]")) {
        marked.removeAttribute("aria-current");
    }
    if (row === null) {
        return;
    }
    const element = main.querySelector(`tr[data-row="${CSS.escape(`${row.table}/${row.row}`)}"]`);
    element?.setAttribute("aria-current", "true");
    if (scroll) {
        element?.closest("details")?.setAttribute("open", "");
        // The name alone: the row may be wider than the view.
        element?.querySelector("th")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
}

send({ type: "ready" });
