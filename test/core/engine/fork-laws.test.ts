import fc from "fast-check";
import { expect, test } from "vitest";
import { changesBetween, forkRun, type RunPlan, type RunResult } from "#core/engine";
import { foldRun, type JournalEvent, type MemoryJournal } from "#core/journal";
import type { JsonObject } from "#core/ports";
import { cases } from "../../support/soak.ts";
import { begin, catalogOf, heldExecutor, immediate, planned, settled } from "./support/index.ts";
import { type NestedPipelines, nestedPipeline, parts } from "./support/nested-pipeline.ts";

const seed = 20260410;
const orders = fc.array(fc.nat(100), { minLength: 1, maxLength: 20 });

test(
  "a fork with an edited stage ends as a new run of the edited pipeline does",
  async () => {
    await fc.assert(
      fc.asyncProperty(parts, orders, fc.nat(1000), fc.nat(2), async (list, order, which, how) => {
        const written = nestedPipeline(list, 3);
        const edited = editOneStep(written, which, ["value", "fail", "heal"][how] ?? "value");
        if (edited === null) return;
        const before = await run(written, order);
        const fresh = await run(edited.pipelines, [0]);
        const { result, events } = await fork(before, edited.pipelines);
        // Which of those that fail or return beside each other is the first is a matter of chance.
        if (fresh.result.status === "succeeded" && !JSON.stringify(list).includes('"return"'))
          expect(outcome(result)).toEqual(outcome(fresh.result));
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, place) => place));
        expect(foldRun(events).status).toBe(result.status);
      }),
      { seed, numRuns: cases(120, 10_000) },
    );
  },
  cases(120_000, 3_600_000),
);

test(
  "a fork in which nothing is edited runs nothing again and ends as its original did",
  async () => {
    await fc.assert(
      fc.asyncProperty(parts, orders, async (list, order) => {
        const written = nestedPipeline(list, 3);
        const before = await run(written, order);
        if (before.result.status !== "succeeded") return;
        const { result, ran } = await fork(before, written);
        expect(result).toEqual(before.result);
        expect(ran).toEqual([]);
      }),
      { seed, numRuns: cases(150, 10_000) },
    );
  },
  cases(120_000, 3_600_000),
);

interface Ran {
  readonly plan: RunPlan;
  readonly journal: MemoryJournal;
  readonly result: RunResult;
}

async function run({ pipeline, called }: NestedPipelines, order: readonly number[]): Promise<Ran> {
  const executor = heldExecutor();
  const begun = begin(pipeline, { executor, plan: { pipelines: catalogOf(called) } });
  await settled();
  for (let turn = 0; executor.running.length > 0; turn++) {
    await executor.release((order[turn % order.length] ?? 0) % executor.running.length);
    await settled();
  }
  return { plan: begun.plan, journal: begun.journal, result: await begun.run.finished };
}

async function fork(
  before: Ran,
  { pipeline, called }: NestedPipelines,
): Promise<{
  readonly result: RunResult;
  readonly events: readonly JournalEvent[];
  readonly ran: readonly string[];
}> {
  const pipelines = catalogOf(called);
  const plan = planned(pipeline, { pipelines });
  const seq = before.journal.events.length - 1;
  const { startFrom } = forkRun(
    plan,
    before.journal,
    { runId: "run0", seq, changes: [] },
    { changeOf: changesBetween(before.plan, plan), outputOf: () => undefined },
  );
  const begun = begin(pipeline, { executor: immediate, runId: "fork", startFrom, plan: { pipelines } });
  const result = await begun.run.finished;
  const { events, value } = begun.journal;
  const resumedAt = events.findIndex(({ kind }) => kind === "run-resumed");
  for (const event of events) if (event.kind === "stage-succeeded") expect(value(event.output)).toBeDefined();
  const ran = events
    .slice(resumedAt)
    .flatMap((event) => (event.kind === "stage-started" ? [event.address.stage] : []));
  return { result, events, ran };
}

/** The same pipelines with one step told to give another value, to fail, or not to fail. */
function editOneStep(
  { pipeline, called }: NestedPipelines,
  which: number,
  how: string,
): { readonly pipelines: NestedPipelines } | null {
  const copy: { readonly pipeline: JsonObject; readonly called: Record<string, JsonObject> } = JSON.parse(
    JSON.stringify({ pipeline, called }),
  );
  const steps = [copy.pipeline, ...Object.values(copy.called)]
    .flatMap(({ stages }) => stages as { component_type: string; config: Record<string, unknown> }[])
    .filter(({ component_type }) => component_type === "step");
  const step = steps[which % Math.max(1, steps.length)];
  if (step === undefined) return null;
  if (how === "value") step.config = { value: "edited" };
  else step.config = how === "fail" ? { fail: "EXECUTION" } : {};
  return { pipelines: copy };
}

function outcome(result: RunResult): unknown {
  return JSON.parse(
    JSON.stringify(result, (key, value) =>
      ["message", "error_message", "error", "index", "stage", "run_id"].includes(key) ? null : value,
    ),
  );
}
