import * as z from "zod";
import { diffRequest } from "./diff-messages.ts";

/** A number of each run; null in a run that has none. */
const figure = z.object({ before: z.number().nullable(), after: z.number().nullable() }).readonly();

export type RunFigure = z.infer<typeof figure>;

/** How something ended in each run, in words of the journal; null in the run that never came to it. */
const outcome = z.object({ before: z.string().nullable(), after: z.string().nullable() }).readonly();

const figures = {
  outcome,
  durationMs: figure,
  tokens: figure,
  /** In US dollars. */
  costUsd: figure,
};

const comparedStage = z
  .object({
    /** As people write it: `each[2]/draft`. */
    address: z.string(),
    /** The stage of the pipeline itself that it belongs to, by its id in the newer pipeline. */
    stage: z.string(),
    /** Whether status, inputs and output are alike. */
    alike: z.boolean(),
    ...figures,
  })
  .readonly();

/** How a stage went in two runs. */
export type ComparedStageRuns = z.infer<typeof comparedStage>;

/** What two runs did, beside what their pipelines say. */
export const comparedRuns = z
  .object({
    /** Whether everything is alike but times and tokens. */
    alike: z.boolean(),
    /** The address of the stage that differs and began first. */
    firstDivergent: z.string().nullable(),
    run: z.object(figures).readonly(),
    /** In the order in which they were first heard of. */
    stages: z.array(comparedStage).readonly(),
    /** How many stages, and how many differences of values, are not told, as there are too many. */
    leftOut: z.object({ stages: z.int(), changes: z.int() }).readonly(),
  })
  .readonly();

export type ComparedRuns = z.infer<typeof comparedRuns>;

const recordedText = z.string().nullable();

/**
 * Custom LSP request: two recorded runs of the workspace that a folder is in. `answer` has what is different between
 * their pipelines and, with the kind `run-differs`, between what the runs took and gave.
 */
export const compareRunsRequest = {
  name: "flowmason/compareRuns",
  params: z.object({ folder: z.string(), before: z.string(), after: z.string() }).readonly(),
  result: z
    .object({
      /** The texts of both pipelines as they ran; null where a record does not have it. */
      texts: z.object({ before: recordedText, after: recordedText }).readonly(),
      answer: diffRequest.result,
      runs: comparedRuns,
    })
    .readonly(),
} as const;

export type RunComparisonAnswer = z.infer<typeof compareRunsRequest.result>;
