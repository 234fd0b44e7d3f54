import * as z from "zod";
import type { PlaceThen, ValuePlace } from "#core/engine";

const step = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("iteration"), owner: z.string(), index: z.int() }),
  z.object({
    kind: z.literal("arm"),
    owner: z.string(),
    arm: z.enum(["try", "catch", "finally"]),
    attempt: z.int(),
  }),
  z.object({ kind: z.literal("subpipeline"), owner: z.string(), pipeline: z.string(), attempt: z.int() }),
]);
const frames = z.array(step);
const address = z.object({ frames, stage: z.string() });
const path = z.array(z.union([z.string(), z.int()]));

const place: z.ZodType<ValuePlace> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("inputs"), address, attempt: z.int().exactOptional(), path }),
  z.object({ kind: z.literal("output"), address, path }),
  z.object({ kind: z.literal("variable"), address, name: z.string(), path }),
  z.object({ kind: z.literal("input"), frames, path }),
  z.object({ kind: z.literal("result"), frames, path }),
  z.object({ kind: z.literal("item"), frames, path }),
  z.object({ kind: z.literal("name"), name: z.string(), path }),
]);

const placeThen = z.object({ place, seq: z.int() });

/** A place as clients hand it back. */
export function tokenOf(then: PlaceThen): string {
  return JSON.stringify(then);
}

/** Null for what is no token of ours. */
export function readToken(token: string): PlaceThen | null {
  try {
    return placeThen.parse(JSON.parse(token));
  } catch {
    return null;
  }
}
