// Paths as people write them in settings.

import * as path from "node:path";

export interface Places {
    home: string;
    /** The first folder of the window. */
    workspaceFolder: string | undefined;
}

/**
 * Replaces `${workspaceFolder}` and a leading `~`. Gives nothing if the path needs a workspace folder, and there is
 * none.
 */
export function expand(written: string, places: Places): string | undefined {
    let result = written.trim();
    if (result === "~" || /^~[/\\]/.test(result)) {
        result = places.home + result.slice(1);
    }
    if (result.includes("${workspaceFolder}")) {
        if (places.workspaceFolder === undefined) {
            return undefined;
        }
        result = result.replaceAll("${workspaceFolder}", places.workspaceFolder);
    }
    return result;
}

/** Like `expand`; a relative path counts from the workspace folder. */
export function expandAbsolute(written: string, places: Places): string | undefined {
    const expanded = expand(written, places);
    if (expanded === undefined || expanded === "" || path.isAbsolute(expanded)) {
        return expanded === "" ? undefined : expanded;
    }
    return places.workspaceFolder === undefined ? undefined : path.join(places.workspaceFolder, expanded);
}

/** Joins a root and a relative path with forward slashes, as in a plan; nothing if it would lead out of the root. */
export function inside(root: string, relative: string): string | undefined {
    const joined = path.resolve(root, relative);
    const way = path.relative(root, joined);
    return way === "" || way === ".." || way.startsWith(`..${path.sep}`) || path.isAbsolute(way) ? undefined : joined;
}
