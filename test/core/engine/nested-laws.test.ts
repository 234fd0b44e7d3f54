import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advance, emptySchedule } from "#core/engine";
import { foldRun, type JournalEvent } from "#core/journal";
import { addressKey } from "#core/ports";
import { begin, heldExecutor, planned, settled } from "./support/index.ts";
import { nestedPipeline, parts } from "./support/nested-pipeline.ts";

const seed = 20260102;

describe("control flow that nests at random", () => {
  test("never stands still, ends every stage of every frame once, and leaves nothing open", async () => {
    await fc.assert(
      fc.asyncProperty(
        parts,
        fc.array(fc.nat(100), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(60),
        async (list, order, room, cancelAt) => {
          const pipeline = nestedPipeline(list, room);
          const executor = heldExecutor();
          const { run, journal, plan } = begin(pipeline, { executor });
          await settled();
          for (let turn = 0; executor.running.length > 0; turn++) {
            if (turn === cancelAt) run.cancel();
            else await executor.release((order[turn % order.length] ?? 0) % executor.running.length);
            await settled();
            expect(executor.running.length).toBeLessThanOrEqual(room);
          }
          const result = await run.finished;

          const last = journal.events.at(-1);
          expect(last).toMatchObject({ kind: "run-finished", status: result.status });
          const ends = endsOf(journal.events);
          for (const [key, count] of ends) expect([key, count]).toEqual([key, 1]);
          const state = foldRun(journal.events);
          for (const [key, { status }] of state.stages) expect([key, status]).not.toEqual([key, "running"]);
          expect(ends.size).toBe(state.stages.size);
          expect(state.stages.size).toBe(stagesIn(journal.events, plan));

          const replayed = emptySchedule(planned(pipeline));
          // As a file keeps them: everything that counts survives being text.
          for (const event of journal.events) advance(replayed, JSON.parse(JSON.stringify(event)));
          expect([replayed.root.remaining, replayed.occupied, replayed.frames.size]).toEqual([0, 0, 1]);
        },
      ),
      { seed, numRuns: 150 },
    );
  });
});

function endsOf(events: readonly JournalEvent[]): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const event of events) {
    const isEnd =
      event.kind === "stage-succeeded" ||
      event.kind === "stage-skipped" ||
      event.kind === "stage-cancelled" ||
      (event.kind === "stage-failed" && event.next.kind !== "retry");
    if (!isEnd) continue;
    const key = addressKey(event.address);
    ends.set(key, (ends.get(key) ?? 0) + 1);
  }
  return ends;
}

/** How many stages all frames that began have together. */
function stagesIn(events: readonly JournalEvent[], plan: ReturnType<typeof planned>): number {
  let count = plan.root.stages.length;
  for (const event of events) {
    if (event.kind === "iteration-started")
      count += plan.stages.get(event.address.stage)?.owns.get("loop")?.stages.length ?? 0;
    if (event.kind === "arm-started")
      count += plan.stages.get(event.address.stage)?.owns.get(event.arm)?.stages.length ?? 0;
  }
  return count;
}
