// Versions of the program.

/** The version in what `omnic --version` prints; nothing if it is another program. */
export function parseVersion(printed: string): string | undefined {
    return /^omnic (\d+\.\d+\.\d+\S*)/.exec(printed.trim())?.[1];
}

/** Compares the three numbers alone: a version before a release can do what the release can. */
export function isAtLeast(version: string, wanted: string): boolean {
    const [have, want] = [numbers(version), numbers(wanted)];
    const at = have.findIndex((part, index) => part !== want[index]);
    return at === -1 || (have[at] ?? 0) > (want[at] ?? 0);
}

function numbers(version: string): number[] {
    return (/^\d+\.\d+\.\d+/.exec(version)?.[0] ?? "0.0.0").split(".").map(Number);
}
