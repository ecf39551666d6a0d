// What the window says: settings, folders, other extensions.

import { homedir } from "node:os";
import * as vscode from "vscode";

import type { LookupContext } from "./core/lookup";
import type { Places } from "./core/paths";
import { type ServerSettings, toServerSettings } from "./core/settings";

const XML_EXTENSION = "redhat.vscode-xml";

function read(key: string): unknown {
    return vscode.workspace.getConfiguration("omnic").get<unknown>(key);
}

function places(): Places {
    return { home: homedir(), workspaceFolder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath };
}

export function serverSettings(): ServerSettings {
    return toServerSettings(read, { ...places(), xmlSchemas: hasXmlSchemas() });
}

/** The XML extension explains elements only of files whose schema it was told of. */
function hasXmlSchemas(): boolean {
    const isSet = (key: string): boolean => {
        const value = vscode.workspace.getConfiguration("xml").get<unknown>(key);
        return Array.isArray(value) && value.length > 0;
    };
    const active = vscode.extensions.getExtension(XML_EXTENSION)?.isActive === true;
    return active && (isSet("fileAssociations") || isSet("catalogs"));
}

export function lookupContext(extension: vscode.Uri): Omit<LookupContext, "isProgram"> {
    const setting = read("path");
    return {
        ...places(),
        setting: typeof setting === "string" ? setting : "",
        trusted: vscode.workspace.isTrusted,
        extensionDir: extension.fsPath,
        searchPath: process.env.PATH ?? "",
        platform: process.platform,
    };
}

export function serverArguments(): string[] {
    const more = read("args");
    return ["lsp", ...(Array.isArray(more) ? more.filter((each) => typeof each === "string") : [])];
}

export function traceSetting(): string {
    const trace = read("trace.server");
    return typeof trace === "string" ? trace : "off";
}
