import fc from "fast-check";
import { test } from "vitest";
import { partsOf } from "../core/engine/support/nested-pipeline.ts";
import { cases } from "../support/soak.ts";
import { holdToFork } from "./live/fork-from.ts";
import { holdToRecord } from "./live/held-to-the-record.ts";
import { move, moves } from "./live/moves.ts";
import { pipelineFiles } from "./live/pipeline-files.ts";
import { beginWalk, endWalk, leaveWalk } from "./live/walk.ts";

const seed = 20_261_129;
const walks = fc.array(fc.tuple(fc.constantFrom(...moves), fc.nat(1000)), {
  minLength: 15,
  maxLength: 40,
  size: "max",
});
const branches = fc.constantFrom("all" as const, "one" as const);

test(
  "TT-02 TT-03 wherever a walk leads, live and back, what a client sees is what the journal folds to, and nothing begins in the past",
  async () => {
    await fc.assert(
      fc.asyncProperty(partsOf(4), branches, walks, async (list, stopBranches, walk) => {
        const world = await beginWalk(pipelineFiles(list), stopBranches);
        try {
          for (const [name, number] of walk) {
            if (world.shown.isOver()) break;
            await move(world, name, number);
          }
          await endWalk(world);
          await holdToRecord(world);
          await holdToFork(world);
        } finally {
          await leaveWalk(world);
        }
      }),
      // What hangs takes long to tell, and shorter walks would be other ones: files and timers take their own time.
      { seed, numRuns: cases(12, 2000), endOnFailure: true },
    );
  },
  cases(120_000, 3_600_000),
);
