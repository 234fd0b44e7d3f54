import * as z from "zod";
import { componentCategories, componentColors } from "#core/component-definitions";
import type { Json, JsonObject } from "#core/ports";

/** To the process: load a module and tell what it exports; run an attempt, one at a time; stop the one that runs. */
export type ToProcess =
  | { readonly kind: "load"; readonly file: string }
  | { readonly kind: "run"; readonly file: string; readonly nonce: string; readonly call: AttemptCall }
  | { readonly kind: "cancel" };

/** One attempt, as the component sees it. */
export interface AttemptCall {
  readonly type: string;
  readonly inputs: JsonObject;
  readonly stage: { readonly id: string; readonly path: string };
  readonly runId: string;
  readonly attempt: number;
  readonly key: string;
  readonly now: string;
}

const place = z.object({ path: z.string(), line1: z.int(), column1: z.int() });

/** A position in a file, counted from 1; the path is absolute. */
export type Place = z.infer<typeof place>;

const json = z.unknown() as z.ZodType<Json>; // what came over the channel was JSON
const schema = z.record(z.string(), z.unknown()) as unknown as z.ZodType<z.core.JSONSchema.JSONSchema>; // zod wrote it

const described = z.object({
  type: z.string(),
  version: z.string(),
  title: z.string(),
  description: z.string(),
  icon: z.string(),
  color: z.enum(componentColors),
  category: z.enum(componentCategories),
  idempotent: z.boolean(),
  timeoutMs: z.number(),
  input: schema,
  output: schema,
});

const failure = z.object({
  type: z.enum([
    "CONNECTIVITY",
    "TIMEOUT",
    "VALIDATION",
    "TRANSFORMATION",
    "EXECUTION",
    "ROUTING",
    "SECURITY",
    "UNKNOWN",
  ]),
  message: z.string(),
  recoverable: z.boolean(),
  field: z.string().optional(),
  details: json.optional(),
});

/** From the process. After `ended` nothing more is heard of an attempt. */
export const fromProcess = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({
    kind: z.literal("loaded"),
    components: z.array(z.object({ component: described, place: place.nullable() })),
  }),
  z.object({ kind: z.literal("broken"), message: z.string(), place: place.nullable() }),
  /** The attempt has begun: from here on it must never be begun again. */
  z.object({ kind: z.literal("started") }),
  z.object({
    kind: z.literal("log"),
    level: z.enum(["debug", "info", "warning", "error"]),
    message: z.string(),
    values: json.optional(),
  }),
  z.object({ kind: z.literal("succeeded"), output: json, isClean: z.boolean() }),
  z.object({ kind: z.literal("failed"), failure, isClean: z.boolean() }),
]);

export type FromProcess = z.infer<typeof fromProcess>;
export type ComponentFailure = z.infer<typeof failure>;

/** Follows everything that an attempt printed, on both streams. */
export function endOfOutput(nonce: string): string {
  return `\u0000${nonce}\n`;
}
