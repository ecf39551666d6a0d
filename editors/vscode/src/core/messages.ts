// What the user is told.

export const INSTALL = "Install Instructions";
export const SETTINGS = "Open Settings";
export const OUTPUT = "Show Output";

export function notFound(looked: readonly string[]): string {
    return `The program omnic was not found. Looked for: ${looked.join("; ")}.`;
}

export function tooOld(program: string, version: string, wanted: string): string {
    return `${program} is omnic ${version}. This extension needs omnic ${wanted} or newer.`;
}

export function noServer(program: string, version: string, wanted: string): string {
    return `${program} is an omnic ${version} without a language server. This extension needs omnic ${wanted} or newer, with the command lsp.`;
}

export function notOmnic(program: string, why: string): string {
    return `${program} does not answer as omnic does: ${why}`;
}

export function didNotStart(program: string, why: string): string {
    return `${program} did not start as a language server: ${why}`;
}

export function endedTooOften(program: string): string {
    return `${program} ended by itself again and again, and is not started any more.`;
}

export function noPlan(errors: number): string {
    return `${count(errors, "error")}: no plan`;
}

/** How many there are of the files that make a project, or configure omnic for one. */
export interface Projects {
    projects: number;
    manifests: number;
    configurations: number;
}

export function projects(found: Projects): string {
    const parts = [
        [found.projects, "sfdx-project.json"],
        [found.manifests, "package.xml"],
        [found.configurations, "omnic.toml"],
    ] as const;
    const there = parts.filter(([number]) => number > 0).map(([number, name]) => `${number} ${name}`);
    return there.length === 0 ? "no project file, single files" : there.join(", ");
}

export function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

export const NO_COMPONENT = "There is no component of Omni-Channel here.";
export const NO_CODE = "There is no finding and no check's code at the cursor.";
export const NOTHING_TO_ASK = "The project has no queue, or names no user, to ask about.";
export const NOT_RUNNING = "omnic is not running.";
