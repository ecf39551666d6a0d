// The item beside the language's name: what runs, and for how many projects.

import * as vscode from "vscode";

import * as messages from "./core/messages";
import { documentSelector } from "./core/selectors";
import { countProjects, PROJECTS } from "./projects";
import type { Session, State } from "./session";

export function status(session: Session): vscode.Disposable {
    const item = vscode.languages.createLanguageStatusItem("omnic", documentSelector());
    item.name = "omnic";
    item.command = { command: "omnic.showOutput", title: "Output" };
    let found: messages.Projects | undefined;
    const show = (): void => {
        Object.assign(item, appearance(session.state, found));
    };
    const count = async (): Promise<void> => {
        found = await countProjects();
        show();
    };
    const watcher = vscode.workspace.createFileSystemWatcher(PROJECTS, false, true, false);
    show();
    return vscode.Disposable.from(
        item,
        watcher,
        watcher.onDidCreate(() => void count()),
        watcher.onDidDelete(() => void count()),
        vscode.workspace.onDidChangeWorkspaceFolders(() => void count()),
        session.onDidChangeState(({ kind }) => {
            show();
            if (kind === "running" && found === undefined) {
                void count();
            }
        }),
    );
}

type Appearance = Pick<vscode.LanguageStatusItem, "text" | "detail" | "severity" | "busy">;

function appearance(state: State, found: messages.Projects | undefined): Appearance {
    const { Error, Information } = vscode.LanguageStatusSeverity;
    switch (state.kind) {
        case "running": {
            const detail = found === undefined ? "" : messages.projects(found);
            return { text: `omnic ${state.program.version}`, detail, severity: Information, busy: false };
        }
        case "failed":
            return { text: "omnic does not run", detail: state.problem, severity: Error, busy: false };
        case "starting":
            return { text: "omnic starts", detail: "", severity: Information, busy: true };
        case "idle":
            return { text: "omnic", detail: "not started", severity: Information, busy: false };
    }
}
