import * as z from "zod";

/** Custom DAP event from the adapter: a stage failed for want of a provider's key. Told once for each variable of a run. */
export const keyMissingEvent = {
  name: "flowmason/keyMissing",
  body: z
    .object({
      /** The variable of the environment that is not set. */
      variable: z.string(),
      /** The stage that failed, with its rounds, as people see it. */
      stage: z.string(),
    })
    .readonly(),
} as const;

export type KeyMissingBody = z.infer<typeof keyMissingEvent.body>;
