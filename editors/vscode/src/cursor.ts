// Where the user is.

import * as vscode from "vscode";

import type { Range } from "./core/protocol";
import { isComponentFile } from "./core/selectors";
import type { Target } from "./core/viewProtocol";
import type { Session } from "./session";

/** The place of the cursor, if it is in a file of ours. */
export function targetOf(editor: vscode.TextEditor | undefined): Target | undefined {
    if (editor === undefined || !isComponent(editor.document)) {
        return undefined;
    }
    const { line, character } = editor.selection.active;
    return { uri: editor.document.uri.toString(), position: { line, character } };
}

/** The place in the file that is edited, else in one that is in sight: a view may have the focus. */
export function currentTarget(): Target | undefined {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    return [activeTextEditor, ...visibleTextEditors].map(targetOf).find((target) => target !== undefined);
}

export function isComponent({ uri }: vscode.TextDocument): boolean {
    return (uri.scheme === "file" || uri.scheme === "untitled") && isComponentFile(uri.path);
}

/** Keeps the context key up by which commands are shown. */
export function followContext(): vscode.Disposable {
    const update = (editor: vscode.TextEditor | undefined): void => {
        void vscode.commands.executeCommand("setContext", "omnic.atComponent", targetOf(editor) !== undefined);
    };
    update(vscode.window.activeTextEditor);
    return vscode.window.onDidChangeActiveTextEditor(update);
}

/** Opens what the server names. */
export async function openAt(uri: string, range: Range | undefined, session: Session): Promise<void> {
    const at = range === undefined ? undefined : session.converter?.toRange(range);
    await open(vscode.Uri.parse(uri, true), at ?? new vscode.Range(0, 0, 0, 0));
}

/** Opens a file at a place, in the group of the file that was edited last and not in a view's. */
export async function open(uri: vscode.Uri, range: vscode.Range): Promise<void> {
    const beside = vscode.window.visibleTextEditors.find(({ viewColumn }) => viewColumn !== undefined);
    const viewColumn = beside?.viewColumn ?? vscode.ViewColumn.One;
    await vscode.window.showTextDocument(uri, { selection: range, viewColumn });
}
