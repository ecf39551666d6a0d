// The licences of what is bundled.

import { readFile, readdir } from "node:fs/promises";

/** One text for the packages that the files come from, sorted by name. */
export async function notices(files) {
    const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
    const parts = [];
    for (const folder of [...new Set(folders)].filter((each) => each !== undefined).sort()) {
        const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
        const found = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
        if (found === undefined) {
            throw new Error(`${name} ${version} (${license}) has no licence file`);
        }
        parts.push(`${name} ${version} (${license})\n\n${(await readFile(`${folder}/${found}`, "utf8")).trim()}\n`);
    }
    return `This extension contains the following packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}
