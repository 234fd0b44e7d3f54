import * as z from "zod";
import { PROVIDER_NAMES } from "#core/pipeline";
import type { Json } from "#core/ports";

/** Any JSON value. */
export const anyValue = z.unknown() as z.ZodType<Json>; // inputs are JSON before zod sees them

/** An object with any keys. */
export const anyObject = z.record(z.string(), anyValue);

/** A bare expression; a value that is no text is itself. */
export const expression = z.union([z.string(), z.boolean(), z.number()]);

/** Ids of stages of the same pipeline. */
export const stageIds = z.array(z.string());

/** The name of a variable that expressions use. */
export const variableName = z
  .string()
  .regex(/^[a-zA-Z_]\w*$/, "a variable's name has letters, digits and _, and no digit first");

/**
 * The fields every component that calls a language model has; `llm_settings` of the stage may hold them too. What is
 * not given is not sent, since some models refuse a temperature or a limit that others need.
 */
export const modelFields = {
  provider: z
    .string()
    .optional()
    .meta({
      description: "Provider that answers; without it the stage's, then the pipeline's, then the project's.",
      examples: [...PROVIDER_NAMES],
    }),
  model: z.string().optional().describe("Model of that provider; without it the provider's default."),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .optional()
    .describe("How freely the model chooses its words, from 0 to 2; without it the provider's default."),
  max_tokens: z
    .int()
    .min(1)
    .max(128_000)
    .optional()
    .describe("The most tokens the answer may have; without it the provider's default."),
};
