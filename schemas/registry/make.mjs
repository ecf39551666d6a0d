// Writes names.txt: the suffixes of all metadata types, and the names of all settings files.
//
//     npm pack @salesforce/source-deploy-retrieve @salesforce/types    # and unpack each
//     node schemas/registry/make.mjs SOURCE-DEPLOY-RETRIEVE TYPES > schemas/registry/names.txt
//
// Both arguments are folders of unpacked packages (those with package.json). Licences: Apache 2.0 and BSD 3-Clause;
// only names are taken.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [registryFolder, typesFolder] = process.argv.slice(2);
if (!typesFolder) {
    console.error("usage: node make.mjs SOURCE-DEPLOY-RETRIEVE TYPES");
    process.exit(2);
}
const read = (...path) => readFileSync(join(...path), "utf8");
const named = (folder) => {
    const { name, version } = JSON.parse(read(folder, "package.json"));
    return `${name} ${version}`;
};

const registry = JSON.parse(read(registryFolder, "lib/src/registry/metadataRegistry.json"));
const suffixes = new Set(Object.keys(registry.suffixes));
const take = (type) => {
    if (type.suffix) suffixes.add(type.suffix);
    if (type.legacySuffix) suffixes.add(type.legacySuffix);
    Object.values(type.children?.types ?? {}).forEach(take);
};
Object.values(registry.types).forEach(take);

// A settings type `XSettings` has one file, `X.settings`.
const types = read(typesFolder, "lib/metadata.d.ts").matchAll(/export type (\w+)Settings = Metadata\b/g);
const settings = new Set([...types].map((match) => match[1]));

const lines = (word, names) => [...names].sort().map((name) => `${word} ${name}`);
const header = [
    `# Made by schemas/registry/make.mjs from ${named(registryFolder)} and ${named(typesFolder)}.`,
    "# suffix: a file suffix of some metadata type. settings: a settings file, without its suffix.",
];
console.log([...header, ...lines("suffix", suffixes), ...lines("settings", settings)].join("\n"));
