import { type ForkRow, forkRows, treeOf } from "#core/journal";
import { inBatches } from "./in-batches.ts";
import { type InspectedRun, inspectRun } from "./inspect-run.ts";
import { newestFirst } from "./newest-first.ts";
import { type RunStore, runIds } from "./run-store.ts";

/** A recorded run as a tree of forks has it. */
export type FamilyRun = InspectedRun & { readonly fork: InspectedRun["summary"]["fork"] };

/**
 * The tree of forks that a run is in: what it was forked from, that one's other forks, and its own. One row where it is
 * alone. Rejects with the system's error.
 */
export async function forkFamily(store: RunStore, runId: string): Promise<readonly ForkRow<FamilyRun>[]> {
  const ids = await newestFirst(store, await runIds(store));
  // A fork begins after what it was forked from: older runs than the root need no look.
  const root = await rootOf(store, runId);
  const at = ids.indexOf(root);
  const runs = await inBatches(at < 0 ? ids : ids.slice(0, at + 1), (id) => inspectRun(store, id));
  return treeOf(forkRows(runs.filter((run) => run !== undefined).map(withFork)), runId);
}

/** The forks of a run itself, among the rows of its tree. */
export function forksOf(rows: readonly ForkRow<FamilyRun>[], runId: string): readonly FamilyRun[] {
  return rows.flatMap(({ run }) => (run !== null && run.fork?.runId === runId ? [run] : []));
}

/** A run with what it was forked from at hand. */
export function withFork(run: InspectedRun): FamilyRun {
  return { ...run, fork: run.summary.fork };
}

async function rootOf(store: RunStore, runId: string): Promise<string> {
  const passed = new Set<string>();
  let id = runId;
  for (;;) {
    passed.add(id);
    const origin = (await inspectRun(store, id))?.summary.fork?.runId;
    if (origin === undefined || passed.has(origin)) return id;
    id = origin;
  }
}
