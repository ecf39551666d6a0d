// The graph as SVG.

import { layout, type PlacedEdge, type PlacedNode } from "../core/layout";
import { nextNode } from "../core/layout/keys";
import { spread } from "../core/layout/labels";
import type { GraphNode, RoutingGraph } from "../core/protocol";
import { svg } from "./dom";
import { drawNode, measure, NODE_HEIGHT } from "./graphNode";

/** With more edges than this, what they are called is shown only beside the node that is looked at. */
const MOST_LABELS = 24;
const LABEL_HEIGHT = 13;

export interface Drawing {
    svg: SVGSVGElement;
    width: number;
    height: number;
    nodes: readonly PlacedNode[];
    /** The component that it is about. */
    center: PlacedNode | undefined;
}

export interface Actions {
    open(id: string): void;
    look(node: GraphNode): void;
}

export function drawing(graph: RoutingGraph, actions: Actions): Drawing {
    const { nodeWidth, textWidth } = measure();
    const sizes = graph.nodes.map((node) => ({ id: node.id, width: nodeWidth(node), height: NODE_HEIGHT }));
    const placed = layout(sizes, graph.edges);
    const byId = new Map(graph.nodes.map((node) => [node.id, node]));
    const first = graph.center ?? graph.nodes[0]?.id;

    const root = svg("svg", {
        class: placed.edges.length > MOST_LABELS ? "many" : "",
        role: "group",
        "aria-label": "Routing graph. Arrow keys move, Enter opens the file.",
    });
    root.append(svg("defs", {}, arrow()));
    const texts = placed.edges.map((edge) => labelOf(graph, edge));
    const labels = placed.edges.map(({ points: [start, next] }, index) => ({
        x: ((start?.x ?? 0) + (next?.x ?? 0)) / 2,
        y: ((start?.y ?? 0) + (next?.y ?? 0)) / 2 - 4,
        width: textWidth(texts[index] ?? ""),
    }));
    const heights = spread(labels, LABEL_HEIGHT);
    const edges = placed.edges.map((edge, index) =>
        drawEdge(edge, texts[index] ?? "", { x: labels[index]?.x ?? 0, y: heights[index] ?? 0 }),
    );
    root.append(...edges);
    const nodes = new Map<string, SVGGElement>();
    for (const place of placed.nodes) {
        const node = byId.get(place.id);
        if (node !== undefined) {
            const element = drawNode(node, place, place.id === first);
            nodes.set(place.id, element);
            listen(element, node, actions, edges, placed.edges);
            root.append(element);
        }
    }
    root.addEventListener("keydown", (event) => {
        moveFocus(event, placed.nodes, nodes);
    });
    const { width, height } = placed;
    return { svg: root, width, height, nodes: placed.nodes, center: placed.nodes.find(({ id }) => id === first) };
}

function labelOf(graph: RoutingGraph, { from, to }: PlacedEdge): string {
    const labels = graph.edges.filter((edge) => edge.from === from && edge.to === to).map(({ label }) => label);
    return [...new Set(labels)].join(", ");
}

function arrow(): SVGMarkerElement {
    const shape = { id: "arrow", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: "auto" };
    return svg("marker", shape, svg("path", { d: "M 0 1 L 10 5 L 0 9 z" }));
}

function drawEdge({ points }: PlacedEdge, label: string, at: { x: number; y: number }): SVGGElement {
    let path = "";
    points.forEach(({ x, y }, index) => {
        const before = points[index - 1];
        if (before === undefined) {
            path = `M ${x} ${y}`;
        } else {
            const half = (x - before.x) / 2;
            path += ` C ${before.x + half} ${before.y} ${x - half} ${y} ${x} ${y}`;
        }
    });
    return svg(
        "g",
        { class: "edge", "aria-hidden": "true" },
        svg("path", { d: path, "marker-end": "url(#arrow)" }),
        svg("text", { ...at, "text-anchor": "middle" }, label),
    );
}

function listen(
    element: SVGGElement,
    node: GraphNode,
    actions: Actions,
    edges: SVGGElement[],
    placed: readonly PlacedEdge[],
): void {
    const look = (on: boolean): void => {
        placed.forEach(({ from, to }, index) => {
            edges[index]?.classList.toggle("near", on && (from === node.id || to === node.id));
        });
        if (on) {
            actions.look(node);
        }
    };
    element.addEventListener("mouseenter", () => { look(true); });
    element.addEventListener("mouseleave", () => { look(false); });
    element.addEventListener("focus", () => { look(true); });
    element.addEventListener("blur", () => { look(false); });
    element.addEventListener("click", () => { actions.open(node.id); });
    element.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            actions.open(node.id);
        }
    });
}

/** One node is in the order of the Tab key; from it the arrow keys lead to the others. */
function moveFocus(event: KeyboardEvent, placed: readonly PlacedNode[], nodes: Map<string, SVGGElement>): void {
    const from = (event.target as Element | null)?.getAttribute("data-id");
    const to = from && nextNode(placed, from, event.key);
    const [old, next] = [nodes.get(from ?? ""), nodes.get(to ?? "")];
    if (old !== undefined && next !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        old.setAttribute("tabindex", "-1");
        next.setAttribute("tabindex", "0");
        next.focus();
    }
}
