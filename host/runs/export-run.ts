import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { readRunFile } from "./read-run-file.ts";
import { journalName } from "./run-file.ts";
import { type RunStore, runFolder } from "./run-store.ts";
import { RunStoreError } from "./run-store-error.ts";

/** Where an export goes: a new file at a path, or a stream that is left open. */
export type ExportTarget =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "stream"; readonly stream: Writable };

/**
 * Writes a run to one portable file: its journal, with all that it refers to, packed by gzip, whose check finds any
 * damage on the way. A run at work is written as far as it has come. Rejects with {@link RunStoreError} where there is
 * no such run or its journal is damaged, and with the system's error; a file that is there already is never replaced.
 */
export async function exportRun(store: RunStore, runId: string, target: ExportTarget): Promise<void> {
  const folder = await runFolder(store, runId);
  if (folder === undefined) throw new RunStoreError(`There is no run ${runId} in this workspace.`);
  const path = join(folder, journalName);
  const { recorded, wholeBytes } = await readRunFile(path);
  const [problem] = recorded.problems;
  if (recorded.format === "other")
    throw new RunStoreError(`The run ${runId} is not exported. ${recorded.problems.at(-1)?.message ?? ""}`);
  if (problem !== undefined)
    throw new RunStoreError(
      `The journal of run ${runId} is damaged, line ${problem.line1}: ${problem.message} It is not exported.`,
    );
  if (recorded.events.length === 0)
    throw new RunStoreError(`The run ${runId} has not begun yet; there is nothing to export.`);
  const whole = createReadStream(path, { end: wholeBytes - 1 });
  switch (target.kind) {
    case "stream":
      return await pipeline(whole, createGzip(), target.stream, { end: false });
    case "file": {
      const file = await open(target.path, "wx", 0o600);
      return await pipeline(whole, createGzip(), file.createWriteStream());
    }
  }
}
