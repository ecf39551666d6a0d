// Markdown pages that are in no file: explanations of checks, shown in the editor's own preview.

import * as vscode from "vscode";

const SCHEME = "omnic-page";

export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
    private readonly texts = new Map<string, string>();
    private readonly changed = new vscode.EventEmitter<vscode.Uri>();
    private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
    readonly onDidChange = this.changed.event;

    /** Shows a page. One of the same title takes its place. */
    async show(title: string, text: string): Promise<void> {
        const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title.replaceAll("/", "-")}.md` });
        this.texts.set(uri.toString(), text);
        this.changed.fire(uri);
        await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
    }

    provideTextDocumentContent(uri: vscode.Uri): string {
        return this.texts.get(uri.toString()) ?? "This page is no longer there. Run the command again.\n";
    }

    dispose(): void {
        this.registration.dispose();
        this.changed.dispose();
    }
}
