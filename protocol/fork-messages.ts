import * as z from "zod";

/** The version of {@link forkPlanRequest}; it rises with each change that an older other side would misread. */
export const FORK_VERSION = 1;

const edits = z.record(z.string().min(1), z.json()).readonly();

/** What a fork is of, and what is otherwise in it. */
export const forkArguments = z
  .object({
    /** The run, as `replay` names one. */
    run: z.string().min(1),
    /** The last event of it that counts; its last one without this. */
    at: z.int().min(0).exactOptional(),
    /** New values by their places, as `fm fork --set` has them: `draft.config.prompt`, `draft.output.content`, `input.name`. */
    set: edits.exactOptional(),
    /** Whether it goes on with the pipelines as they were recorded, or with the files as they are now. */
    from: z.enum(["record", "files"]).exactOptional(),
    /** Stages that run again though nothing about them has changed, as addresses name them: `draft`, `each[2]/score`. */
    again: z.array(z.string().min(1)).readonly().exactOptional(),
    /**
     * A live replay: all stages run again that had not ended before that event; from 0 on those of the whole run. With it
     * and nothing else changed the run is gone through again as it was meant, and models are asked.
     */
    againFrom: z.int().min(0).exactOptional(),
    /** Run stages again that may have had their effect. */
    repeatEffects: z.boolean().exactOptional(),
  })
  .readonly();

export type ForkArguments = z.infer<typeof forkArguments>;

const estimate = z
  .object({
    /** What the stages that run again took of models the last time. */
    calls: z.int(),
    tokens: z.int(),
    costUsd: z.number(),
    /** How many of the calls have no known cost, or did not tell their tokens. */
    unpricedCalls: z.int(),
    uncountedCalls: z.int(),
    /** Stages that may ask a model, and of whose asking nothing is known. */
    unknown: z.array(z.string()).readonly(),
  })
  .readonly();

/**
 * Custom DAP request: what a fork of the run that is looked at would do. Nothing runs for it. `at` is the event that is
 * shown where it is `shown`. The answer has the launch arguments of a session that does it.
 */
export const forkPlanRequest = {
  name: "flowmason/forkPlan",
  arguments: z
    .object({
      at: z.union([z.int().min(0), z.literal("shown"), z.literal("end")]),
      set: edits.exactOptional(),
      again: z.array(z.string().min(1)).readonly().exactOptional(),
      /** As of a fork's arguments, or from the event that is shown. */
      againFrom: z.union([z.int().min(0), z.literal("shown")]).exactOptional(),
      from: z.enum(["record", "files"]).exactOptional(),
    })
    .readonly(),
  body: z
    .object({
      version: z.literal(FORK_VERSION),
      /** Stages that are taken over. */
      kept: z.array(z.string()).readonly(),
      /** Stages that had run and run again, as far as they are reached. */
      again: z.array(z.object({ stage: z.string(), why: z.string() }).readonly()).readonly(),
      /** Stages that have not run. */
      ahead: z.array(z.string()).readonly(),
      /** Those of them that may have had an effect already: a launch needs `repeatEffects`. */
      effects: z.array(z.string()).readonly(),
      /** Stages of the record that the pipeline does not have any longer. */
      unmapped: z.array(z.string()).readonly(),
      estimate,
      launch: z.object({ fork: forkArguments, cwd: z.string() }).readonly(),
    })
    .readonly(),
} as const;

export type ForkPlan = z.infer<typeof forkPlanRequest.body>;
