import * as z from "zod";
import { defineEvent, defineRequest } from "./message.ts";

const sweptOutput = z
  .object({
    /** Where in the run it was given: `draft`, `each[2]/score`. */
    address: z.string(),
    /** For people: a text as it is, all else in lines of keys and items; cut to some 20,000 characters. */
    text: z.string(),
    cut: z.boolean(),
  })
  .readonly();

/** What the stage that is looked at gave, in one of its rounds where it has such. */
export type SweptOutput = z.infer<typeof sweptOutput>;

const sweptRun = z
  .object({
    runId: z.string(),
    status: z.enum(["not-started", "running", "succeeded", "failed", "cancelled"]),
    failure: z.string().nullable(),
    /** What the stage that is looked at gave; of a stage in a loop that of its first rounds. */
    outputs: z.array(sweptOutput).readonly(),
    /** How many more rounds gave something. */
    moreOutputs: z.int(),
    /** From where it went on from the record. */
    durationMs: z.number().nullable(),
    /** Null where no model was asked, or one did not tell. */
    tokens: z.int().nullable(),
    costUsd: z.number().nullable(),
  })
  .readonly();

/** What came of a fork, beside what it took over. */
export type SweptRun = z.infer<typeof sweptRun>;

/** Custom LSP request: what came of forks of the workspace around a folder, in the order in which they are named. */
export const forkOutcomesRequest = {
  name: "flowmason/forkOutcomes",
  params: z
    .object({ folder: z.string(), runs: z.array(z.string()).readonly(), stage: z.string() })
    .readonly(),
  result: z.object({ outcomes: z.array(sweptRun).readonly() }).readonly(),
} as const;

const sweepRow = z
  .object({
    /** As JSON writes it, cut to what a row has room for. */
    value: z.string(),
    /** Null where its fork did not begin, as the sweep was cancelled before or the launch was refused. */
    outcome: sweptRun.nullable(),
  })
  .readonly();

export type SweepRow = z.infer<typeof sweepRow>;

/** A sweep that is over: what came of each of the values. The page keeps it for when the window is loaded anew. */
export const shownSweep = z
  .object({
    /** The setting that was tried: `draft.config.prompt`. */
    place: z.string(),
    /** The run that all are forks of. */
    run: z.string(),
    /** A folder in its workspace, as a path. */
    cwd: z.string(),
    /** The stage whose outputs are shown, by its id in the file. */
    stage: z.string(),
    rows: z.array(sweepRow).readonly(),
  })
  .readonly();

export type ShownSweep = z.infer<typeof shownSweep>;

/** The page has loaded, and asks what there is. */
export const sweepReady = defineRequest("sweep/ready", { params: z.object({}), result: shownSweep });

/** Look at the fork of a row. */
export const sweepOpenRun = defineEvent("sweep/openRun", z.object({ runId: z.string() }));

/** Compare the fork of a row with the run that it is from. */
export const sweepCompareRun = defineEvent("sweep/compareRun", z.object({ runId: z.string() }));

/** Something of ours went wrong in the page. */
export const sweepDefect = defineEvent("sweep/defect", z.object({ message: z.string() }));
