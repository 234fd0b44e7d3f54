import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advance, emptySchedule, type RunPlan } from "#core/engine";
import { foldRun, type JournalEvent } from "#core/journal";
import { addressKey, type FrameStep, type StageAddress } from "#core/ports";
import { begin, catalogOf, heldExecutor, planned, settled } from "./support/index.ts";
import { nestedPipeline, type Part, parts, partsOf } from "./support/nested-pipeline.ts";

const seed = 20260102;

describe("control flow that nests at random", () => {
  test("never stands still, ends every stage of every frame once, and leaves nothing open", async () => {
    const orders = fc.array(fc.nat(100), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(parts, orders, fc.integer({ min: 1, max: 4 }), fc.nat(60), runsLawfully),
      { seed, numRuns: 200 },
    );
  }, 60_000);

  test("nor does it in pipelines of up to 200 stages and those they call", async () => {
    const orders = fc.array(fc.nat(100), { minLength: 1, maxLength: 20 });
    const large = partsOf(12).filter((list) => {
      const { pipeline, called } = nestedPipeline(list, 1);
      const count = [pipeline, ...Object.values(called)].reduce(
        (sum, { stages }) => sum + (stages as readonly object[]).length,
        0,
      );
      return count >= 30 && count <= 200;
    });
    await fc.assert(
      fc.asyncProperty(large, orders, fc.integer({ min: 1, max: 6 }), fc.nat(2000), runsLawfully),
      { seed, numRuns: 12 },
    );
  }, 120_000);
});

async function runsLawfully(
  list: readonly Part[],
  order: readonly number[],
  room: number,
  cancelAt: number,
): Promise<void> {
  const { pipeline, called } = nestedPipeline(list, room);
  const pipelines = catalogOf(called);
  const executor = heldExecutor();
  const { run, journal, plan } = begin(pipeline, { executor, plan: { pipelines } });
  await settled();
  for (let turn = 0; executor.running.length > 0; turn++) {
    if (turn === cancelAt) run.cancel();
    else await executor.release((order[turn % order.length] ?? 0) % executor.running.length);
    await settled();
    expect(executor.running.length).toBeLessThanOrEqual(room);
  }
  const result = await run.finished;

  const { events } = journal;
  expect(events.at(-1)).toMatchObject({ kind: "run-finished", status: result.status });
  const regions = regionsOf(plan, events);
  startsInOrder(events, regions);
  const ends = endsOf(events);
  for (const [key, count] of ends) expect([key, count]).toEqual([key, 1]);
  const state = foldRun(events);
  for (const [key, { status }] of state.stages) expect([key, status]).not.toEqual([key, "running"]);
  expect(ends.size).toBe(state.stages.size);
  let stages = 0;
  for (const region of regions.values()) stages += region.stages.length;
  expect(state.stages.size).toBe(stages);

  const replayed = emptySchedule(planned(pipeline, { pipelines }));
  // As a file keeps them: everything that counts survives being text.
  for (const event of events) advance(replayed, JSON.parse(JSON.stringify(event)), () => {});
  expect([replayed.root.remaining, replayed.occupied, replayed.frames.size]).toEqual([0, 0, 1]);
}

function endsOf(events: readonly JournalEvent[]): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const event of events) {
    if (!isEnd(event)) continue;
    const key = addressKey(event.address);
    ends.set(key, (ends.get(key) ?? 0) + 1);
  }
  return ends;
}

function isEnd(event: JournalEvent): event is JournalEvent & { readonly address: StageAddress } {
  return (
    event.kind === "stage-succeeded" ||
    event.kind === "stage-skipped" ||
    event.kind === "stage-cancelled" ||
    (event.kind === "stage-failed" && event.next.kind !== "retry")
  );
}

/** No stage starts twice, or before the end of one that it depends on. */
function startsInOrder(events: readonly JournalEvent[], regions: ReadonlyMap<string, Region>): void {
  const ended = new Set<string>();
  const started = new Set<string>();
  for (const event of events) {
    if (isEnd(event)) ended.add(addressKey(event.address));
    if (event.kind !== "stage-started") continue;
    const { frames, stage } = event.address;
    const attempt = `${addressKey(event.address)}#${event.attempt}`;
    expect(started.has(attempt), attempt).toBe(false);
    started.add(attempt);
    const region = regions.get(addressKey({ frames, stage: "" }));
    for (const counted of region?.stages[region.indexOf.get(stage) ?? -1]?.counted ?? []) {
      const before = counted.kind === "beside" ? region?.stages[counted.index]?.id : undefined;
      if (before === undefined) continue;
      expect(ended.has(addressKey({ frames, stage: before })), `${attempt} after ${before}`).toBe(true);
    }
  }
}

type Region = RunPlan["root"];

/** The stages of every frame that began, by its key. */
function regionsOf(plan: RunPlan, events: readonly JournalEvent[]): ReadonlyMap<string, Region> {
  const regions = new Map<string, Region>([["", plan.root]]);
  const open = ({ frames, stage }: StageAddress, step: FrameStep, region: Region | undefined): void => {
    if (region === undefined) throw new Error(`The stage "${stage}" has no such frame.`);
    const key = addressKey({ frames: [...frames, step], stage: "" });
    expect(regions.has(key), key).toBe(false);
    regions.set(key, region);
  };
  const ownerAt = ({ frames, stage }: StageAddress) => {
    const around = regions.get(addressKey({ frames, stage: "" }));
    return around?.stages[around.indexOf.get(stage) ?? -1];
  };
  for (const event of events) {
    if (event.kind === "iteration-started") {
      const owner = ownerAt(event.address);
      const step = { kind: "iteration", owner: event.address.stage, index: event.index } as const;
      open(event.address, step, owner?.owns.get(owner.isMatrix ? "matrix" : "loop") ?? emptyRegion);
    } else if (event.kind === "arm-started") {
      const { arm, attempt } = event;
      const step = { kind: "arm", owner: event.address.stage, arm, attempt } as const;
      open(event.address, step, ownerAt(event.address)?.owns.get(arm));
    } else if (event.kind === "call-started") {
      const { pipeline, attempt } = event;
      const step = {
        kind: "subpipeline",
        owner: event.address.stage,
        pipeline: pipeline.name,
        attempt,
      } as const;
      open(event.address, step, plan.callees.at(pipeline.path ?? "")?.root);
    }
  }
  return regions;
}

const emptyRegion: Region = {
  owner: null,
  parent: null,
  stages: [],
  indexOf: new Map(),
  waiters: { starts: new Int32Array(1), all: new Int32Array(0) },
};
