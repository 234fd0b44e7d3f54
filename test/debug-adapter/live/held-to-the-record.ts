import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { foldRun, type JournalEvent, type RecordedRun } from "#core/journal";
import { readRunFile } from "#host";
import type { StageRunState } from "#protocol";
import { planRecord } from "../../../debug-adapter/past/plan-record.ts";
import { createRunFiles, type RunFiles } from "../../../debug-adapter/run-files.ts";
import { readStatuses } from "../../../debug-adapter/stage-status.ts";
import { mainFile } from "./pipeline-files.ts";
import { stageKey } from "./shown-run.ts";
import type { Seen, Walk } from "./walk.ts";

interface Recorded {
  readonly recorded: RecordedRun;
  readonly files: RunFiles;
}

/** The record that a walk has left, whole. */
export async function recordOf({ folder }: Walk): Promise<RecordedRun> {
  const runs = join(folder, ".flowmason", "runs");
  const [run = ""] = (await readdir(runs)).filter((name) => !name.startsWith("."));
  const { recorded } = await readRunFile(join(runs, run, "journal.ndjson"));
  expect(recorded.problems).toEqual([]);
  return recorded;
}

/** All that a client had before its eyes is what the record folds to there, and no attempt began while it looked at the past. */
export async function holdToRecord(walk: Walk): Promise<void> {
  const recorded = await recordOf(walk);
  const { events } = recorded;
  const files = createRunFiles(planRecord(recorded).plan, join(walk.folder, mainFile), walk.folder);
  for (const event of events) files.record(event);
  const record: Recorded = { recorded, files };
  expect(events.at(-1)?.kind).toBe("run-finished");
  for (const seen of walk.seen) {
    const upTo = events.slice(0, endOf(events, seen));
    if (seen.stages !== null) expectStages(record, upTo, seen.stages, `${seen.step}: event ${seen.seq}`);
    expectOutputs(record, upTo, seen);
  }
  expectStages(record, events, walk.shown.stages, "at the end");
  for (const { before, asked } of walk.visits) {
    const under = events.filter(
      (event) => event.kind === "model-called" && event.seq > before && startOf(events, event) <= before,
    );
    expect(asked, "calls of attempts that began while the past was looked at").toBeLessThanOrEqual(
      under.length,
    );
  }
}

/** How many events there were when a client saw that; of a live run it knows the last that is a moment of the timeline. */
function endOf(events: readonly JournalEvent[], { seq, at }: Seen): number {
  let end = events.findIndex((event) => event.seq > seq);
  if (end < 0) return events.length;
  while (at === "live" && events[end]?.kind === "stage-retried") end++;
  return end;
}

/** The event with which the attempt of another began. */
function startOf(
  events: readonly JournalEvent[],
  called: Extract<JournalEvent, { kind: "model-called" }>,
): number {
  return (
    events.findLast(
      (event) =>
        event.kind === "stage-started" &&
        event.seq < called.seq &&
        JSON.stringify(event.address) === JSON.stringify(called.address),
    )?.seq ?? -1
  );
}

function expectStages(
  { files }: Recorded,
  upTo: readonly JournalEvent[],
  shown: ReadonlyMap<string, StageRunState>,
  at: string,
): void {
  const read = readStatuses(files);
  const folded = new Map<string, StageRunState>();
  for (const event of upTo)
    for (const { path, state } of read(event)) folded.set(stageKey(path, state.stage), state);
  // A client that was told of a stage keeps it, also where it has not begun.
  for (const [key, { stage }] of shown) if (!folded.has(key)) folded.set(key, { stage, status: "waiting" });
  expect(Object.fromEntries(shown), at).toEqual(Object.fromEntries(folded));
}

function expectOutputs(
  { recorded }: Recorded,
  upTo: readonly JournalEvent[],
  { outputs, step, seq }: Seen,
): void {
  const { stages } = foldRun(upTo);
  for (const [key, seen] of outputs) {
    const state = stages.get(key);
    const at = `${step}: ${key} after event ${seq}`;
    if (state?.status === "succeeded" && state.output !== null)
      expect(seen, at).toEqual({ value: recorded.value(state.output) });
    else if (state?.status !== "failed" && state?.status !== "running")
      expect(seen, at).toHaveProperty("refused");
  }
}
