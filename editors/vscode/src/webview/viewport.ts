// What part of the drawing is seen, and how large. Mouse: drag, wheel with Ctrl. Keys: arrows, + - 0.

import { leftEdge } from "../core/layout/scroll";
import { html } from "./dom";
import type { Drawing } from "./graphDrawing";

const [SMALLEST, LARGEST, STEP] = [0.2, 3, 1.2];
/** Pixels for an arrow key. */
const MOVE = 60;

export class Viewport {
    readonly element = html("div", { id: "viewport", tabindex: 0, "aria-label": "Drawing" });
    private drawing: Drawing | undefined;
    private zoom: number;

    /** `chosen` is what the user zoomed to, or 0: then each drawing is made to fit. */
    constructor(
        public chosen: number,
        private readonly changed: () => void,
    ) {
        this.zoom = chosen || 1;
        this.element.addEventListener("wheel", (event) => { this.wheel(event); }, { passive: false });
        this.element.addEventListener("pointerdown", (event) => { this.drag(event); });
        this.element.addEventListener("keydown", (event) => { this.key(event); });
        // A panel has its size only once it is laid out, and people make it wider.
        new ResizeObserver(() => { this.refit(); }).observe(this.element);
    }

    buttons(): HTMLElement[] {
        const button = (text: string, hint: string, run: () => void): HTMLElement => {
            const element = html("button", { type: "button", title: hint, "aria-label": hint }, text);
            element.addEventListener("click", run);
            return element;
        };
        return [
            button("−", "Zoom out", () => { this.setZoom(this.zoom / STEP); }),
            button("+", "Zoom in", () => { this.setZoom(this.zoom * STEP); }),
            button("Fit", "Show the whole graph", () => { this.fit(); }),
        ];
    }

    /** Puts in a new drawing with its center in the middle. */
    show(drawing: Drawing): void {
        this.drawing = drawing;
        this.element.replaceChildren(drawing.svg);
        if (this.chosen === 0) {
            this.zoom = this.fitting(drawing);
        }
        this.place(drawing);
    }

    /** Fits the drawing to the panel again, unless the user has zoomed. */
    private refit(): void {
        const { drawing } = this;
        if (drawing !== undefined && this.chosen === 0) {
            this.zoom = this.fitting(drawing);
            this.place(drawing);
        }
    }

    /** Sets the size of the drawing, and scrolls to its center where not all of it can be seen. */
    private place(drawing: Drawing): void {
        this.resize();
        const { center, nodes } = drawing;
        const { clientWidth, clientHeight } = this.element;
        const middle = center === undefined ? 0 : center.y + center.height / 2;
        this.element.scrollTo(
            leftEdge(nodes, center?.id, clientWidth / this.zoom) * this.zoom,
            middle * this.zoom - clientHeight / 2,
        );
    }

    private resize(): void {
        const { drawing } = this;
        if (drawing !== undefined) {
            drawing.svg.setAttribute("viewBox", `0 0 ${drawing.width} ${drawing.height}`);
            drawing.svg.setAttribute("width", String(drawing.width * this.zoom));
            drawing.svg.setAttribute("height", String(drawing.height * this.zoom));
        }
    }

    /** The zoom at which all of the drawing is seen, as far as that is allowed. */
    private fitting({ width, height }: Drawing): number {
        const { clientWidth, clientHeight } = this.element;
        return Math.max(SMALLEST, Math.min(1, clientWidth / width, clientHeight / height));
    }

    /** Zooms about a point of the element: what is under it stays there. */
    private setZoom(zoom: number, x = this.element.clientWidth / 2, y = this.element.clientHeight / 2): void {
        const now = Math.min(LARGEST, Math.max(SMALLEST, zoom));
        const factor = now / this.zoom;
        const { scrollLeft, scrollTop } = this.element;
        this.zoom = now;
        this.resize();
        this.element.scrollTo((scrollLeft + x) * factor - x, (scrollTop + y) * factor - y);
        this.chosen = now;
        this.changed();
    }

    private fit(): void {
        if (this.drawing !== undefined) {
            this.setZoom(this.fitting(this.drawing));
            this.chosen = 0;
            this.changed();
        }
    }

    private wheel(event: WheelEvent): void {
        // Without Ctrl it scrolls; a pinch on a touchpad comes with Ctrl.
        if (event.ctrlKey || event.metaKey) {
            event.preventDefault();
            const { left, top } = this.element.getBoundingClientRect();
            this.setZoom(this.zoom * Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
        }
    }

    private drag(down: PointerEvent): void {
        if (down.button !== 0 || (down.target as Element | null)?.closest(".node")) {
            return;
        }
        const { element } = this;
        const { scrollLeft, scrollTop } = element;
        const move = (event: PointerEvent): void => {
            element.scrollTo(scrollLeft + down.clientX - event.clientX, scrollTop + down.clientY - event.clientY);
        };
        const up = (): void => {
            element.classList.remove("dragged");
            element.removeEventListener("pointermove", move);
        };
        element.setPointerCapture(down.pointerId);
        element.classList.add("dragged");
        element.addEventListener("pointermove", move);
        element.addEventListener("pointerup", up, { once: true });
        element.addEventListener("pointercancel", up, { once: true });
    }

    private key(event: KeyboardEvent): void {
        const moves: Record<string, [number, number]> = {
            ArrowLeft: [-MOVE, 0],
            ArrowRight: [MOVE, 0],
            ArrowUp: [0, -MOVE],
            ArrowDown: [0, MOVE],
        };
        const move = event.target === this.element ? moves[event.key] : undefined;
        if (move !== undefined) {
            this.element.scrollBy(...move);
        } else if (event.key === "+" || event.key === "=") {
            this.setZoom(this.zoom * STEP);
        } else if (event.key === "-") {
            this.setZoom(this.zoom / STEP);
        } else if (event.key === "0") {
            this.setZoom(1);
        } else {
            return;
        }
        event.preventDefault();
    }
}
