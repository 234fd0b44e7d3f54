import { countUpTo, type JournalEvent } from "#core/journal";
import type { StageAddress } from "#core/ports";
import type { RunStateBody, StageRunState } from "#protocol";
import type { RunFiles } from "../run-files.ts";
import { callsTo, readStatuses } from "../stage-status.ts";

/** How the stages of a run looked from outside, at every event of it. */
export interface PastStates {
  record(event: JournalEvent): void;
  /**
   * What a client that shows the run as of `from` has to be told to show it as of `to`, both numbers of events, for each
   * file. `stop` says where it stands there; null at the end of the record.
   */
  between(from: number, to: number, stop: StageAddress | null): readonly Omit<RunStateBody, "past">[];
}

export function createPastStates(files: Pick<RunFiles, "at">): PastStates {
  const read = readStatuses(files);
  /** In the order of events, whose numbers are `seqs`. */
  const changes: { readonly path: string; readonly stage: string }[] = [];
  const seqs: number[] = [];
  /** Of each stage of each file, its changes. */
  const byStage = new Map<string, { readonly seq: number; readonly state: StageRunState }[]>();
  const paths = new Set<string>();

  const stateAt = (path: string, stage: string, seq: number): StageRunState =>
    byStage.get(keyOf(path, stage))?.findLast((each) => each.seq <= seq)?.state ?? {
      stage,
      status: "waiting",
    };

  const changedIn = (after: number, upTo: number): ReadonlyMap<string, ReadonlySet<string>> => {
    const stages = new Map<string, Set<string>>();
    // The last first, which is the order that they are told in.
    for (const { path, stage } of changes.slice(countUpTo(seqs, after), countUpTo(seqs, upTo)).reverse()) {
      const known = stages.get(path) ?? new Set();
      stages.set(path, known.add(stage));
    }
    return stages;
  };

  return {
    record: (event) => {
      for (const { path, state } of read(event)) {
        paths.add(path);
        changes.push({ path, stage: state.stage });
        seqs.push(event.seq);
        const key = keyOf(path, state.stage);
        const known = byStage.get(key);
        if (known === undefined) byStage.set(key, [{ seq: event.seq, state }]);
        else known.push({ seq: event.seq, state });
      }
    },
    between: (from, to, stop) => {
      const changed = changedIn(Math.min(from, to), Math.max(from, to));
      const stops = new Map(
        (stop === null ? [] : callsTo(stop)).map((each) => [files.at(each.frames).path, each.stage]),
      );
      return Array.from(new Set([...paths, ...stops.keys()]), (path) => ({
        path,
        stages: Array.from(changed.get(path) ?? [], (stage) => stateAt(path, stage, to)),
        stoppedAt: stops.get(path) ?? null,
      }));
    },
  };
}

function keyOf(path: string, stage: string): string {
  return JSON.stringify([path, stage]);
}
