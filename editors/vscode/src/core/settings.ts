// From the editor's settings to what the server takes.

import { expandAbsolute, type Places } from "./paths";
import { SHOW_REFERENCES } from "./protocol";

/** The shape of `initializationOptions`, `workspace/configuration` and `workspace/didChangeConfiguration`. */
export interface ServerSettings {
    /** Commands that code lenses may run in this editor. */
    commands: string[];
    minSeverity?: "note" | "warning" | "error";
    strict?: boolean;
    world?: "project" | "open" | "closed";
    configuration?: string;
    codeLens: boolean;
    inlayHints: boolean;
    hoverElements: boolean;
}

export interface Surroundings extends Places {
    /** The extension `redhat.vscode-xml` is active, and was told of schemas. It shows what they say of elements. */
    xmlSchemas: boolean;
}

/** Reads a setting below `omnic.`. */
export type Read = (key: string) => unknown;

/** What is not set is left out: then `omnic.toml` says it. */
export function toServerSettings(read: Read, around: Surroundings): ServerSettings {
    const settings: ServerSettings = {
        commands: [SHOW_REFERENCES],
        codeLens: read("codeLens.enable") !== false,
        inlayHints: read("inlayHints.enable") !== false,
        hoverElements: hoverElements(read("hoverElements"), around),
    };
    const minSeverity = oneOf(read("minSeverity"), ["note", "warning", "error"] as const);
    if (minSeverity !== undefined) {
        settings.minSeverity = minSeverity;
    }
    const world = oneOf(read("world"), ["project", "open", "closed"] as const);
    if (world !== undefined) {
        settings.world = world;
    }
    const strict = read("strict");
    if (typeof strict === "boolean") {
        settings.strict = strict;
    }
    const written = read("configuration");
    const configuration = typeof written === "string" ? expandAbsolute(written, around) : undefined;
    if (configuration !== undefined) {
        settings.configuration = configuration;
    }
    return settings;
}

function hoverElements(value: unknown, around: Surroundings): boolean {
    return value !== "off" && !(value === "auto" && around.xmlSchemas);
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
    return allowed.find((one) => one === value);
}
