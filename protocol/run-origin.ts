import * as z from "zod";

/**
 * What is looked at. `exact-replay`: the record of a run, of which nothing runs. `live-replay`: a run that is gone through
 * again from its record, in which models are asked. `fork`: a run that goes on from the record of another with something
 * changed.
 */
export const runOrigin = z
  .object({
    kind: z.enum(["exact-replay", "live-replay", "fork"]),
    /** The run that it is from: its id, or the path of its record. */
    run: z.string(),
  })
  .readonly();

/** Where what is looked at comes from, if not from a run that began by itself. */
export type RunOrigin = z.infer<typeof runOrigin>;
