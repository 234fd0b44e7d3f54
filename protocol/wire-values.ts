import * as z from "zod";

/** The version of {@link wireValuesRequest}; it rises with each change that an older other side would misread. */
export const WIRE_VALUES_VERSION = 1;

/** Stages whose outputs one answer has at most. */
export const MOST_WIRE_VALUES = 500;

/** Characters of an output that an answer has at most. */
export const LONGEST_WIRE_VALUE = 240;

const wireValue = z
  .object({
    /** The stage whose output it is, by its id. */
    stage: z.string(),
    /** The beginning of it, as a row of the Variables view has it. */
    text: z.string(),
  })
  .readonly();

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
