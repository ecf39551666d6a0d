// The routing graph around the component at the cursor.

import type * as vscode from "vscode";

import * as messages from "../core/messages";
import type { RoutingGraph } from "../core/protocol";
import type { FromView, Target, ToGraph } from "../core/viewProtocol";
import { openAt } from "../cursor";
import type { Session } from "../session";
import { FollowView } from "./followView";

export class GraphView extends FollowView<ToGraph> {
    private graph: RoutingGraph | undefined;

    constructor(extension: vscode.Uri, session: Session) {
        super(extension, session, { name: "graph", title: "Routing Graph" });
    }

    protected async fetch({ uri, position }: Target): Promise<ToGraph[]> {
        const graph = await this.session.request("omnic.server.routingGraph", { uri, position, depth: this.kept.depth });
        if (graph === null || graph.nodes.length === 0) {
            return [this.note(messages.NO_COMPONENT)];
        }
        this.graph = graph;
        return [{ type: "graph", graph, kept: this.kept }];
    }

    protected note(text: string): ToGraph {
        return { type: "message", text, kept: this.kept };
    }

    protected async handle(message: FromView): Promise<void> {
        if (message.type !== "openNode") {
            return;
        }
        const node = this.graph?.nodes.find(({ id }) => id === message.id);
        if (node?.uri === undefined) {
            return;
        }
        await openAt(node.uri, node.range, this.session);
    }
}
