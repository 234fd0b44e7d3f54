import * as z from "zod";

/** The version of {@link wireValuesRequest}; it rises with each change that an older other side would misread. */
export const WIRE_VALUES_VERSION = 1;

/** Stages whose outputs one answer has at most. */
export const MOST_WIRE_VALUES = 500;

/** What stages read of outputs, of which one answer has at most so many. */
export const MOST_WIRE_READS = 1000;

/** Characters of an output that an answer has at most. */
export const LONGEST_WIRE_VALUE = 240;

const inWords = {
  /** The beginning of the value, as a row of the Variables view has it. */
  text: z.string(),
  /** A list or an object in a few characters, by how much is in it: `[12]`, `{3 keys}`. */
  brief: z.string().exactOptional(),
};

const readValue = z
  .object({
    /** The stage that reads it, by its id. */
    to: z.string(),
    /** Which part of the output it is, as that stage has it in an expression: `title`, `items[0]`; empty for all. */
    path: z.string(),
    ...inWords,
  })
  .readonly();

const wireValue = z
  .object({
    /** The stage whose output it is, by its id. */
    stage: z.string(),
    /** What gives all of it in the frame. */
    expression: z.string(),
    ...inWords,
    /** The parts of it that stages read which it leads to. */
    reads: z.array(readValue).readonly().exactOptional(),
  })
  .readonly();

/** What a stage reads of the output of another. */
export type WireRead = z.infer<typeof readValue>;

/** What flows on the wires that lead from a stage. */
export type WireValue = z.infer<typeof wireValue>;

export const wireValues: z.ZodType<readonly WireValue[]> = z.array(wireValue).readonly();

/** Custom DAP request: what the stages have given that have finished, as it is seen from a frame. */
export const wireValuesRequest = {
  name: "flowmason/wireValues",
  arguments: z.object({ frameId: z.int() }).readonly(),
  body: z
    .object({
      version: z.literal(WIRE_VALUES_VERSION),
      /** The file whose stages these are, absolute. */
      path: z.string(),
      values: wireValues,
    })
    .readonly(),
} as const;
