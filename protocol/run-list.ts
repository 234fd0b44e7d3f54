import * as z from "zod";

/** How a recorded run is, as `fm runs` says it. */
const status = z.enum([
  "succeeded",
  "failed",
  "cancelled",
  "running",
  "waiting",
  "cut-off",
  "crashed",
  "unreadable",
]);

const listedRun = z
  .object({
    runId: z.string(),
    status,
    /** The pipeline's name; null where its record does not tell. */
    pipeline: z.string().nullable(),
    /** Milliseconds since 1970. */
    startedAt: z.number().nullable(),
    finishedAt: z.number().nullable(),
    /** The stage that it failed at. */
    failedAt: z.string().nullable(),
    /** The run that it was forked from, the last event of that one that counts, and what was changed. */
    fork: z
      .object({ runId: z.string(), seq: z.int(), changes: z.array(z.string()).readonly() })
      .readonly()
      .nullable(),
  })
  .readonly();

/** A recorded run as a list shows it. */
export type ListedRun = z.infer<typeof listedRun>;

/** Custom LSP request: the newest recorded runs of the workspace that a folder is in. */
export const runsRequest = {
  name: "flowmason/runs",
  params: z.object({ folder: z.string(), limit: z.int().positive() }).readonly(),
  result: z
    .object({
      /** The workspace's root, as a path. */
      root: z.string(),
      /** The newest first. */
      runs: z.array(listedRun).readonly(),
      /** How many there are in all. */
      total: z.int(),
    })
    .readonly(),
} as const;

const familyRun = z
  .object({
    runId: z.string(),
    /** Null for a run that others were forked from, and that is not there any longer. */
    run: listedRun.nullable(),
    /** 0 for the run that the tree begins with. */
    depth: z.int(),
  })
  .readonly();

/** A line of a tree of forks. */
export type FamilyRow = z.infer<typeof familyRun>;

/** Custom LSP request: the tree of forks that a recorded run of the workspace around a folder is in; empty for none. */
export const forkFamilyRequest = {
  name: "flowmason/forkFamily",
  params: z.object({ folder: z.string(), runId: z.string() }).readonly(),
  result: z.object({ rows: z.array(familyRun).readonly() }).readonly(),
} as const;

export type RunsAnswer = z.infer<typeof runsRequest.result>;

/** Custom LSP request: the text that the pipeline of a recorded run had as it ran. */
export const runPipelineRequest = {
  name: "flowmason/runPipeline",
  params: z.object({ folder: z.string(), runId: z.string() }).readonly(),
  result: z
    .object({
      text: z.string(),
      /** In the workspace, with `/`; null where it came from elsewhere. */
      path: z.string().nullable(),
    })
    .readonly(),
} as const;

export type RunPipelineAnswer = z.infer<typeof runPipelineRequest.result>;

/** Custom LSP request: takes a file of a run or of traces, by its path, into the workspace that a folder is in. */
export const importRunRequest = {
  name: "flowmason/importRun",
  params: z.object({ folder: z.string(), file: z.string() }).readonly(),
  result: z
    .object({
      /** The workspace's root, as a path. */
      root: z.string(),
      runs: z.array(z.string()).readonly(),
      /** What of it was not taken in, in sentences. */
      notes: z.array(z.string()).readonly(),
    })
    .readonly(),
} as const;

export type ImportedRuns = z.infer<typeof importRunRequest.result>;
