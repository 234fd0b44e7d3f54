import * as z from "zod";
import { sizeSchema } from "../runs/retention.ts";

/** `cache` of flowmason.json. */
export const cacheSettingsSchema = z.looseObject({
  max_size: sizeSchema
    .optional()
    .describe("How much kept outputs may take up together: 500MB; 1GB unless given."),
});

/** Bytes that all entries may take up together. */
export function cacheLimitOf(settings: z.infer<typeof cacheSettingsSchema> | undefined): number {
  return settings?.max_size ?? 1024 ** 3;
}
