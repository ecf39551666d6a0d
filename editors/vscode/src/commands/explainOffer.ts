// Why a user is offered a queue's work, or not.

import * as vscode from "vscode";

import * as messages from "../core/messages";
import type { Session } from "../session";
import { targetOf } from "../cursor";
import type { OfferView } from "../views/offerView";

export async function explainOffer(session: Session, view: OfferView): Promise<void> {
    const target = targetOf(vscode.window.activeTextEditor);
    if (target === undefined) {
        void vscode.window.showInformationMessage(messages.NO_COMPONENT);
        return;
    }
    const choices = await session.request("omnic.server.offerChoices", target);
    if (choices === null || choices.queues.length === 0 || choices.agents.length === 0) {
        void vscode.window.showInformationMessage(messages.NOTHING_TO_ASK);
        return;
    }
    const queue = await pick("Queue", "Whose work? (1 of 2)", choices.queues, choices.queue);
    const agent = queue && (await pick("User", "To whom? (2 of 2)", choices.agents, choices.agent));
    if (!queue || !agent) {
        return;
    }
    await view.show({ uri: target.uri, queue, agent });
}

/** What stands at the cursor comes first, so that Enter takes it. */
async function pick(title: string, placeHolder: string, names: string[], preset?: string): Promise<string | undefined> {
    const first = names.filter((name) => name === preset);
    const items = [...first, ...names.filter((name) => name !== preset)].map((label) => ({
        label,
        ...(label === preset ? { description: "at the cursor" } : {}),
    }));
    return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.label;
}
