import * as z from "zod";

/** The version of {@link traceValueRequest}; it rises with each change that an older other side would misread. */
export const TRACE_VERSION = 1;

const causes = [
  "passed",
  "computed",
  "made",
  "cached",
  "by-hand",
  "written",
  "default",
  "given",
  "around",
  "absent",
  "unknown",
] as const;

const traceStep = z
  .object({
    /** The place in words: `draft.title`, `inputs of report.text`, `vars.total`. */
    place: z.string(),
    cause: z.enum(causes),
    /** How the value came there, in words; some 200 characters at most. */
    text: z.string(),
    /** The beginning of the value, some 200 characters at most; null where the record does not have it. */
    preview: z.string().nullable(),
    /** The stage at which that was, as addresses name it: `each[2]/draft`; null for the run itself. */
    stage: z.string().nullable(),
    /** Where that stage is written: its id, its file (absolute) and the line in it, from 1; null for the run itself. */
    written: z.object({ id: z.string(), path: z.string(), line: z.int() }).readonly().nullable(),
    /** From 1; null where there was no attempt. */
    attempt: z.int().nullable(),
    /** The number of the event in the journal by which it came there; null where that is still to come. */
    event: z.int().nullable(),
    /** The moment of the timeline that shows the run as it was then; null where `event` is. */
    moment: z.int().nullable(),
  })
  .readonly();

/** A place on the way of a value, and how it came there. */
export type TracedStep = z.infer<typeof traceStep>;

const row = z
  .object({
    /** A row of the Variables view, as `setVariable` names one. */
    variablesReference: z.int().min(1),
    name: z.string(),
    /** The frame that it is shown in: for rows that only an expression leads to. */
    frameId: z.int().exactOptional(),
  })
  .readonly();
const expression = z.object({ expression: z.string().min(1), frameId: z.int() }).readonly();
/** One of `of` of an answer, as it was told. */
const token = z.object({ token: z.string().min(1) }).readonly();

/** Custom DAP request: who produced a value. Nothing runs and nothing moves for it. */
export const traceValueRequest = {
  name: "flowmason/traceValue",
  arguments: z.union([row, expression, token]),
  body: z
    .object({
      version: z.literal(TRACE_VERSION),
      /** From the value itself back: each but the last is what is at the next one, passed on unchanged. */
      steps: z.array(traceStep).readonly(),
      /** What the last of them was made of; each can be traced in turn. */
      of: z.array(z.object({ place: z.string(), token: z.string() }).readonly()).readonly(),
    })
    .readonly(),
} as const;

export type TraceArguments = z.infer<typeof traceValueRequest.arguments>;
export type TracedValue = z.infer<typeof traceValueRequest.body>;
