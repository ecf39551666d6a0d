// Sentences with code in back-quotes, as the server writes them.

export interface Part {
    text: string;
    code: boolean;
}

/** Two back-quotes, with spaces within, stand around code that has one itself. */
const CODE = /``\s(.+?)\s``(?!`)|`([^`]+)`/g;

/** The parts of a sentence that are code, without their back-quotes, and those that are not. */
export function codeParts(sentence: string): Part[] {
    const parts: Part[] = [];
    let end = 0;
    for (const { 0: all, 1: twice, 2: once, index } of sentence.matchAll(CODE)) {
        parts.push({ text: sentence.slice(end, index), code: false }, { text: twice ?? once ?? "", code: true });
        end = index + all.length;
    }
    parts.push({ text: sentence.slice(end), code: false });
    return parts.filter(({ text }) => text !== "");
}

/** The sentence where nothing can be set apart, as in a tooltip. */
export function plain(sentence: string): string {
    return codeParts(sentence).map(({ text }) => text).join("");
}
