// Why a user is offered a queue's work, in words.

import type { Answer, Reason } from "./protocol";

export const MARKS: Record<Answer, string> = { yes: "✓", no: "✗", unknown: "?" };
export const MEANINGS: Record<Answer, string> = {
    yes: "holds",
    no: "does not hold",
    unknown: "not known from the files",
};

/**
 * The verdict: what stands in bold at the beginning of what the server says, without its colon. What decides it comes
 * again among the reasons.
 */
export function verdict(markdown: string): string {
    const bold = /^\s*\*\*(.+?):?\*\*/s.exec(markdown)?.[1];
    return (bold ?? markdown.trim().split(/\n\s*\n/)[0] ?? "").replaceAll("\n", " ");
}

/** What a button says that leads to a reason's place: `Open Cases.queue-meta.xml:5`. */
export function openText({ uri, range }: Pick<Reason, "uri" | "range">): string {
    const name = uri?.slice(uri.lastIndexOf("/") + 1) ?? "";
    const line = range === undefined ? "" : `:${range.start.line + 1}`;
    return `Open ${decoded(name)}${line}`;
}

function decoded(name: string): string {
    try {
        return decodeURIComponent(name);
    } catch {
        return name;
    }
}
