import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advance, emptySchedule, type Schedule } from "#core/engine";
import { foldRun, type JournalEvent } from "#core/journal";
import { type AttemptEvent, addressKey, type JsonObject } from "#core/ports";
import {
  begin,
  finish,
  type HeldExecutor,
  heldExecutor,
  immediate,
  outcomeOf,
  pipelineOf,
  planned,
  settled,
  stage,
  statuses,
  type TestRun,
} from "./support/index.ts";

const seed = 20260101;

/** A random pipeline: each stage depends on some before it, and its value is made of theirs. */
const dag = fc
  .array(
    fc.record({
      picks: fc.array(fc.nat(), { maxLength: 3 }),
      declared: fc.boolean(),
      fails: fc.constantFrom("no", "no", "no", "no", "tolerated", "fatal"),
      enabled: fc.constantFrom(true, true, true, false),
    }),
    {
      minLength: 1,
      maxLength: 25,
    },
  )
  .map((rows) =>
    rows.map(({ picks, declared, fails, enabled }, index) => {
      const upstream = index === 0 ? [] : [...new Set(picks.map((pick) => `s${pick % index}`))];
      const value = `${index}(${upstream.map((id) => `{{ upstream.${id} ?? "-" }}`).join(",")})`;
      return { id: `s${index}`, upstream, value, declared, fails, enabled };
    }),
  );

type Row = (typeof dag extends fc.Arbitrary<infer T> ? T : never)[number];

function asPipeline(rows: readonly Row[], more: { readonly calm: boolean }): JsonObject {
  return pipelineOf(
    ...rows.map(({ id, upstream, value, declared, fails, enabled }) =>
      stage(id, "step", !more.calm && fails !== "no" ? { value, fail: "EXECUTION" } : { value }, {
        ...(declared ? { depends_on: upstream } : {}),
        ...(fails === "tolerated" ? { on_error: "continue" } : {}),
        ...(more.calm ? {} : { enabled }),
      }),
    ),
  );
}

async function finishInOrder(held: TestRun, executor: HeldExecutor, order: readonly number[]): Promise<void> {
  await settled();
  for (let turn = 0; executor.running.length > 0; turn++) {
    await executor.release((order[turn % order.length] ?? 0) % executor.running.length);
  }
  await held.run.finished;
}

const picks = fc.array(fc.nat(100), { minLength: 1, maxLength: 20 });

describe("laws of the engine", () => {
  test("in whatever order stages end, the outputs are the same", async () => {
    await fc.assert(
      fc.asyncProperty(dag, picks, fc.integer({ min: 1, max: 5 }), async (rows, order, room) => {
        const pipeline = { ...asPipeline(rows, { calm: true }), concurrency: { max_parallel: room } };
        const executor = heldExecutor();
        const held = begin(pipeline, { executor });
        await finishInOrder(held, executor, order);
        const { result } = await finish(pipeline);
        expect(await held.run.finished).toEqual(result);
        expect(result.status).toBe("succeeded");
      }),
      { seed, numRuns: 80 },
    );
  });

  test("every stage ends in exactly one way, and none starts before those it depends on have ended", async () => {
    await fc.assert(
      fc.asyncProperty(dag, picks, async (rows, order) => {
        const executor = heldExecutor();
        const held = begin(asPipeline(rows, { calm: false }), { executor });
        await finishInOrder(held, executor, order);
        const ends = new Map<string, number>();
        for (const event of held.journal.events) {
          if (event.kind === "stage-started") {
            const row = rows.find(({ id }) => id === event.address.stage);
            for (const id of row?.upstream ?? []) expect([id, ends.get(id)]).toEqual([id, 1]);
          }
          const key = finalKey(event);
          if (key !== null) ends.set(key, (ends.get(key) ?? 0) + 1);
        }
        expect(Object.fromEntries(ends)).toEqual(Object.fromEntries(rows.map(({ id }) => [id, 1])));
      }),
      { seed, numRuns: 80 },
    );
  });

  test("the schedule folded from the journal again is the one the run had, event by event", async () => {
    await fc.assert(
      fc.asyncProperty(dag, picks, async (rows, order) => {
        const executor = heldExecutor();
        const live: string[] = [];
        const pipeline = asPipeline(rows, { calm: false });
        const replayed = emptySchedule(planned(pipeline));
        const held = begin(pipeline, {
          executor,
          onEvent: (event) => {
            advance(replayed, event, () => {});
            live.push(picture(replayed));
          },
        });
        await finishInOrder(held, executor, order);
        const again = emptySchedule(planned(pipeline));
        const pictures = held.journal.events.map((event) => {
          advance(again, event, () => {});
          return picture(again);
        });
        expect(pictures).toEqual(live);
        expect(again.root.remaining).toBe(0);
        expect(again.occupied).toBe(0);
      }),
      { seed, numRuns: 60 },
    );
  });

  test("cancelled at any point, nothing is left running", async () => {
    await fc.assert(
      fc.asyncProperty(dag, picks, fc.nat(30), async (rows, order, when) => {
        const executor = heldExecutor();
        const held = begin(asPipeline(rows, { calm: false }), { executor });
        await settled();
        for (let turn = 0; turn < when && executor.running.length > 0; turn++) {
          await executor.release((order[turn % order.length] ?? 0) % executor.running.length);
        }
        held.run.cancel();
        await held.run.finished;
        expect(executor.running).toEqual([]);
        const ended = new Set(["succeeded", "failed", "skipped", "cancelled"]);
        const all = statuses(foldRun(held.journal.events));
        expect(Object.keys(all)).toHaveLength(rows.length);
        for (const status of Object.values(all)) expect(ended).toContain(status);
      }),
      { seed, numRuns: 80 },
    );
  });

  test("results of a loop are aligned with its items, in whatever order and however they end", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 12 }),
        picks,
        fc.integer({ min: 1, max: 6 }),
        async (fates, order, parallel) => {
          const executor = heldExecutor();
          const held = begin(
            pipelineOf(
              stage("each", "foreach", {
                items: fates,
                parallel,
                break_on_error: false,
                loop_stages: ["body"],
              }),
              stage("body", "step", { value: "{{ index }}:{{ item }}" }),
            ),
            { executor },
          );
          await settled();
          for (let turn = 0; executor.running.length > 0; turn++) {
            const place = (order[turn % order.length] ?? 0) % executor.running.length;
            const attempt = executor.running[place];
            const [frame] = attempt?.address.frames ?? [];
            const fails = frame?.kind === "iteration" && fates[frame.index] === false;
            const event: AttemptEvent | undefined = fails
              ? { kind: "failed", failure: { type: "EXECUTION", message: "no", recoverable: false } }
              : undefined;
            await executor.release(place, event);
          }
          const output = (await held.run.finished).output as JsonObject;
          expect(output["results"]).toEqual(fates.map((fate, index) => (fate ? `${index}:true` : null)));
        },
      ),
      { seed, numRuns: 60 },
    );
  });

  test("whether an executor answers at once or later, every stage ends the same way", async () => {
    await fc.assert(
      fc.asyncProperty(dag, async (rows) => {
        const tolerant = rows.map((row) =>
          row.fails === "fatal" ? { ...row, fails: "tolerated" as const } : row,
        );
        const pipeline = asPipeline(tolerant, { calm: false });
        const now = begin(pipeline, { executor: immediate });
        const later = begin(pipeline, {
          executor: {
            run: async (attempt, emit) => {
              await Promise.resolve();
              emit(outcomeOf(attempt));
            },
          },
        });
        expect(await later.run.finished).toEqual(await now.run.finished);
        expect(statuses(foldRun(later.journal.events))).toEqual(statuses(foldRun(now.journal.events)));
      }),
      { seed, numRuns: 50 },
    );
  });
});

function finalKey(event: JournalEvent): string | null {
  const isEnd =
    event.kind === "stage-succeeded" ||
    event.kind === "stage-skipped" ||
    event.kind === "stage-cancelled" ||
    (event.kind === "stage-failed" && event.next.kind !== "retry");
  return isEnd ? addressKey(event.address) : null;
}

function picture({ root, queue, occupied }: Schedule): string {
  return JSON.stringify([
    [...root.phases],
    [...root.waits],
    root.remaining,
    root.ending,
    queue.head,
    queue.slots.map((slot) => slot?.index),
    occupied,
  ]);
}
