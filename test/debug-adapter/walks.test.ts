import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunPlan } from "#core/engine";
import { createMemoryJournal, foldRun, type MemoryJournal } from "#core/journal";
import { addressKey, type Executor } from "#core/ports";
import { createStops } from "../../debug-adapter/create-stops.ts";
import { createHistory, type History } from "../../debug-adapter/past/history.ts";
import { createPastStates, type PastStates } from "../../debug-adapter/past/past-states.ts";
import { type Arrival, createTimeTravel, type TimeTravel } from "../../debug-adapter/past/time-travel.ts";
import { createRunFiles } from "../../debug-adapter/run-files.ts";
import type { Shown } from "../../debug-adapter/shown.ts";
import { readStatuses } from "../../debug-adapter/stage-status.ts";
import { isWithin, passedBy } from "../../debug-adapter/step-range.ts";
import { begin, catalogOf, type HeldExecutor, heldExecutor, settled } from "../core/engine/support/index.ts";
import { nestedPipeline, type Part, parts } from "../core/engine/support/nested-pipeline.ts";
import { cases } from "../support/soak.ts";

const seed = 20_261_127;

const moves = ["next", "stepIn", "stepOut", "stepBack", "reverse", "continue", "jump"] as const;
const walks = fc.array(fc.tuple(fc.constantFrom(...moves), fc.nat(1000)), { minLength: 1, maxLength: 25 });

test(
  "TT-02 TT-03 wherever a walk leads in the past of a run that is stopped, what is shown is what the journal folds to, and no stage begins",
  async () => {
    await fc.assert(
      fc.asyncProperty(parts, fc.nat(12), fc.nat(7), walks, async (list, steps, every, walk) => {
        const world = await stoppedRun(list, steps, every);
        for (const [move, number] of walk) {
          const begun = world.begun();
          // What was under way when the run stopped ends meanwhile.
          if (number % 5 === 0 && world.executor.running.length > 0) await world.executor.release(0);
          walkOn(world.cursor, move, number, world.history);
          expectFold(world);
          expect(world.begun()).toBe(begun);
        }
        await world.end();
      }),
      { seed, numRuns: cases(25, 10_000) },
    );
  },
  cases(60_000, 3_600_000),
);

test(
  "TT-02 as many steps forward as there were back lead to where they began",
  async () => {
    await fc.assert(
      fc.asyncProperty(parts, fc.nat(1000), fc.integer({ min: 1, max: 12 }), async (list, from, count) => {
        const world = await stoppedRun(list, 1000, 0);
        const { gates } = world.history;
        if (gates.length > 0) world.cursor.jump(from % gates.length);
        // From between two steps there is no step back to it.
        if (world.at() !== null && world.gateAt()?.kind === "after") world.cursor.jump("edge");
        const way: (number | null)[] = [world.at()];
        for (let back = 0; back < count && world.at() !== 0; back++) {
          world.cursor.stepBack();
          way.push(world.at());
        }
        for (let forward = way.length - 2; forward >= 0; forward--) {
          const gate = world.gateAt();
          const goal = gates[way[forward] ?? gates.length];
          const isInside =
            gate !== null && goal !== undefined && isWithin(goal.address, passedBy(gate, "over"));
          world.cursor.step(isInside ? "into" : "over");
          expect(world.at()).toBe(way[forward]);
        }
        await world.end();
      }),
      { seed, numRuns: cases(25, 10_000) },
    );
  },
  cases(60_000, 3_600_000),
);

test(
  "TT-02 each gate of a run has its moment on the timeline, and each moment the snapshot that was there when it happened",
  async () => {
    await fc.assert(
      fc.asyncProperty(parts, fc.nat(12), async (list, steps) => {
        const world = await stoppedRun(list, steps, 0);
        const { moments, gates } = world.history;
        for (const [at, gate] of gates.entries())
          expect(moments.eventOf(moments.momentOf(at) ?? -1)).toBe(gate.event);
        for (let moment = 0; moment < moments.count(); moment++) {
          const event = moments.eventOf(moment);
          const at = moments.gateOf(moment);
          const gate = gates[at];
          if (event === undefined || gate === undefined) continue;
          expect(moments.eventOf(moment - 1)?.seq ?? -1).toBeLessThan(event.seq);
          if (event.kind === "stage-log")
            expect(gate).toMatchObject({ kind: "before", address: event.address });
          // What came to no gate itself is shown by the first one that has seen it.
          else if (gate.event !== event) expect(gates.findIndex(({ seq }) => seq >= event.seq)).toBe(at);
        }
        await world.end();
      }),
      { seed, numRuns: cases(25, 10_000) },
    );
  },
  cases(60_000, 3_600_000),
);

interface World {
  readonly plan: RunPlan;
  readonly journal: MemoryJournal;
  readonly history: History;
  readonly states: PastStates;
  readonly executor: HeldExecutor;
  readonly cursor: TimeTravel;
  /** The gate that the cursor is at, by its number; null at the edge. */
  at(): number | null;
  gateAt(): History["gates"][number] | null;
  /** What the cursor told last. */
  arrival(): Arrival | null;
  /** What a client shows of each stage that it was told of, as told from move to move. */
  readonly client: Map<string, unknown>;
  /** Attempts that have begun. */
  begun(): number;
  end(): Promise<void>;
}

/** A run that has made so many steps into what comes next, or ended before that, with its way back. */
async function stoppedRun(list: readonly Part[], steps: number, every: number): Promise<World> {
  const { pipeline, called } = nestedPipeline(list, 2);
  const held = heldExecutor();
  let begun = 0;
  const executor: Executor = {
    run: (attempt, emit, signal) => {
      begun += 1;
      return held.run(attempt, emit, signal);
    },
  };
  const stops = createStops("stop-on-entry", () => {});
  const journal = createMemoryJournal();
  const told: { history: History; states: PastStates; files: ReturnType<typeof createRunFiles> }[] = [];
  const { run, plan } = begin(pipeline, {
    executor,
    journal,
    plan: { pipelines: catalogOf(called), path: "own.pipeline.json" },
    gate: stops.gate,
    onEvent: (event) => {
      for (const { history, states, files } of told) {
        files.record(event);
        history.record(event);
        states.record(event);
      }
    },
  });
  const files = createRunFiles(plan, "/w/own.pipeline.json", "/w");
  const value = (ref: { ref: string }) => {
    const found = journal.value(ref);
    if (found === undefined) throw new Error(`no value ${ref.ref}`);
    return found;
  };
  const history = createHistory(plan, [], value);
  const states = createPastStates(files);
  told.push({ history, states, files });
  await settled();
  for (let step = 0; step < steps; step++) {
    const lane = [0, 1, 2, 3].find((each) => stops.waitingAt(each) !== undefined);
    if (lane !== undefined) stops.step(lane, "into", "all");
    await settled();
    if (held.running.length > 0 && !stops.isStopped()) await held.release(step % held.running.length);
    await settled();
    if (lane === undefined && held.running.length === 0) break;
  }
  let arrival: Arrival | null = null;
  const client = new Map<string, unknown>();
  const edge = { address: () => null, shown: (): Shown => ({ ...setting, ...nowhere }) };
  const setting = {
    pipelineName: "own",
    anyStage: plan.root.stages[0]?.id ?? "",
    fileAt: files.at,
    sourceOf: (path: string) => ({ path }),
  };
  const cursor = createTimeTravel({
    history,
    setting,
    edge,
    hits: {
      revision: () => 0,
      hitAt: (at) => (every > 1 && at % every === 0 ? { reason: "breakpoint", ids: [at] } : null),
    },
    arrived: (came) => {
      for (const { path, stages } of states.between(shownAt(), came.seq, came.gate?.address ?? null))
        for (const state of stages) client.set(JSON.stringify([path, state.stage]), state);
      arrival = came;
    },
  });
  /** As of which event the client shows the run. */
  const shownAt = (): number => arrival?.seq ?? -1;
  const gateAt = () => (arrival?.gate as History["gates"][number] | null | undefined) ?? null;
  return {
    plan,
    journal,
    history,
    states,
    executor: held,
    cursor,
    arrival: () => arrival,
    client,
    begun: () => begun,
    gateAt,
    at: () => {
      const gate = gateAt();
      return gate === null ? null : history.gates.indexOf(gate);
    },
    end: async () => {
      run.cancel();
      stops.letGo();
      await settled();
      // What cleans up runs all the same.
      while (held.running.length > 0) await held.release(0);
      await run.finished;
    },
  };
}

const nowhere = {
  isStopped: () => true,
  lanes: () => [],
  pointOf: () => undefined,
  scopeAt: () => {
    throw new Error("not asked");
  },
  byHand: { at: () => ({}), has: () => false },
  provider: null,
  asked: () => null,
  metrics: { of: () => null, total: () => null },
};

function walkOn(cursor: TimeTravel, move: (typeof moves)[number], number: number, { gates }: History): void {
  switch (move) {
    case "next":
      return cursor.step("over");
    case "stepIn":
      return cursor.step("into");
    case "stepOut":
      return cursor.step("out");
    case "stepBack":
      return cursor.stepBack();
    case "reverse":
      return cursor.reverse();
    case "continue":
      return cursor.resume();
    case "jump":
      return gates.length === 0 ? undefined : cursor.jump(number % gates.length);
  }
}

/** The fold of the events up to where the cursor is says the same as what is shown there. */
function expectFold({ plan, journal, history, cursor, arrival, client }: World): void {
  const came = arrival();
  if (came === null) return;
  const upTo = history.events.filter(({ seq }) => seq <= came.seq);
  const read = readStatuses(createFilesOf(plan, history));
  const statuses = new Map<string, unknown>();
  for (const event of upTo) {
    for (const { path, state } of read(event)) statuses.set(JSON.stringify([path, state.stage]), state);
  }
  for (const [key, state] of client) {
    const [, stage] = JSON.parse(key) as [string, string];
    expect(state).toEqual(statuses.get(key) ?? { stage, status: "waiting" });
  }
  for (const key of statuses.keys()) expect(client.has(key)).toBe(true);
  if (!cursor.isInPast() || came.gate === null) return;
  const folded = foldRun(upTo);
  const shown = cursor.shown();
  expect(shown.lanes().map(({ lane }) => lane)).toContain(came.gate.lane);
  const upstream = shown.scopeAt(came.gate.address).resolve("upstream");
  if (upstream?.kind !== "namespace" || came.gate.address.frames.length > 0) return;
  for (const { id } of plan.root.stages) {
    const state = folded.stages.get(addressKey({ frames: [], stage: id }));
    const seen = upstream.resolve(id);
    if (state?.status === "succeeded" && state.output !== null)
      expect(seen).toMatchObject({ kind: "stage", output: journal.value(state.output) });
    else if (state?.status !== "failed") expect(seen?.kind).toBe("absent");
  }
}

function createFilesOf(plan: RunPlan, { events }: History): ReturnType<typeof createRunFiles> {
  const files = createRunFiles(plan, "/w/own.pipeline.json", "/w");
  for (const event of events) files.record(event);
  return files;
}
