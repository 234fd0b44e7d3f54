import fc from "fast-check";
import { expect, test } from "vitest";
import { advance, emptySchedule, type RunPlan, type RunResult, resumeRun } from "#core/engine";
import { foldRun, type JournalEvent, type MemoryJournal, standingEvents } from "#core/journal";
import { addressKey } from "#core/ports";
import { cases } from "../../support/soak.ts";
import { begin, catalogOf, heldExecutor, immediate, planned, settled } from "./support/index.ts";
import { nestedPipeline, type Part, parts } from "./support/nested-pipeline.ts";

const seed = 20260409;

test(
  "a run that is cut off at any event goes on to the same end, and nothing that succeeded runs again",
  async () => {
    const orders = fc.array(fc.nat(100), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(parts, orders, fc.integer({ min: 1, max: 4 }), async (list, order, room) => {
        const whole = await runWhole(list, order, room);
        for (let cut = 1; cut < whole.journal.events.length; cut++) await goesOn(whole, cut);
      }),
      { seed, numRuns: cases(7, 1000) },
    );
  },
  cases(120_000, 3_600_000),
);

test(
  "a run that failed or was cancelled is tried again where it went wrong",
  async () => {
    const orders = fc.array(fc.nat(100), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(parts, orders, fc.nat(30), async (list, order, cancelAt) => {
        const whole = await runWhole(list, order, 3, cancelAt);
        if (whole.result.status === "succeeded") return;
        const result = await goesOn(whole, whole.journal.events.length);
        // Failures of these pipelines are written into them, so that they fail again; what was cancelled does not.
        const again = await runWhole(list, order, 3);
        // Whether a return comes before a failure elsewhere is a matter of chance.
        if (JSON.stringify(list).includes('"return"')) expect(result.status).not.toBe("cancelled");
        else if (again.result.status === "succeeded") expect(outcome(result)).toEqual(outcome(again.result));
        else expect(result.status).toBe("failed");
      }),
      { seed, numRuns: cases(150, 10_000) },
    );
  },
  cases(120_000, 3_600_000),
);

interface Whole {
  readonly pipeline: object;
  readonly called: Readonly<Record<string, object>>;
  readonly plan: RunPlan;
  readonly journal: MemoryJournal;
  readonly result: RunResult;
}

async function runWhole(
  list: readonly Part[],
  order: readonly number[],
  room: number,
  cancelAt = -1,
): Promise<Whole> {
  const { pipeline, called } = nestedPipeline(list, room);
  const executor = heldExecutor();
  const { run, journal, plan } = begin(pipeline, { executor, plan: { pipelines: catalogOf(called) } });
  await settled();
  for (let turn = 0; executor.running.length > 0; turn++) {
    if (turn === cancelAt) run.cancel();
    else await executor.release((order[turn % order.length] ?? 0) % executor.running.length);
    await settled();
  }
  return { pipeline, called, plan, journal, result: await run.finished };
}

/** Goes on from the first `count` events. */
async function goesOn(whole: Whole, count: number): Promise<RunResult> {
  // As a file keeps them: everything that counts survives being text.
  const before: JournalEvent[] = JSON.parse(JSON.stringify(whole.journal.events.slice(0, count)));
  const pipelines = catalogOf(whole.called);
  const record = { events: before, value: whole.journal.value };
  const { startFrom } = resumeRun(planned(whole.pipeline, { pipelines }), record);
  const { run, journal } = begin(whole.pipeline, {
    executor: immediate,
    runId: "run0",
    startFrom,
    plan: { pipelines },
  });
  const result = await run.finished;
  if (whole.result.status === "succeeded") expect(outcome(result)).toEqual(outcome(whole.result));

  const events = [...before, ...journal.events];
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, place) => place));
  const kept = new Set(standingEvents([...before, ...journal.events.slice(0, 1)]));
  const done = new Set(before.filter((event) => event.kind === "stage-succeeded").map(keyOf));
  // After a crash nothing that succeeded is done again; after a failure only what used what had failed.
  const isCrash = !before.some(({ kind }) => kind === "run-finished" || kind === "run-ending");
  const stays = new Set([...kept].filter((event) => event.kind === "stage-succeeded").map(keyOf));
  for (const event of journal.events) {
    if (event.kind !== "stage-started") continue;
    expect(stays.has(keyOf(event)), `${keyOf(event)} ran again`).toBe(false);
    if (isCrash) expect(done.has(keyOf(event)), `${keyOf(event)} ran again`).toBe(false);
  }
  endsOnce(standingEvents(events));
  const state = foldRun(events);
  expect(state.status).toBe(result.status);
  const statuses = Array.from(state.stages, ([key, { status }]) => [key, status] as const);
  expect(Object.fromEntries(statuses.filter(([, status]) => status !== "waiting"))).toEqual(
    Object.fromEntries(
      Array.from(foldRun(standingEvents(events)).stages, ([key, { status }]) => [key, status] as const),
    ),
  );
  const replayed = emptySchedule(planned(whole.pipeline, { pipelines }));
  for (const event of standingEvents(whole.journal.events)) advance(replayed, event, () => {});
  expect(replayed.root.remaining).toBe(0);
  return result;
}

function endsOnce(events: readonly JournalEvent[]): void {
  const ended = new Set<string>();
  for (const event of events) {
    const isEnd =
      event.kind === "stage-succeeded" ||
      event.kind === "stage-skipped" ||
      event.kind === "stage-cancelled" ||
      (event.kind === "stage-failed" && event.next.kind !== "retry");
    if (!isEnd) continue;
    expect(ended.has(keyOf(event)), `${keyOf(event)} ended twice`).toBe(false);
    ended.add(keyOf(event));
  }
}

function keyOf(event: JournalEvent): string {
  return "address" in event ? addressKey(event.address) : "";
}

/** What does not depend on which of the stages that fail beside each other is the first. */
function outcome(result: RunResult): unknown {
  return JSON.parse(
    JSON.stringify(result, (key, value) =>
      ["message", "error_message", "error", "index", "stage"].includes(key) ? null : value,
    ),
  );
}
