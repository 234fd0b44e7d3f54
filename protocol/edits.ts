import * as z from "zod";
import type { CanvasEdit, TextEdit } from "#core/pipeline";

const stage = z.string();

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
]);

/** Edits that refer to the text before any of them. */
export const textEdits: z.ZodType<readonly TextEdit[]> = z
  .array(
    z.object({ offset: z.int().nonnegative(), length: z.int().nonnegative(), text: z.string() }).readonly(),
  )
  .readonly();
