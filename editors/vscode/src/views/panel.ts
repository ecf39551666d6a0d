// What every webview has: its own files and no others, and the frame that they run in.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

import { page } from "../core/html";

export interface View {
    /** The name of its script. */
    name: "graph" | "plan" | "offer";
    title: string;
}

export function viewType({ name }: View): string {
    return `omnic.${name}`;
}

export function createPanel(view: View): vscode.WebviewPanel {
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    return vscode.window.createWebviewPanel(viewType(view), view.title, column, { enableFindWidget: true });
}

/** Starts the view's script in a panel, which may be one of before a restart of the editor. */
export function fill(panel: vscode.WebviewPanel, extension: vscode.Uri, view: View): void {
    const { webview } = panel;
    const file = (...path: string[]): vscode.Uri => vscode.Uri.joinPath(extension, ...path);
    webview.options = { enableScripts: true, localResourceRoots: [file("dist"), file("media")] };
    panel.iconPath = file("media", "icon.png");
    webview.html = page({
        title: view.title,
        cspSource: webview.cspSource,
        nonce: randomBytes(16).toString("base64url"),
        script: webview.asWebviewUri(file("dist", `${view.name}.js`)).toString(),
        style: webview.asWebviewUri(file("media", "view.css")).toString(),
    });
}
