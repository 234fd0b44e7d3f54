import { createHash } from "node:crypto";
import { mkdir, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { lockFolder } from "#host";
import { UnusableInput } from "../command.ts";
import type { Terminal } from "../terminal.ts";

/** Milliseconds after which another merge into the same file is taken to hang. */
const PATIENCE = 30_000;
const PAUSE = 20;
/** Milliseconds of waiting after which it is told. */
const TOLD_AFTER = 1_000;

/**
 * Does what reads and writes a file when no other merge of this user's does: else a result and the decisions beside it
 * could be of two merges, and of two merges into one of their sides one would be lost. Null where somebody ended the
 * waiting. Throws {@link UnusableInput} where another does not end.
 */
export async function oneAtATime<T>(
  path: string,
  shown: string,
  work: () => Promise<T>,
  waiting: Waiting,
): Promise<T | null> {
  const release = await take(path, shown, waiting);
  if (release === null) return null;
  try {
    return await work();
  } finally {
    release();
  }
}

/** Where is told that one waits, and what ends that. */
export interface Waiting {
  readonly err: Pick<Terminal["err"], "write">;
  readonly interrupted: AbortSignal;
}

async function take(
  path: string,
  shown: string,
  { err, interrupted }: Waiting,
): Promise<(() => void) | null> {
  const folder = await lockedFolder(path);
  if (folder === null) return unguarded(shown, err);
  let isTold = false;
  for (const start = Date.now(); ; ) {
    if (interrupted.aborted) return null;
    const lock = await lockFolder(folder, "fm merge").catch(() => null);
    if (lock === null) return unguarded(shown, err);
    if (lock.kind === "locked") return lock.release;
    const waited = Date.now() - start;
    const who = `another fm merge (process ${lock.writer.pid})`;
    if (waited > PATIENCE)
      throw new UnusableInput(
        `${shown} is being written by ${who}, which does not end. End that, then merge again.`,
      );
    if (waited > TOLD_AFTER && !isTold) err.write(`Waiting for ${who} to have written ${shown}.\n`);
    isTold ||= waited > TOLD_AFTER;
    await setTimeout(PAUSE);
  }
}

/** Without a place for temporary files nobody can be kept out, and a merge is of more use than that. */
function unguarded(shown: string, err: Waiting["err"]): () => void {
  err.write(
    `There is no folder for temporary files that can be written (${tmpdir()}): see to it that no other merge writes ${shown} meanwhile.\n`,
  );
  return () => undefined;
}

/** A folder that stands for a file; null where none can be made. */
async function lockedFolder(path: string): Promise<string | null> {
  try {
    const name = createHash("sha256")
      .update(await realName(path))
      .digest("hex");
    const folder = join(tmpdir(), `flowmason-${process.getuid?.() ?? "merges"}`, "merges", name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  } catch {
    return null;
  }
}

/** One name for a file, whether it is there or not, and through which links it is named. */
export async function realName(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const folder = await realpath(dirname(path)).catch(() => dirname(path));
    return join(folder, basename(path));
  }
}
