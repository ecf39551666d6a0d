// What in the window makes a project for omnic.

import * as vscode from "vscode";

import type { Projects } from "./core/messages";

const NOT_PROJECTS = "**/{node_modules,.git,.sfdx,.sf}/**";
export const PROJECTS = "**/{sfdx-project.json,omnic.toml,package.xml}";

/** Other tools have a `package.xml` too. This is the namespace of Salesforce's. */
const METADATA = "http://soap.sforce.com/2006/04/metadata";
/** As many as are looked into: a folder of packages of another tool is not read whole. */
const MOST_MANIFESTS = 50;

export async function hasProject(): Promise<boolean> {
    return (
        (await find("sfdx-project.json", 1)).length > 0 ||
        (await find("omnic.toml", 1)).length > 0 ||
        (await manifests()).length > 0
    );
}

export async function countProjects(): Promise<Projects> {
    const [projects, found, configurations] = await Promise.all([
        find("sfdx-project.json"),
        manifests(),
        find("omnic.toml"),
    ]);
    return { projects: projects.length, manifests: found.length, configurations: configurations.length };
}

async function manifests(): Promise<vscode.Uri[]> {
    const found = await find("package.xml", MOST_MANIFESTS);
    const ours = await Promise.all(found.map(isManifest));
    return found.filter((_, index) => ours[index]);
}

async function isManifest(file: vscode.Uri): Promise<boolean> {
    try {
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(file)).includes(METADATA);
    } catch {
        return false;
    }
}

function find(name: string, most?: number): Thenable<vscode.Uri[]> {
    return vscode.workspace.findFiles(`**/${name}`, NOT_PROJECTS, most);
}
