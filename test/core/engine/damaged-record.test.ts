import fc from "fast-check";
import { expect, test } from "vitest";
import { RecordFault, resumeRun } from "#core/engine";
import type { JournalEvent } from "#core/journal";
import { cases } from "../../support/soak.ts";
import { begin, catalogOf, immediate, planned } from "./support/index.ts";
import { nestedPipeline, parts } from "./support/nested-pipeline.ts";

test(
  "a run goes on from a record that lacks an event, or says that the record does not fit together",
  async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(parts, async (list) => {
        const { pipeline, called } = nestedPipeline(list, 2);
        const plan = { pipelines: catalogOf(called) };
        const { run, journal } = begin(pipeline, { executor: immediate, plan });
        await run.finished;
        // Without its end, as after a crash, so that the rest counts as it is.
        const whole = journal.events.slice(0, -1);
        for (const lost of whole.slice(1)) {
          const events = renumbered(whole.filter((event) => event !== lost));
          const { startFrom } = resumeRun(planned(pipeline, plan), { events, value: journal.value });
          const again = begin(pipeline, { executor: immediate, runId: "run0", startFrom, plan });
          try {
            const { status } = await again.run.finished;
            expect(["succeeded", "failed", "cancelled"]).toContain(status);
          } catch (error) {
            expect(error).toBeInstanceOf(RecordFault);
            // What does not fit is found before anything is done.
            expect(again.journal.events).toEqual([]);
            refused += 1;
          }
        }
      }),
      { seed: 20261126, numRuns: cases(5, 1000) },
    );
    expect(refused).toBeGreaterThan(10);
  },
  cases(120_000, 3_600_000),
);

function renumbered(events: readonly JournalEvent[]): readonly JournalEvent[] {
  return events.map((event, seq) => ({ ...event, seq }));
}
