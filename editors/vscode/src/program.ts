// Finds the program, and asks what it is.

import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { promisify } from "node:util";

import { findProgram, type LookupContext } from "./core/lookup";
import * as messages from "./core/messages";
import { isAtLeast, parseVersion } from "./core/version";

const run = promisify(execFile);

/** A `--version` that takes longer is no answer. */
const TIMEOUT = 15_000;

export interface Program {
    file: string;
    /** Where it was found, in words. */
    from: string;
    version: string;
}

/** A program that can be used, or what to tell the user. */
export type Found = { program: Program } | { program: undefined; problem: string };

export async function find(context: Omit<LookupContext, "isProgram">, wanted: string): Promise<Found> {
    const found = findProgram({ ...context, isProgram });
    if (found.program === undefined) {
        return { program: undefined, problem: messages.notFound(found.looked) };
    }
    const file = found.program;
    try {
        const { stdout } = await run(file, ["--version"], { timeout: TIMEOUT, windowsHide: true });
        const version = parseVersion(stdout);
        if (version === undefined) {
            return { program: undefined, problem: messages.notOmnic(file, `--version prints ${stdout.slice(0, 80).trim()}`) };
        }
        if (!isAtLeast(version, wanted)) {
            return { program: undefined, problem: messages.tooOld(file, version, wanted) };
        }
        if (!(await hasServer(file))) {
            return { program: undefined, problem: messages.noServer(file, version, wanted) };
        }
        return { program: { file, from: found.from, version } };
    } catch (error) {
        return { program: undefined, problem: messages.notOmnic(file, String(error)) };
    }
}

/** Builds between two releases have the same version, with the server or without. */
async function hasServer(file: string): Promise<boolean> {
    try {
        await run(file, ["lsp", "--help"], { timeout: TIMEOUT, windowsHide: true });
        return true;
    } catch {
        return false;
    }
}

/** What the program prints about a check, in Markdown. */
export async function explain(program: Program, check: string): Promise<string> {
    const { stdout } = await run(program.file, ["explain", check], {
        timeout: TIMEOUT,
        windowsHide: true,
        env: { ...process.env, NO_COLOR: "1" },
    });
    return stdout;
}

function isProgram(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
}
