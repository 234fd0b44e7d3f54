import * as z from "zod";
import type { StageStatus } from "#core/journal";

/**
 * `cached`: it has succeeded with an output of an earlier run, and did not run. `recorded`: it had succeeded before the run
 * went on from a record, or was forked from one, and was taken over.
 */
const stageStatus = z.enum([
  "waiting",
  "running",
  "succeeded",
  "cached",
  "recorded",
  "failed",
  "skipped",
  "cancelled",
]) satisfies z.ZodType<StageStatus | "cached" | "recorded">;

const stageRunState = z
  .object({
    /** The stage's id as in the file; with several rounds, what stands for all of them. */
    stage: z.string(),
    status: stageStatus,
    /** A short text beside the status: an error, a reason to skip, "3 of 7". */
    note: z.string().exactOptional(),
  })
  .readonly();

/** What a stage of a run looks like from outside. */
export type StageRunState = z.infer<typeof stageRunState>;

/** Stages in any order; each at most once. */
export const stageRunStates: z.ZodType<readonly StageRunState[]> = z.array(stageRunState).readonly();

/** A point of a run's journal: what is shown is how the run was after the event of that number, of `last`. */
export const pastPoint = z.object({ event: z.int(), last: z.int() }).readonly();

export type PastPoint = z.infer<typeof pastPoint>;
