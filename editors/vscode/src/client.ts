// The language client. Loaded only when there is something to do, for it is most of the bundle.

import * as vscode from "vscode";
import {
    type ErrorHandler,
    type LanguageClientOptions,
    CloseAction,
    DidChangeConfigurationNotification,
    ErrorAction,
    ExecuteCommandRequest,
    LanguageClient,
    RevealOutputChannelOn,
    State,
} from "vscode-languageclient/node";

import type { Commands, Location, Position } from "./core/protocol";
import { Restarts } from "./core/restarts";
import { documentSelector } from "./core/selectors";
import { serverArguments, serverSettings } from "./environment";
import type { Program } from "./program";
import { TraceChannel } from "./traceChannel";

/** Is told how the server fares. */
export interface Listener {
    starting(): void;
    running(): void;
    /** It ended too often. */
    gaveUp(): void;
}

/** Logs only. What the user must know is told once, where it was started or asked for. */
class QuietClient extends LanguageClient {
    override error(message: string, data?: unknown): void {
        super.error(message, data, false);
    }
}

export class Client implements vscode.Disposable {
    private readonly client: LanguageClient;
    private readonly trace: TraceChannel;
    private readonly restarts = new Restarts();
    private cameUp = false;

    constructor(
        program: Program,
        output: vscode.LogOutputChannel,
        private readonly listener: Listener,
    ) {
        this.trace = new TraceChannel(output);
        this.client = new QuietClient(
            "omnic",
            "omnic",
            { command: program.file, args: serverArguments() },
            { ...options(output, this.trace), errorHandler: this.errorHandler() },
        );
        this.client.onDidChangeState(({ newState }) => {
            if (newState === State.Running) {
                this.cameUp = true;
                this.listener.running();
            } else if (newState === State.Starting) {
                this.listener.starting();
            }
        });
    }

    private errorHandler(): ErrorHandler {
        return {
            error: () => ({ action: ErrorAction.Continue, handled: true }),
            closed: () => {
                // What fails at its first start is told where it was started.
                if (this.cameUp && this.restarts.allow(Date.now())) {
                    return { action: CloseAction.Restart, handled: true };
                }
                if (this.cameUp) {
                    this.listener.gaveUp();
                }
                return { action: CloseAction.DoNotRestart, handled: true };
            },
        };
    }

    async start(): Promise<void> {
        await this.client.start();
    }

    async request<C extends keyof Commands>(command: C, argument: Commands[C][0]): Promise<Commands[C][1] | null> {
        const params = { command, arguments: [argument] };
        return (await this.client.sendRequest(ExecuteCommandRequest.type, params)) as Commands[C][1] | null;
    }

    async sendSettings(): Promise<void> {
        if (this.client.isRunning()) {
            const settings = { omnic: serverSettings() };
            await this.client.sendNotification(DidChangeConfigurationNotification.type, { settings });
        }
    }

    toRange(range: Location["range"]): vscode.Range {
        return this.client.protocol2CodeConverter.asRange(range);
    }

    /** What a code lens of the server runs. */
    async showReferences(uri: string, position: Position, locations: Location[]): Promise<void> {
        const { protocol2CodeConverter: convert } = this.client;
        await vscode.commands.executeCommand(
            "editor.action.showReferences",
            convert.asUri(uri),
            convert.asPosition(position),
            locations.map((location) => convert.asLocation(location)),
        );
    }

    async stop(): Promise<void> {
        try {
            await this.client.dispose();
        } catch {
            // It is gone already, or never came up.
        }
        this.trace.dispose();
    }

    dispose(): void {
        void this.stop();
    }
}

function options(output: vscode.LogOutputChannel, trace: TraceChannel): LanguageClientOptions {
    return {
        documentSelector: documentSelector(),
        initializationOptions: serverSettings(),
        outputChannel: output,
        traceOutputChannel: trace.asLogOutputChannel(),
        initializationFailedHandler: () => false,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        middleware: {
            workspace: {
                // The editor's own settings have other names and values than the server's.
                configuration: (params) =>
                    params.items.map(({ section }) => (section === "omnic" ? serverSettings() : null)),
                // The settings are sent whether the server asks for it or not.
                didChangeConfiguration: () => Promise.resolve(),
            },
        },
    };
}
