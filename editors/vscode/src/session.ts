// From the first file of ours to the end of the window: when the server starts, with which program, and what is told.

import * as vscode from "vscode";

import type { Client } from "./client";
import * as messages from "./core/messages";
import type { Commands } from "./core/protocol";
import { isComponentFile } from "./core/selectors";
import { lookupContext } from "./environment";
import { find, type Program } from "./program";
import { hasProject } from "./projects";

export type State =
    | { kind: "idle" | "starting" }
    | { kind: "running"; program: Program }
    | { kind: "failed"; problem: string };

export class Session implements vscode.Disposable {
    private current: State = { kind: "idle" };
    private client: Client | undefined;
    private queue: Promise<void> = Promise.resolve();
    private readonly stateChanged = new vscode.EventEmitter<State>();
    readonly onDidChangeState = this.stateChanged.event;

    constructor(
        private readonly extension: vscode.ExtensionContext,
        readonly output: vscode.LogOutputChannel,
    ) {}

    get state(): State {
        return this.current;
    }

    /** Any XML file activates the extension; the server starts for a project or a file of ours. */
    async startIfWanted(): Promise<void> {
        if (this.current.kind !== "idle") {
            return;
        }
        const open = vscode.workspace.textDocuments.some(({ uri }) => isComponentFile(uri.path));
        if (open || (await hasProject())) {
            await this.start();
        }
    }

    /** Starts the server if it does not run. */
    start(): Promise<void> {
        return this.afterOthers(async () => {
            if (this.current.kind !== "running") {
                await this.startNow();
            }
        });
    }

    restart(): Promise<void> {
        return this.afterOthers(() => this.startNow());
    }

    async request<C extends keyof Commands>(command: C, argument: Commands[C][0]): Promise<Commands[C][1] | null> {
        if (this.client === undefined || this.current.kind !== "running") {
            const { current } = this;
            throw new Error(current.kind === "failed" ? current.problem : messages.NOT_RUNNING);
        }
        return this.client.request(command, argument);
    }

    /** The client, to convert places, while the server runs. */
    get converter(): Pick<Client, "toRange" | "showReferences"> | undefined {
        return this.client;
    }

    async sendSettings(): Promise<void> {
        await this.client?.sendSettings();
    }

    /** The program; without one, nothing, and the user is told why. */
    async program(): Promise<Program | undefined> {
        if (this.current.kind === "running") {
            return this.current.program;
        }
        const found = await this.findProgram();
        if (found.program === undefined) {
            this.tell(found.problem, [messages.INSTALL, messages.SETTINGS]);
        }
        return found.program;
    }

    /** One thing after the other: a restart that comes while one is under way waits for it. */
    private afterOthers(run: () => Promise<void>): Promise<void> {
        this.queue = this.queue.then(run, run);
        return this.queue;
    }

    private async startNow(): Promise<void> {
        const old = this.client;
        this.client = undefined;
        await old?.stop();
        this.change({ kind: "starting" });
        const found = await this.findProgram();
        if (found.program === undefined) {
            this.fail(found.problem, [messages.INSTALL, messages.SETTINGS]);
            return;
        }
        const { program } = found;
        this.output.info(`${program.file}, version ${program.version} (${program.from})`);
        const { Client } = await import("./client");
        const ifCurrent = (run: () => void) => () => {
            if (this.client === client) {
                run();
            }
        };
        const client: Client = new Client(program, this.output, {
            starting: ifCurrent(() => {
                this.change({ kind: "starting" });
            }),
            running: ifCurrent(() => {
                this.change({ kind: "running", program });
            }),
            gaveUp: ifCurrent(() => {
                this.fail(messages.endedTooOften(program.file), [messages.OUTPUT]);
            }),
        });
        try {
            await client.start();
            this.client = client;
            this.change({ kind: "running", program });
        } catch (error) {
            await client.stop();
            this.fail(messages.didNotStart(program.file, String(error)), [messages.OUTPUT, messages.SETTINGS]);
        }
    }

    private async findProgram(): ReturnType<typeof find> {
        const wanted = (this.extension.extension.packageJSON as { minimumServerVersion: string }).minimumServerVersion;
        return find(lookupContext(this.extension.extensionUri), wanted);
    }

    private fail(problem: string, actions: string[]): void {
        this.change({ kind: "failed", problem });
        this.tell(problem, actions);
    }

    private tell(problem: string, actions: string[]): void {
        this.output.error(problem);
        void vscode.window.showErrorMessage(problem, ...actions).then((action) => this.act(action));
    }

    private async act(action: string | undefined): Promise<void> {
        switch (action) {
            case messages.INSTALL:
                await this.showInstallInstructions();
                break;
            case messages.SETTINGS:
                await vscode.commands.executeCommand("workbench.action.openSettings", "omnic.path");
                break;
            case messages.OUTPUT:
                this.output.show();
                break;
            default:
        }
    }

    /** The page that comes with the extension, so that no network is needed. Packages have it in lower case. */
    private async showInstallInstructions(): Promise<void> {
        const { extensionUri } = this.extension;
        const names = (await vscode.workspace.fs.readDirectory(extensionUri)).map(([name]) => name);
        const page = names.find((name) => name.toLowerCase() === "readme.md");
        if (page !== undefined) {
            const uri = vscode.Uri.joinPath(extensionUri, page).with({ fragment: "install" });
            await vscode.commands.executeCommand("markdown.showPreview", uri);
        }
    }

    private change(state: State): void {
        this.current = state;
        this.stateChanged.fire(state);
    }

    dispose(): void {
        this.stateChanged.dispose();
        void this.client?.stop();
    }

    async stop(): Promise<void> {
        await this.client?.stop();
    }
}
