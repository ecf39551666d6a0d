// Gives `omnic.trace.server` its meaning. The language client traces only while the channel's log level is Trace; here
// the setting is enough.

import * as vscode from "vscode";

import { traceSetting } from "./environment";

export class TraceChannel implements vscode.Disposable {
    private readonly levelChanged = new vscode.EventEmitter<vscode.LogLevel>();
    private readonly subscriptions: { dispose(): unknown }[];

    constructor(private readonly output: vscode.LogOutputChannel) {
        this.subscriptions = [
            this.levelChanged,
            output.onDidChangeLogLevel(() => {
                this.levelChanged.fire(this.level);
            }),
            vscode.workspace.onDidChangeConfiguration((event) => {
                if (event.affectsConfiguration("omnic.trace")) {
                    this.levelChanged.fire(this.level);
                }
            }),
        ];
    }

    private get level(): vscode.LogLevel {
        return traceSetting() === "off" ? this.output.logLevel : vscode.LogLevel.Trace;
    }

    asLogOutputChannel(): vscode.LogOutputChannel {
        const { output, levelChanged } = this;
        const level = (): vscode.LogLevel => this.level;
        return new Proxy(output, {
            get(target, property) {
                switch (property) {
                    case "logLevel":
                        return level();
                    case "onDidChangeLogLevel":
                        return levelChanged.event;
                    // At its own level it would be filtered out.
                    case "trace":
                        return (message: string, ...rest: unknown[]) => {
                            output.info(message, ...rest);
                        };
                    // The channel outlives the client.
                    case "dispose":
                        return () => undefined;
                    default: {
                        const value: unknown = Reflect.get(target, property, target);
                        return typeof value === "function" ? (value.bind(target) as unknown) : value;
                    }
                }
            },
        });
    }

    dispose(): void {
        vscode.Disposable.from(...this.subscriptions).dispose();
    }
}
