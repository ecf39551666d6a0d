// The code of a check in a text.

/** The code or the name of a check at a column of a line: `OC305`, or what a suppression names. */
export function checkAt(line: string, column: number): string | undefined {
    return [...line.matchAll(/\bOC\d{3}\b/g)].find(
        ({ 0: code, index }) => index <= column && column <= index + code.length,
    )?.[0];
}

/** Whether a text can be a check's code or name, so that it may be given to the program. */
export function isCheck(text: string): boolean {
    return /^(OC\d{3}|[a-z0-9]+(-[a-z0-9]+)*)$/.test(text);
}
