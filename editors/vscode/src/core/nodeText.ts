// A node of the graph in words, in Markdown of which only code in back-quotes is used.

import type { GraphNode, NodeState } from "./protocol";

/** What a state means, and by what a fact is known that says it already. */
const STATES: Partial<Record<NodeState, { words: string; said: RegExp }>> = {
    standard: { words: "Salesforce ships it", said: /^Salesforce ships it/ },
    declared: { words: "Not in the project; the org has it", said: /the org has it/ },
    "filled-in": { words: "Filled in at deploy time", said: /^Filled in/ },
    unknown: { words: "Not in the project", said: /^Not in the project/ },
    ignored: { words: "Kept out of a deploy by `.forceignore`", said: /`\.forceignore`/ },
};

/** What is known of a node, each thing once. */
export function sentences({ noun, name, label, state, facts }: GraphNode): string[] {
    const all = [`${noun} \`${name}\``];
    if (label !== undefined && label !== name && !facts.some((fact) => fact.startsWith("Label "))) {
        all.push(`Label \`${label}\``);
    }
    const meaning = STATES[state];
    if (meaning !== undefined && !facts.some((fact) => meaning.said.test(fact))) {
        all.push(meaning.words);
    }
    // A label that is the name says nothing.
    return [...all, ...facts.filter((fact) => fact !== `Label \`${name}\``)];
}

export function describe(node: GraphNode): string {
    return sentences(node).join("; ");
}
