// A node of the graph, drawn and in words.

import { plain } from "../core/code";
import type { PlacedNode } from "../core/layout";
import { describe } from "../core/nodeText";
import type { GraphNode } from "../core/protocol";
import { svg } from "./dom";

const MOST = 240;
const PADDING = 12;
export const NODE_HEIGHT = 44;

/** Kinds with a colour of their own; all others have that of text. */
const COLOURED = [
    "Queue",
    "QueueRoutingConfig",
    "ServiceChannel",
    "PresenceUserConfig",
    "ServicePresenceStatus",
    "Skill",
];

interface Measure {
    nodeWidth: (node: GraphNode) => number;
    /** Of small text, as on edges. */
    textWidth: (text: string) => number;
}

/** How wide texts are, measured with the fonts that they are drawn with. */
export function measure(): Measure {
    const context = document.createElement("canvas").getContext("2d");
    const { fontFamily } = getComputedStyle(document.body);
    const widthIn = (font: string, text: string): number => {
        if (context === null) {
            return MOST;
        }
        context.font = `${font} ${fontFamily}`;
        return context.measureText(text).width;
    };
    const textWidth = (text: string): number => widthIn("11px", text);
    return {
        textWidth,
        nodeWidth: ({ name, noun }) => {
            const widest = Math.max(widthIn("600 13px", name), textWidth(noun), 60);
            // Drawn text is a little wider than measured at some zooms.
            return Math.min(MOST, Math.ceil(widest * 1.05) + 2 * PADDING);
        },
    };
}

export function drawNode(node: GraphNode, { x, y, width, height }: PlacedNode, central: boolean): SVGGElement {
    const kind = COLOURED.includes(node.kind) ? ` kind-${node.kind}` : "";
    const links = node.uri !== undefined;
    const words = plain(describe(node));
    return svg(
        "g",
        {
            class: `node state-${node.state}${kind}${central ? " center" : ""}${links ? " links" : ""}`,
            transform: `translate(${x} ${y})`,
            "data-id": node.id,
            tabindex: central ? 0 : -1,
            role: links ? "link" : "img",
            "aria-label": words,
        },
        svg("title", {}, words),
        svg("rect", { class: "ring", x: -4, y: -4, width: width + 8, height: height + 8, rx: 8 }),
        svg("rect", { class: "box", width, height, rx: 5 }),
        svg("rect", { class: "stripe", width: 4, height, rx: 2 }),
        svg("text", { class: "name", x: PADDING, y: 19 }, cut(node.name, width)),
        svg("text", { class: "noun", x: PADDING, y: 35 }, node.noun),
    );
}

/** Names are at most 80 letters; the whole one is in the title. */
function cut(name: string, width: number): string {
    const most = Math.floor((MOST - 2 * PADDING) / 7.5);
    return width < MOST || name.length <= most ? name : `${name.slice(0, most - 1)}…`;
}
