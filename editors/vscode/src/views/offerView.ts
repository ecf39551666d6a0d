// Why a user is offered a queue's work, or not. Each reason leads to its place in the project. Asked again after changes.

import type * as vscode from "vscode";

import { onDidChangeProject } from "../changes";
import { Debounce } from "../core/debounce";
import * as messages from "../core/messages";
import type { Offer, Question } from "../core/protocol";
import type { FromView, ToOffer } from "../core/viewProtocol";
import { openAt } from "../cursor";
import type { Session } from "../session";
import { createPanel, fill, type View } from "./panel";

const VIEW: View = { name: "offer", title: "Offer" };
/** Milliseconds of rest after a change. */
const CHANGED = 500;

export class OfferView {
    private panel: vscode.WebviewPanel | undefined;
    private question: Question | undefined;
    private offer: Offer | undefined;
    /** Counts questions, so that an answer that was overtaken is dropped. */
    private round = 0;
    private readonly later = new Debounce(() => void this.update());
    private readonly subscriptions: vscode.Disposable[];

    constructor(
        private readonly extension: vscode.Uri,
        private readonly session: Session,
    ) {
        const again = (): void => {
            if (this.panel !== undefined) {
                this.later.after(CHANGED);
            }
        };
        this.subscriptions = [onDidChangeProject(again), session.onDidChangeState(again)];
    }

    async show(question: Question): Promise<void> {
        this.question = question;
        if (this.panel !== undefined) {
            this.panel.reveal(undefined, true);
            await this.update();
            return;
        }
        const panel = createPanel(VIEW);
        this.panel = panel;
        panel.onDidDispose(() => {
            this.panel = undefined;
            this.later.cancel();
        });
        panel.webview.onDidReceiveMessage((message: FromView) => void this.receive(message));
        fill(panel, this.extension, VIEW);
    }

    private async receive(message: FromView): Promise<void> {
        if (message.type === "ready") {
            await this.update();
        } else if (message.type === "openReason") {
            const reason = this.offer?.reasons[message.reason];
            if (reason?.uri !== undefined) {
                await openAt(reason.uri, reason.range, this.session);
            }
        }
    }

    private async update(): Promise<void> {
        if (this.question === undefined) {
            return;
        }
        this.round += 1;
        const { round } = this;
        const message = await this.ask(this.question);
        if (round === this.round) {
            this.offer = message.type === "offer" ? message.offer : undefined;
            await this.panel?.webview.postMessage(message);
        }
    }

    private async ask(question: Question): Promise<ToOffer> {
        try {
            const offer = await this.session.request("omnic.server.explainOffer", question);
            return offer === null ? { type: "message", text: messages.NO_COMPONENT } : { type: "offer", offer };
        } catch (error) {
            return { type: "message", text: error instanceof Error ? error.message : String(error) };
        }
    }

    dispose(): void {
        this.later.cancel();
        this.panel?.dispose();
        for (const subscription of this.subscriptions) {
            subscription.dispose();
        }
    }
}
