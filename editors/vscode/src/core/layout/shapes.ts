// A graph before and after it is laid out. All lengths are in pixels.

export interface Size {
    id: string;
    width: number;
    height: number;
}

export interface Line {
    from: string;
    to: string;
}

export interface Point {
    x: number;
    y: number;
}

/** A node with its left upper corner. */
export interface PlacedNode extends Size, Point {}

/** An edge with the points that it runs through, from the one node's side to the other's. */
export interface PlacedEdge extends Line {
    points: Point[];
}

export interface Layout {
    nodes: PlacedNode[];
    edges: PlacedEdge[];
    width: number;
    height: number;
}

export interface Gaps {
    column: number;
    row: number;
    margin: number;
}
