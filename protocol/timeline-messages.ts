import * as z from "zod";

/** The version of the messages of this file; it rises with each change that an older other side would misread. */
export const TIMELINE_VERSION = 1;

/** Moments that one answer has at most. */
export const MOST_MOMENTS = 500;

/** Parts that an overview has at most. */
export const MOST_PARTS = 400;

const momentKind = z.enum([
  "run-began",
  "began",
  "succeeded",
  "cached",
  "failed",
  "retried",
  "skipped",
  "cancelled",
  "said",
  "asked",
  "round",
  "arm",
  "call",
  "went-on",
  "run-ended",
]);

export type MomentKind = z.infer<typeof momentKind>;

const moment = z
  .object({
    /** The number of its event in the journal. */
    seq: z.int(),
    /** Milliseconds since the run began. */
    ms: z.number(),
    kind: momentKind,
    /** The stage that it is about, as people see it: `each[2]/draft`; empty for the run as a whole. */
    stage: z.string(),
    /** What happened, in some 200 characters at most, whatever the values of the run are. */
    text: z.string(),
    /** Whether a breakpoint that is set now stops there; false for all while the run is on. */
    breakpoint: z.boolean(),
    /** True for what a fork took over from another run, or a run that went on had done before. */
    recorded: z.boolean(),
  })
  .readonly();

/** Something that happened in a run, with the snapshot of the run that belongs to it. */
export type Moment = z.infer<typeof moment>;

const timelineRun = z
  .object({
    /** The id that its journal has. */
    id: z.string(),
    /** A folder in its workspace, absolute. */
    cwd: z.string(),
    /** The run that it was forked from, the last event of that one that counts, and what was changed. */
    fork: z
      .object({ runId: z.string(), seq: z.int(), changes: z.array(z.string()).readonly() })
      .readonly()
      .nullable(),
  })
  .readonly();

/** The recorded run that a timeline is of. */
export type TimelineRun = z.infer<typeof timelineRun>;

const timelineState = z
  .object({
    /** Null where nothing is launched yet, and where the run is not recorded. */
    run: timelineRun.nullable(),
    /** How many moments there are; a run that is on adds to them. */
    total: z.int(),
    /** The moment that is shown; null at the edge, which is where a run stands now, or the end of a record. */
    cursor: z.int().nullable(),
    edge: z.enum(["live", "record"]),
    /** Whether it can be jumped now, as nothing runs. */
    stopped: z.boolean(),
    /** Which breakpoints there are: another number says that others stop. */
    breakpoints: z.int(),
  })
  .readonly();

/** How long a timeline is, and where the session stands on it. */
export type TimelineState = z.infer<typeof timelineState>;

/**
 * Custom DAP request: a part of the timeline of what is launched. From then on the client is told of changes by
 * {@link timelineEvent}. Before anything is launched there are no moments.
 */
export const timelineRequest = {
  name: "flowmason/timeline",
  arguments: z
    .object({
      /** The first moment that is asked for, from 0. */
      start: z.int().min(0),
      count: z.int().min(0).max(MOST_MOMENTS),
    })
    .readonly(),
  body: z
    .object({
      version: z.literal(TIMELINE_VERSION),
      state: timelineState,
      moments: z.array(moment).readonly(),
    })
    .readonly(),
} as const;

const part = z.enum(["quiet", "ran", "recorded", "failed", "breakpoint"]);

/** What stands out in a part of a timeline. */
export type TimelinePart = z.infer<typeof part>;

/** Custom DAP request: the whole timeline in equal parts, for each of them what stands out in it. */
export const timelineOverviewRequest = {
  name: "flowmason/timelineOverview",
  arguments: z.object({ parts: z.int().min(1).max(MOST_PARTS) }).readonly(),
  body: z.object({ version: z.literal(TIMELINE_VERSION), parts: z.array(part).readonly() }).readonly(),
} as const;

/** Custom DAP request: shows the run as of a moment; from `total` on, of the edge. A `stopped` event follows. */
export const jumpRequest = {
  name: "flowmason/jump",
  arguments: z.object({ moment: z.int().min(0) }).readonly(),
} as const;

/** Custom DAP event to a client that has asked for a timeline, at most some 20 times a second: it is another now. */
export const timelineEvent = { name: "flowmason/timelineChanged", body: timelineState } as const;
