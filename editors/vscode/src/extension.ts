// Comes in: the window. Goes out: a running server for the projects in it, commands, and two views. Cheap until there is
// a project or a file of ours, since any XML file activates it.

import * as vscode from "vscode";

import { commands } from "./commands";
import { Debounce } from "./core/debounce";
import { followContext, isComponent } from "./cursor";
import { Pages } from "./pages";
import { Session } from "./session";
import { status } from "./status";
import { GraphView } from "./views/graphView";
import { OfferView } from "./views/offerView";
import { PlanView } from "./views/planView";

let session: Session | undefined;

export function activate(context: vscode.ExtensionContext): void {
    const output = vscode.window.createOutputChannel("omnic", { log: true });
    const current = new Session(context, output);
    session = current;
    const pages = new Pages();
    const graph = new GraphView(context.extensionUri, current);
    const plan = new PlanView(context.extensionUri, current);
    const offer = new OfferView(context.extensionUri, current);
    context.subscriptions.push(
        output,
        current,
        pages,
        graph,
        plan,
        offer,
        status(current),
        commands({ session: current, pages, graph, plan, offer }),
        followContext(),
        followState(current),
        ...restarts(current),
        vscode.workspace.onDidOpenTextDocument((document) => {
            if (isComponent(document)) {
                void current.startIfWanted();
            }
        }),
        vscode.workspace.onDidChangeWorkspaceFolders(() => void current.startIfWanted()),
    );
    void current.startIfWanted();
}

export async function deactivate(): Promise<void> {
    await session?.stop();
}

function followState(current: Session): vscode.Disposable {
    return current.onDidChangeState(({ kind }) => {
        void vscode.commands.executeCommand("setContext", "omnic.running", kind === "running");
    });
}

/** What takes effect without a reload of the window. */
function restarts(current: Session): vscode.Disposable[] {
    const restartIfStarted = (): void => {
        if (current.state.kind !== "idle") {
            void current.restart();
        }
    };
    const typed = new Debounce(restartIfStarted);
    return [
        new vscode.Disposable(() => {
            typed.cancel();
        }),
        vscode.workspace.onDidChangeConfiguration((event) => {
            if (event.affectsConfiguration("omnic.path") || event.affectsConfiguration("omnic.args")) {
                // The settings page takes a path over while it is typed.
                typed.after(1000);
            } else if (["omnic", "xml.fileAssociations", "xml.catalogs"].some((key) => event.affectsConfiguration(key))) {
                void current.sendSettings();
            }
        }),
        vscode.workspace.onDidGrantWorkspaceTrust(restartIfStarted),
        // The XML extension came or went: who explains elements may have changed.
        vscode.extensions.onDidChange(() => void current.sendSettings()),
    ];
}
