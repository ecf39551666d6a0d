// When what the server says of a project may be another than before.

import * as vscode from "vscode";

import { isProjectFile } from "./core/selectors";

/**
 * Runs after a change of a text, a save, or a change of findings, in files of ours alone: the output
 * channel is a document as well, and each answer may be written to it.
 */
export function onDidChangeProject(run: () => void): vscode.Disposable {
    const ours = ({ scheme, path }: vscode.Uri): boolean =>
        (scheme === "file" || scheme === "untitled") && isProjectFile(path);
    return vscode.Disposable.from(
        vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
            if (contentChanges.length > 0 && ours(document.uri)) {
                run();
            }
        }),
        vscode.workspace.onDidSaveTextDocument(({ uri }) => {
            if (ours(uri)) {
                run();
            }
        }),
        // The server has read again what was changed, also outside of the editor.
        vscode.languages.onDidChangeDiagnostics(({ uris }) => {
            if (uris.some(ours)) {
                run();
            }
        }),
    );
}
