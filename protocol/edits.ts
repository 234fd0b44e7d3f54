import * as z from "zod";
import type { CanvasEdit, JsonValue, TextEdit } from "#core/pipeline";

const stage = z.string();
const path = z.array(z.string()).readonly();

/** What comes over the channel is JSON or a structured clone of it; z.json would lose a key `__proto__`. */
const jsonValue = z.unknown() as z.ZodType<JsonValue>;

/** A gesture as core/pipeline defines it. */
export const canvasEdit: z.ZodType<CanvasEdit> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("move-stages"),
    moves: z.array(z.object({ stage, x: z.number(), y: z.number() }).readonly()).readonly(),
  }),
  z.object({ kind: z.literal("set-stage-name"), stage, name: z.string() }),
  z.object({ kind: z.literal("delete-stages"), stages: z.array(stage).readonly() }),
  z.object({ kind: z.literal("connect"), from: stage, to: stage }),
  z.object({ kind: z.literal("disconnect"), from: stage, to: stage }),
  z.object({ kind: z.literal("set-value"), stage: stage.nullable(), path, value: jsonValue }),
  z.object({ kind: z.literal("unset-value"), stage: stage.nullable(), path }),
]);

/** Edits that refer to the text before any of them. */
export const textEdits: z.ZodType<readonly TextEdit[]> = z
  .array(
    z.object({ offset: z.int().nonnegative(), length: z.int().nonnegative(), text: z.string() }).readonly(),
  )
  .readonly();
