// The compiled plan, with the row of the component at the cursor.

import * as path from "node:path";
import * as vscode from "vscode";

import * as messages from "../core/messages";
import { inside } from "../core/paths";
import { rowOf } from "../core/plan/match";
import { planTables } from "../core/plan/tables";
import type { ComponentAt, Plan } from "../core/protocol";
import type { FromView, Target, ToPlan } from "../core/viewProtocol";
import { open } from "../cursor";
import type { Session } from "../session";
import { FollowView } from "./followView";

/** What was compiled last. Most moves of the cursor change the row alone. */
interface Compiled {
    root: vscode.Uri;
    plan: Plan;
}

export class PlanView extends FollowView<ToPlan> {
    private compiled: Compiled | undefined;

    constructor(extension: vscode.Uri, session: Session) {
        super(extension, session, { name: "plan", title: "Routing Plan" });
    }

    protected async fetch(target: Target, moved: boolean): Promise<ToPlan[]> {
        const component = await this.session.request("omnic.server.componentAt", target);
        const { compiled } = this;
        if (moved && compiled !== undefined && component !== null && isIn(compiled.root, target, component)) {
            return [this.row(compiled.plan, target, component)];
        }
        return this.compile(target, component);
    }

    private async compile(target: Target, component: ComponentAt | null): Promise<ToPlan[]> {
        this.compiled = undefined;
        const compiled = await this.session.request("omnic.server.compiledPlan", { uri: target.uri });
        if (compiled === null) {
            return [this.note(messages.NO_COMPONENT)];
        }
        const { root, plan, errors } = compiled;
        if (plan === null) {
            return [{ type: "message", text: messages.noPlan(errors), problems: true, kept: this.kept }];
        }
        this.compiled = { root: folder(root), plan };
        return [{ type: "plan", tables: planTables(plan), kept: this.kept }, this.row(plan, target, component)];
    }

    private row(plan: Plan, { uri, position }: Target, component: ComponentAt | null): ToPlan {
        // Positions are in the file of the target; the component may be one that is named there, and lie elsewhere.
        const own = component?.uri !== undefined && same(component.uri, uri);
        const row = component === null ? undefined : rowOf(plan, component, own ? position.line + 1 : undefined);
        return { type: "row", row: row ?? null, kept: this.kept };
    }

    protected note(text: string): ToPlan {
        return { type: "message", text, problems: false, kept: this.kept };
    }

    protected async handle(message: FromView): Promise<void> {
        if (message.type === "problems") {
            await vscode.commands.executeCommand("workbench.actions.view.problems");
        } else if (message.type === "openOrigin" && this.compiled !== undefined) {
            const file = inside(this.compiled.root.fsPath, path.normalize(message.file));
            if (file !== undefined) {
                const start = new vscode.Position(Math.max(0, message.line - 1), 0);
                await open(vscode.Uri.file(file), new vscode.Range(start, start));
            }
        }
    }
}

/** A project's root, as a path or a URI. */
function folder(root: string): vscode.Uri {
    return /^[a-z][a-z0-9+.-]+:/i.test(root) ? vscode.Uri.parse(root, true) : vscode.Uri.file(root);
}

/** Whether the place is in the project at a root, and not in one that lies within it. */
function isIn(root: vscode.Uri, target: Target, component: ComponentAt): boolean {
    const file = inside(root.fsPath, vscode.Uri.parse(target.uri, true).fsPath);
    if (file === undefined || component.uri === undefined) {
        return file !== undefined;
    }
    return same(vscode.Uri.joinPath(root, component.path).toString(), component.uri);
}

/** Servers and editors write the same URI in different ways. */
function same(one: string, other: string): boolean {
    return vscode.Uri.parse(one).toString() === vscode.Uri.parse(other).toString();
}
