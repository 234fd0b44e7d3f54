import type { ForkOrigin } from "./run-event.ts";

/** A run that may be a fork of another. */
export interface MaybeFork {
  readonly runId: string;
  readonly fork: ForkOrigin | null;
}

/** A line of a tree of forks. */
export interface ForkRow<Run extends MaybeFork> {
  readonly runId: string;
  /** Null for a run that others were forked from, and that is not there any longer. */
  readonly run: Run | null;
  /** 0 for a run that is no fork of another that is known. */
  readonly depth: number;
}

/**
 * Runs as trees: after each run its forks, by where in it they begin. Trees stand in the order of `runs`, by the first of
 * each tree's runs there. Each run comes once, also where records say that they were forked from each other.
 */
export function forkRows<Run extends MaybeFork>(runs: readonly Run[]): readonly ForkRow<Run>[] {
  const byId = new Map(runs.map((run) => [run.runId, run]));
  const forks = Map.groupBy(
    runs.filter(({ fork }) => fork !== null),
    ({ fork }) => fork?.runId ?? "",
  );
  const rows: ForkRow<Run>[] = [];
  const told = new Set<string>();
  const tell = (root: string): void => {
    // A chain of forks may be longer than the stack is deep.
    const ahead = [{ runId: root, depth: 0 }];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      const { runId, depth } = next;
      if (told.has(runId)) continue;
      told.add(runId);
      rows.push({ runId, run: byId.get(runId) ?? null, depth });
      for (const fork of (forks.get(runId) ?? []).toSorted(byPlace).toReversed())
        ahead.push({ runId: fork.runId, depth: depth + 1 });
    }
  };
  for (const run of runs) if (!told.has(run.runId)) tell(rootOf(run, byId));
  return rows;
}

/** The rows of the tree that a run is in, the run's own among them; none where it is in none. */
export function treeOf<Run extends MaybeFork>(
  rows: readonly ForkRow<Run>[],
  runId: string,
): readonly ForkRow<Run>[] {
  const at = rows.findIndex((row) => row.runId === runId);
  if (at < 0) return [];
  const root = rows.findLastIndex(({ depth }, index) => index <= at && depth === 0);
  const end = rows.findIndex(({ depth }, index) => index > at && depth === 0);
  return rows.slice(root, end < 0 ? rows.length : end);
}

function rootOf<Run extends MaybeFork>(run: Run, byId: ReadonlyMap<string, Run>): string {
  const passed = new Set<string>();
  let { runId, fork }: MaybeFork = run;
  while (fork !== null && !passed.has(runId)) {
    passed.add(runId);
    runId = fork.runId;
    fork = byId.get(runId)?.fork ?? null;
  }
  return runId;
}

function byPlace(a: MaybeFork, b: MaybeFork): number {
  const place = (a.fork?.seq ?? 0) - (b.fork?.seq ?? 0);
  if (place !== 0) return place;
  return a.runId < b.runId ? -1 : 1;
}
