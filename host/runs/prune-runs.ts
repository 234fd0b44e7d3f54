import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { orMissing } from "../inside.ts";
import { inBatches } from "./in-batches.ts";
import { inspectRun } from "./inspect-run.ts";
import { newestFirst } from "./newest-first.ts";
import type { RetentionLimits } from "./retention.ts";
import { journalName } from "./run-file.ts";
import { startOfRunId } from "./run-id.ts";
import { type RunStore, runFolder, runIds } from "./run-store.ts";
import { lockFolder } from "./writer-lock.ts";

/** Which runs are to go, and why each of them. */
export interface Pruning {
  readonly removed: readonly PrunedRun[];
  /** Runs over the limits that are left all the same, since they are at work or wait for an answer. */
  readonly spared: readonly PrunedRun[];
}

/** A run that is over a limit. */
export interface PrunedRun {
  readonly runId: string;
  readonly bytes: number;
  readonly reason: "count" | "size" | "age";
}

/**
 * Removes the oldest runs until the rest is within the limits, or only says which those are. A run that another process
 * writes is left, and so is one that waits for an answer, its process dead or alive; both count as kept.
 */
export async function pruneRuns(
  store: RunStore,
  limits: RetentionLimits,
  how: "remove" | "only-tell",
): Promise<Pruning> {
  if (how === "remove") await finishRemovals(store);
  const removed: PrunedRun[] = [];
  const spared: PrunedRun[] = [];
  for (const run of await overLimits(store, limits)) {
    const inspected = await inspectRun(store, run.runId);
    if (inspected === undefined) continue;
    const isNeeded = inspected.writer !== null || waits(inspected);
    const isGone = !isNeeded && (how === "only-tell" || (await removeRun(store, run.runId)));
    (isGone ? removed : spared).push(run);
  }
  return { removed, spared };
}

/** A run that ended asks nothing any more, whatever its journal has. */
function waits({
  status,
  summary,
}: {
  readonly status: string;
  readonly summary: { readonly questions: number };
}): boolean {
  return (status === "waiting" || status === "cut-off" || status === "crashed") && summary.questions > 0;
}

async function overLimits(store: RunStore, limits: RetentionLimits): Promise<readonly PrunedRun[]> {
  const { folder } = store;
  if (folder === null) return [];
  const ids = await newestFirst(store, await runIds(store));
  const sized = await inBatches(ids, async (runId) => {
    const journal = await orMissing(stat(join(folder, runId, journalName)));
    return journal === undefined
      ? null
      : { runId, bytes: journal.size, startedAt: startOfRunId(runId) ?? journal.mtimeMs };
  });
  const oldest = limits.maxAgeMs === null ? Number.NEGATIVE_INFINITY : Date.now() - limits.maxAgeMs;
  let total = 0;
  const runs = sized.filter((run) => run !== null);
  return runs.flatMap(({ runId, bytes, startedAt }, index): readonly PrunedRun[] => {
    total += bytes;
    const reason =
      index >= limits.keep ? "count" : startedAt < oldest ? "age" : total > limits.maxBytes ? "size" : null;
    return reason === null ? [] : [{ runId, bytes, reason }];
  });
}

/** Whether it is gone: not where another process has it. As its writer, so that no one can begin to go on with it. */
async function removeRun(store: RunStore, runId: string): Promise<boolean> {
  const folder = await runFolder(store, runId);
  if (folder === undefined) return true;
  const lock = await orMissing(lockFolder(folder, "fm prune"));
  if (lock === undefined) return true;
  if (lock.kind === "busy") return false;
  try {
    // In one step: no one ever finds a run of which half is there.
    const doomed = join(folder, "..", `${DOOMED}${runId}`);
    await rename(folder, doomed);
    await rm(doomed, { recursive: true, force: true });
    return true;
  } finally {
    lock.release();
  }
}

/** How the folder of a run begins that is being removed; no id of a run does. */
const DOOMED = ".removing-";

/** What a process that died while it removed has left. */
async function finishRemovals({ folder }: RunStore): Promise<void> {
  if (folder === null) return;
  for (const name of (await orMissing(readdir(folder))) ?? [])
    if (name.startsWith(DOOMED)) await rm(join(folder, name), { recursive: true, force: true });
}
