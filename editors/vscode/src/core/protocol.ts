// What the server gives beyond the Language Server Protocol. Positions are as in the protocol: from 0, in UTF-16 units.

export interface Position {
    line: number;
    character: number;
}

export interface Range {
    start: Position;
    end: Position;
}

export interface Location {
    uri: string;
    range: Range;
}

export type NodeState = "here" | "standard" | "declared" | "external" | "filled-in" | "unknown" | "ignored";

export interface GraphNode {
    id: string;
    kind: string;
    noun: string;
    name: string;
    label?: string;
    state: NodeState;
    uri?: string;
    range?: Range;
    facts: string[];
}

export interface GraphEdge {
    from: string;
    to: string;
    role: string;
    /** The role in words: "is routed by". */
    label: string;
}

export interface RoutingGraph {
    center: string | null;
    nodes: GraphNode[];
    edges: GraphEdge[];
    mermaid: string;
    text: string;
}

export interface Origin {
    /** Relative to the project's root, with forward slashes. */
    file: string;
    /** From 1. */
    line: number;
}

/** A value that is filled in at deploy time, so that the plan does not know it. */
export interface FilledIn {
    component: string;
    name: string;
    element: string;
    placeholder?: string;
    by?: { env: string } | { file: string };
    left_out: boolean;
}

/** A routing plan, as schemas/plan.schema.json describes it; the tables are taken as they come. */
export interface Plan {
    digest: string;
    /** What is filled in at deploy time; absent if nothing is. */
    filled_in?: FilledIn[];
    tables: Record<string, unknown>;
    /** What people see of rows, by table and name; absent if it was left out. */
    display?: Record<string, Record<string, { label?: string }>> | null;
    provenance?: Record<string, Origin[]> | null;
}

export interface CompiledPlan {
    root: string;
    plan: Plan | null;
    errors: number;
}

export interface ComponentAt {
    kind: string;
    noun: string;
    name: string;
    path: string;
    uri?: string;
    range?: Range;
}

export interface OfferChoices {
    queues: string[];
    agents: string[];
    queue?: string;
    agent?: string;
}

export type Answer = "yes" | "no" | "unknown";

export interface Question {
    uri: string;
    queue: string;
    agent: string;
}

export interface Reason {
    holds: Answer;
    text: string;
    uri?: string;
    range?: Range;
}

export interface Offer {
    queue: string;
    agent: string;
    offered: Answer;
    text: string;
    reasons: Reason[];
}

/** The commands, with what each takes and gives. `null`: unknown file, or no component there. */
export interface Commands {
    "omnic.server.routingGraph": [{ uri: string; position?: Position; depth?: number }, RoutingGraph];
    "omnic.server.compiledPlan": [{ uri: string }, CompiledPlan];
    "omnic.server.componentAt": [{ uri: string; position: Position }, ComponentAt];
    "omnic.server.offerChoices": [{ uri: string; position?: Position }, OfferChoices];
    "omnic.server.explainOffer": [Question, Offer];
}

/** The command that code lenses run in this editor. */
export const SHOW_REFERENCES = "omnic.showReferences";
