// What the adapter must remember when it stops: how far it has read, and what it has not routed yet.
import { readFileSync, renameSync, writeFileSync } from "node:fs";

export interface State {
  /** The last event of the topic of requests that was processed; none: begin by reading the records. */
  replayId?: number;
  /** The requests (`PendingServiceRouting`) that wait for a rep. */
  waiting: Set<string>;
}

export function load(file: string): State {
  try {
    const { replayId, waiting } = JSON.parse(readFileSync(file, "utf8"));
    return { replayId, waiting: new Set(waiting) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { waiting: new Set() };
    throw new Error(`${file} is not a state of this adapter (${error}): delete it to begin by reading the records`);
  }
}

/** Writes beside the file and renames, so that a crash leaves either the old state or the new one. */
export function save(file: string, replayId: number | undefined, waiting: Iterable<string>): void {
  writeFileSync(`${file}.new`, JSON.stringify({ replayId, waiting: [...waiting] }));
  renameSync(`${file}.new`, file);
}
