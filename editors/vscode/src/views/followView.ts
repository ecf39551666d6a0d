// A view beside the editor that shows what the cursor is at, until it is pinned.

import * as vscode from "vscode";

import { onDidChangeProject } from "../changes";
import { Debounce } from "../core/debounce";
import { depth, type FromView, type Kept, restore, type Target } from "../core/viewProtocol";
import { currentTarget, targetOf } from "../cursor";
import type { Session } from "../session";
import { createPanel, fill, type View, viewType } from "./panel";

/** Milliseconds of rest before a view is drawn anew: after a move of the cursor, and after a change of a text. */
const MOVED = 150;
const CHANGED = 500;

export abstract class FollowView<Message> implements vscode.Disposable {
    private panel: vscode.WebviewPanel | undefined;
    /** The webview's script runs; it does not while the view is hidden. */
    private ready = false;
    /** Counts requests, so that an answer that was overtaken is dropped. */
    private round = 0;
    /** Counts changes of the project; `shown` is the count at which what is shown was asked for. */
    private changes = 0;
    private shown = -1;
    private readonly later = new Debounce(() => void this.update());
    private readonly subscriptions: vscode.Disposable[];
    protected kept: Kept = restore(undefined);

    constructor(
        private readonly extension: vscode.Uri,
        protected readonly session: Session,
        private readonly view: View,
    ) {
        this.subscriptions = [
            vscode.window.registerWebviewPanelSerializer(viewType(view), {
                deserializeWebviewPanel: async (panel, state: unknown) => {
                    this.kept = restore(state);
                    this.adopt(panel);
                    await this.session.start();
                },
            }),
            vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
                this.follow(textEditor);
            }),
            vscode.window.onDidChangeActiveTextEditor((editor) => {
                this.follow(editor);
            }),
            onDidChangeProject(() => {
                this.renew(CHANGED);
            }),
            session.onDidChangeState(() => {
                this.renew(MOVED);
            }),
        ];
    }

    /** What to show for the place that the view is about. `moved`: the project is as it was at the last time. */
    protected abstract fetch(target: Target, moved: boolean): Promise<Message[]>;
    protected abstract note(text: string): Message;
    protected abstract handle(message: FromView): Promise<void>;

    show(): void {
        this.retarget();
        if (this.panel === undefined) {
            this.adopt(createPanel(this.view));
        } else {
            this.panel.reveal(undefined, true);
            this.renew(0);
        }
    }

    private renew(milliseconds: number): void {
        this.changes += 1;
        if (this.panel !== undefined) {
            this.later.after(milliseconds);
        }
    }

    private retarget(): void {
        const target = currentTarget();
        if (target !== undefined && !this.kept.pinned) {
            this.kept.target = target;
        }
    }

    private adopt(panel: vscode.WebviewPanel): void {
        this.panel?.dispose();
        this.panel = panel;
        this.ready = false;
        panel.onDidDispose(() => {
            if (this.panel === panel) {
                this.panel = undefined;
                this.kept = restore(undefined);
                this.later.cancel();
            }
        });
        panel.onDidChangeViewState(() => {
            // A hidden view has no script. It says when it has one again.
            this.ready &&= panel.visible;
        });
        panel.webview.onDidReceiveMessage((message: FromView) => void this.receive(message));
        fill(panel, this.extension, this.view);
    }

    private follow(editor: vscode.TextEditor | undefined): void {
        const target = targetOf(editor);
        if (target !== undefined && !this.kept.pinned && this.panel !== undefined) {
            this.kept.target = target;
            this.later.after(MOVED);
        }
    }

    private async receive(message: FromView): Promise<void> {
        switch (message.type) {
            case "ready":
                this.ready = true;
                this.shown = -1;
                await this.update();
                break;
            case "pin":
                this.kept.pinned = message.pinned;
                this.retarget();
                await this.update();
                break;
            case "depth":
                this.kept.depth = depth(message.depth);
                await this.update();
                break;
            default:
                await this.handle(message);
        }
    }

    private async update(): Promise<void> {
        if (this.panel === undefined || !this.ready) {
            return;
        }
        this.round += 1;
        const { round } = this;
        const { changes } = this;
        const messages = await this.messages(this.shown === changes);
        if (round !== this.round) {
            return;
        }
        // A note is not what was asked for.
        this.shown = messages.fetched ? changes : -1;
        for (const message of messages.all) {
            await this.panel.webview.postMessage(message);
        }
    }

    private async messages(moved: boolean): Promise<{ all: Message[]; fetched: boolean }> {
        const note = (text: string): { all: Message[]; fetched: boolean } => ({ all: [this.note(text)], fetched: false });
        const { state } = this.session;
        if (state.kind === "failed") {
            return note(state.problem);
        }
        if (state.kind !== "running") {
            return note("omnic starts …");
        }
        if (this.kept.target === undefined) {
            return note("Put the cursor into a file of Omni-Channel.");
        }
        try {
            return { all: await this.fetch(this.kept.target, moved), fetched: true };
        } catch (error) {
            return note(error instanceof Error ? error.message : String(error));
        }
    }

    dispose(): void {
        this.later.cancel();
        this.panel?.dispose();
        vscode.Disposable.from(...this.subscriptions).dispose();
    }
}
