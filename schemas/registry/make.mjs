// Writes names.txt: the suffixes of all metadata types, the names of all settings files, and how the components of a type
// are named by their files.
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

// How a manifest names what a file holds: `name` by the file's name, `folder` with the folders below the type's, `slash` with
// these and a slash at its end, `child` behind
// the name of its parent, `parent` by that alone. Of a `bundle` the folder below the type's is the name; of `content` that
// folder, or the file beside it.
const found = new Set();
for (const type of Object.values(registry.types)) {
    const { adapter, decomposition } = type.strategies ?? {};
    const isOfOneFile = [undefined, "matchingContentFile", "default"].includes(adapter);
    if (type.suffix && (isOfOneFile || adapter === "decomposed" || adapter === "mixedContent") && type.id !== "document") {
        const content = registry.types[type.folderContentType];
        const [name, folder] = content ? [content.name, content.directoryName] : [type.name, type.directoryName];
        // As ComponentSet.constructFullName of source-deploy-retrieve has it.
        const isMarked = ["DashboardFolder", "ReportFolder", "EmailTemplateFolder"].includes(type.name);
        const how = isMarked ? "slash" : type.inFolder || content ? "folder" : "name";
        found.add(`file ${type.suffix} ${name} ${how} ${folder}`);
    }
    if (adapter === "bundle" || (adapter === "mixedContent" && type.id !== "document")) {
        found.add(`${adapter === "bundle" ? "bundle" : "content"} ${type.directoryName} ${type.name}`);
    }
    for (const child of adapter === "decomposed" ? Object.values(type.children?.types ?? {}) : []) {
        const folder = decomposition === "folderPerType" ? child.directoryName : "-";
        const isAlone = child.unaddressableWithoutParent !== true && child.isAddressable !== false;
        const [name, how] = isAlone ? [child.name, "child"] : [type.name, "parent"];
        found.add(`file ${child.suffix} ${name} ${how} ${folder}`);
    }
}

const lines = (word, names) => [...names].sort().map((name) => `${word} ${name}`);
const header = [
    `# Made by schemas/registry/make.mjs from ${named(registryFolder)} and ${named(typesFolder)}.`,
    "# suffix: a file suffix of some metadata type. settings: a settings file, without its suffix.",
    "# file: a suffix, its type, how a manifest names what is in the file, and the folder.",
    "# bundle, content: a folder, and the type of what lies in it.",
];
console.log([...header, ...lines("suffix", suffixes), ...lines("settings", settings), ...[...found].sort()].join("\n"));
