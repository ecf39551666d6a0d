// The routing graph: takes it from the extension, shows it, and says what was clicked.

import { describe } from "../core/nodeText";
import type { GraphNode, RoutingGraph } from "../core/protocol";
import { DEFAULT_DEPTH, type Kept, MAX_DEPTH, type ToGraph } from "../core/viewProtocol";
import { html, inline, load, send, store, toggle, view } from "./dom";
import { drawing } from "./graphDrawing";
import { Viewport } from "./viewport";

const own = load({ zoom: 0 });
let kept: Kept = { pinned: false, depth: DEFAULT_DEPTH };
let shown = "";

const pin = toggle("Pin", "Keep this component while the cursor moves", (pinned) => {
    send({ type: "pin", pinned });
});
const depth = html(
    "select",
    { title: "How many references away" },
    ...Array.from({ length: MAX_DEPTH }, (_, index) => html("option", { value: index + 1 }, String(index + 1))),
);
depth.addEventListener("change", () => {
    send({ type: "depth", depth: Number(depth.value) });
});

const viewport = new Viewport(own.zoom, () => {
    store({ zoom: viewport.chosen }, kept);
});
const details = html("p", { id: "details", role: "status" });
const note = html("p", { class: "note", role: "status" });
const text = html("pre");
const asText = html("details", {}, html("summary", {}, "As text"), text);

view().append(
    html(
        "header",
        {},
        pin(false),
        html("label", {}, "Depth ", depth),
        ...viewport.buttons(),
    ),
    note,
    viewport.element,
    details,
    asText,
);

window.addEventListener("message", ({ data }: MessageEvent<ToGraph>) => {
    kept = data.kept;
    pin(kept.pinned);
    depth.value = String(kept.depth);
    store({ zoom: viewport.chosen }, kept);
    if (data.type === "graph") {
        show(data.graph);
    } else {
        say(data.text);
    }
});

function show(graph: RoutingGraph): void {
    note.hidden = true;
    viewport.element.hidden = asText.hidden = details.hidden = false;
    const now = JSON.stringify([graph.center, graph.nodes, graph.edges]);
    if (now === shown) {
        return;
    }
    shown = now;
    text.replaceChildren(...inline(graph.text));
    const center = graph.nodes.find(({ id }) => id === graph.center);
    look(center);
    const focused = document.activeElement?.getAttribute("data-id");
    const drawn = drawing(graph, {
        open: (id) => {
            send({ type: "openNode", id });
        },
        look,
    });
    viewport.show(drawn);
    if (focused !== null && focused !== undefined) {
        drawn.svg.querySelector<SVGElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
}

function look(node: GraphNode | undefined): void {
    details.replaceChildren(...(node === undefined ? [] : inline(describe(node))));
}

function say(words: string): void {
    note.textContent = words;
    note.hidden = false;
    // What was drawn stays in sight while the server starts anew, but not as if it were true of this place.
    viewport.element.hidden = asText.hidden = details.hidden = true;
    shown = "";
}

send({ type: "ready" });
