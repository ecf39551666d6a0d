// All commands. Those in package.json are those here, but for `omnic.showReferences`, which only code lenses run.

import * as vscode from "vscode";

import { type Location, type Position, SHOW_REFERENCES } from "../core/protocol";
import type { Pages } from "../pages";
import type { Session } from "../session";
import type { GraphView } from "../views/graphView";
import type { OfferView } from "../views/offerView";
import type { PlanView } from "../views/planView";
import { explainCheck } from "./explainCheck";
import { explainOffer } from "./explainOffer";

export interface Parts {
    session: Session;
    pages: Pages;
    graph: GraphView;
    plan: PlanView;
    offer: OfferView;
}

export function commands({ session, pages, graph, plan, offer }: Parts): vscode.Disposable {
    const register = (name: string, run: (...args: never[]) => Promise<void> | void): vscode.Disposable =>
        vscode.commands.registerCommand(name, async (...args: never[]) => {
            try {
                await run(...args);
            } catch (error) {
                const text = error instanceof Error ? error.message : String(error);
                session.output.error(`${name}: ${text}`);
                void vscode.window.showErrorMessage(`omnic: ${text}`);
            }
        });
    return vscode.Disposable.from(
        register("omnic.showRoutingGraph", () => {
            graph.show();
        }),
        register("omnic.showPlan", () => {
            plan.show();
        }),
        register("omnic.explainOffer", () => explainOffer(session, offer)),
        register("omnic.explainCheck", () => explainCheck(session, pages)),
        register("omnic.fixAll", fixAll),
        register("omnic.restartServer", () => session.restart()),
        register("omnic.showOutput", () => {
            session.output.show();
        }),
        register(SHOW_REFERENCES, (uri: string, position: Position, locations: Location[]) =>
            session.converter?.showReferences(uri, position, locations),
        ),
    );
}

/** The editor asks the server for this kind of action, applies it, and says so if there is none. */
async function fixAll(): Promise<void> {
    await vscode.commands.executeCommand("editor.action.codeAction", {
        kind: "source.fixAll.omnic",
        apply: "first",
    });
}
