import * as z from "zod";
import { PROVIDER_NAMES } from "./provider-names.ts";

/** Values by name; `z.record` would lose the key `__proto__`. */
export function values() {
  return z.looseObject({});
}

/** Names of secrets, or name -> what is said of it. */
export function secretNames() {
  return z.union([z.array(z.string()), values()]);
}

/** How a stage is tried again. */
export function retryPolicy() {
  return z.looseObject({
    max_retries: z.int().min(0).optional().describe("Attempts after the first; 3 if not given."),
    initial_delay_ms: z.number().min(0).optional().describe("Milliseconds before the second attempt; 1000."),
    max_delay_ms: z.number().min(0).optional().describe("The longest wait, in milliseconds; 30000."),
    backoff_multiplier: z.number().min(1).optional().describe("How much longer each wait is; 2."),
  });
}

/** A provider of language models: any name, those that need no more are offered. */
export function providerName(description: string) {
  return z
    .string()
    .optional()
    .meta({ description, examples: [...PROVIDER_NAMES] });
}

/** How a language model is asked. */
export function modelSettings() {
  return z.looseObject({
    provider: providerName("A provider that is known, or one of flowmason.json."),
    model: z.string().optional().describe("A model of that provider."),
    temperature: z.number().optional().describe("How freely the model chooses its words."),
    max_tokens: z.number().optional().describe("The most tokens the answer may have."),
    top_p: z.number().optional().describe("The share of likely words the model chooses from."),
    stop_sequences: z.array(z.string()).optional().describe("Texts at which the model stops."),
  });
}
