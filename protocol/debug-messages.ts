import * as z from "zod";
import { parseDuration } from "#core/pipeline";
import { forkArguments } from "./fork-messages.ts";
import { pastPoint, stageRunStates } from "./run-state.ts";

const wholeNumber = { error: "must be a whole number from 1" };
const dollars = { error: "must be a number of US dollars, 0 or more" };

/** `type` of our launch configurations. */
export const DEBUG_TYPE = "flowmason";

/**
 * What a `launch` request holds, and a launch configuration too; package.json's schema says the same (a test compares).
 * Unknown keys are the client's own (`name`, `type`, `__sessionId` …) and are left alone.
 */
export const launchArguments = z
  .looseObject({
    /** The pipeline file, absolute. Not needed beside `replay` and `fork`. */
    pipeline: z.string().min(1).exactOptional(),
    /**
     * A recorded run to look at, in place of running one: a file that a run or `fm export` wrote, or of the workspace
     * around `cwd` a run's id, the beginning or the end of one, or `latest`.
     */
    replay: z.string().min(1).exactOptional(),
    /** A run that goes on from a recorded one, with something changed. */
    fork: forkArguments.exactOptional(),
    /** The run's input as a value. */
    input: z.json().exactOptional(),
    /** A JSON file with the run's input, absolute or relative to `cwd`. */
    inputFile: z.string().exactOptional(),
    /** Stop before the first stage. */
    stopOnEntry: z.boolean().exactOptional(),
    /** Which branches stop where one does: all of them, or that one. */
    stopBranches: z.enum(["all", "one"]).exactOptional(),
    /** Whether stages that are pinned are skipped, with what they are pinned to as their output. */
    pins: z.enum(["honour", "ignore"]).exactOptional(),
    /** Use this provider for every stage. */
    provider: z.string().exactOptional(),
    /** What `env` holds in expressions, and where keys of providers are looked up, over the process's own. */
    env: z.record(z.string(), z.string()).exactOptional(),
    /** The folder that `pipeline`, `inputFile` and cassettes are relative to; without it the pipeline's own. */
    cwd: z.string().exactOptional(),
    /** `false` leaves no record of the run in the workspace. */
    record: z.boolean().exactOptional(),
    /** The tokens that its models may use at most. */
    maxTokens: z.int(wholeNumber).min(1, wholeNumber).exactOptional(),
    /** The US dollars that they may cost at most. */
    maxCost: z.number(dollars).min(0, dollars).exactOptional(),
    /** How long it may take at most, without the time in which it stands still: `30s`, `10m`. */
    maxTime: z
      .string()
      .refine((text) => (parseDuration(text) ?? 0) > 0, { error: 'must be a time such as "30s" or "10m"' })
      .exactOptional(),
    /** The file to write down in what models answer, absolute or relative to `cwd`. */
    recordCassette: z.string().min(1).exactOptional(),
    /** The file to answer from in place of models. */
    replayCassette: z.string().min(1).exactOptional(),
    /** The client answers for VS Code's models, by this version of model-messages.ts. Our extension sets it. */
    modelRequests: z.int().exactOptional(),
    /** Run without stopping anywhere. VS Code sets it. */
    noDebug: z.boolean().exactOptional(),
  })
  .refine(
    ({ recordCassette, replayCassette }) => recordCassette === undefined || replayCassette === undefined,
    {
      path: ["replayCassette"],
      error: "cannot be given beside recordCassette",
    },
  )
  .refine(
    ({ pipeline, replay, fork }) =>
      [pipeline, replay, fork].filter((each) => each !== undefined).length === 1,
    {
      path: ["pipeline"],
      error: "must be given, and only where there is no replay and no fork",
    },
  )
  .readonly();

/** What an `attach` request holds, and a configuration to attach too. */
export const attachArguments = z
  .looseObject({
    /** Where the run listens on this machine, for whoever connects to it. */
    port: z.int().min(1).max(65535).exactOptional(),
    /** Stop before the next stage that begins. */
    stopOnEntry: z.boolean().exactOptional(),
    /** Which branches stop where one does: all of them, or that one. */
    stopBranches: z.enum(["all", "one"]).exactOptional(),
  })
  .readonly();

export type LaunchArguments = z.infer<typeof launchArguments>;

/** Custom DAP request: the run goes on to a stage, once, as to a breakpoint that is gone with the next stop. */
export const runToRequest = {
  name: "flowmason/runTo",
  arguments: z
    .object({
      /** The file that the stage is written in, absolute. */
      path: z.string().min(1),
      stage: z.string().min(1),
    })
    .readonly(),
} as const;

/** Custom DAP request: the stage that a branch is stopped before is left out. */
export const skipStageRequest = {
  name: "flowmason/skipStage",
  arguments: z.object({ threadId: z.int().min(1) }).readonly(),
} as const;

/** Custom DAP request: the stage that a branch is stopped after is tried again, and stops before its next attempt. */
export const retryStageRequest = {
  name: "flowmason/retryStage",
  arguments: z.object({ threadId: z.int().min(1) }).readonly(),
} as const;

/**
 * Custom DAP request: the answer that a stage is getting from its model is cut off, and what has come of it is all of it.
 * Where the branch is stopped in the midst of the answer it goes on.
 */
export const keepPartialRequest = {
  name: "flowmason/keepPartial",
  arguments: z.object({ threadId: z.int().min(1) }).readonly(),
} as const;

/**
 * Custom DAP request: function breakpoints, by their names, that write a message and do not stop. DAP has no place for these.
 * What was said before in this way no longer counts.
 */
export const functionLogMessagesRequest = {
  name: "flowmason/functionLogMessages",
  arguments: z.object({ messages: z.record(z.string(), z.string()).readonly() }).readonly(),
} as const;

/** Custom DAP event from the adapter, at most some 20 times a second: what changed in the run since the last one. */
export const runStateEvent = {
  name: "flowmason/runState",
  body: z
    .object({
      /** The file whose stages these are, absolute. */
      path: z.string(),
      stages: stageRunStates,
      /** The stage the run is stopped before; null while it runs. */
      stoppedAt: z.string().nullable(),
      /** Where what is told is how the run was; null or not there: it is how it is. */
      past: pastPoint.nullable().exactOptional(),
    })
    .readonly(),
} as const;

export type RunStateBody = z.infer<typeof runStateEvent.body>;
