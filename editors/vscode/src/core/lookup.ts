// Where the program is.

import * as path from "node:path";

import { expand, type Places } from "./paths";

export interface LookupContext extends Places {
    /** The setting `omnic.path`. */
    setting: string;
    /** False if the workspace may choose no program, not even by being named in the user's own setting. */
    trusted: boolean;
    extensionDir: string;
    /** The environment variable `PATH`. */
    searchPath: string;
    platform: NodeJS.Platform;
    isProgram(file: string): boolean;
}

export type Lookup = { program: string; from: string } | { program: undefined; looked: string[] };

/** Looks at each place in turn. A setting that leads nowhere is not passed over: it is what the user has to mend. */
export function findProgram(context: LookupContext): Lookup {
    if (context.setting.trim() !== "") {
        return fromSetting(context);
    }
    const looked = ["the setting omnic.path: empty"];
    for (const { what, file } of candidates(context)) {
        if (context.isProgram(file)) {
            return { program: file, from: what };
        }
    }
    looked.push(
        `beside the extension: no ${bundled(context)}`,
        `PATH: in none of its ${searchFolders(context).length} folders`,
        `Cargo's folder: no ${cargo(context)}`,
    );
    return { program: undefined, looked };
}

function fromSetting(context: LookupContext): Lookup {
    const setting = context.setting.trim();
    const nowhere = (why: string): Lookup => ({ program: undefined, looked: [`the setting omnic.path: ${why}`] });
    if (!context.trusted && setting.includes("${workspaceFolder}")) {
        return nowhere(`${setting} is in a workspace that is not trusted`);
    }
    const file = expand(setting, context);
    if (file === undefined) {
        return nowhere(`${setting}, but no folder is open`);
    }
    if (!path.isAbsolute(file)) {
        return nowhere(`${setting} is not an absolute path; \${workspaceFolder} or ~ can stand before it`);
    }
    return context.isProgram(file) ? { program: file, from: "the setting omnic.path" } : nowhere(`no program ${file}`);
}

function candidates(context: LookupContext): { what: string; file: string }[] {
    const name = programName(context.platform);
    return [
        { what: "beside the extension", file: bundled(context) },
        ...searchFolders(context).map((folder) => ({ what: "PATH", file: path.join(folder, name) })),
        { what: "Cargo's folder", file: cargo(context) },
    ];
}

/** Relative folders in `PATH` would lead into whatever folder is open. */
function searchFolders(context: LookupContext): string[] {
    return context.searchPath.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
}

function bundled(context: LookupContext): string {
    return path.join(context.extensionDir, "server", programName(context.platform));
}

function cargo(context: LookupContext): string {
    return path.join(context.home, ".cargo", "bin", programName(context.platform));
}

export function programName(platform: string): string {
    return platform.startsWith("win32") ? "omnic.exe" : "omnic";
}
