import * as z from "zod";
import type { CanvasEdit, JsonMembers, JsonValue, TextEdit } from "#core/pipeline";

const path = z.array(z.string()).readonly();

/** What comes over the channel is JSON or a structured clone of it; z.json would lose a key `__proto__`. */
const jsonValue = z.unknown() as z.ZodType<JsonValue>;

const stage = z.string();
const point = z.object({ x: z.number(), y: z.number() }).readonly();

const members = z.custom<JsonMembers>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);

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
  z.object({
    kind: z.literal("add-stage"),
    componentType: z.string(),
    id: stage.nullable(),
    name: z.string().nullable(),
    config: members,
    position: point.nullable(),
    place: z
      .discriminatedUnion("kind", [
        z.object({ kind: z.literal("free") }),
        z.object({ kind: z.literal("after"), stage }),
        z.object({ kind: z.literal("before"), stage }),
        z.object({ kind: z.literal("on-edge"), from: stage, to: stage }),
        z.object({ kind: z.literal("in-arm"), owner: stage, arm: z.string() }),
      ])
      .readonly(),
  }),
  z.object({ kind: z.literal("set-stage-field"), stage, path, value: jsonValue }),
  z.object({ kind: z.literal("revert-stages"), stages: z.array(stage).readonly() }),
  z.object({ kind: z.literal("rename-stage-id"), stage, to: z.string() }),
  z.object({
    kind: z.literal("set-enabled"),
    stages: z.array(stage).readonly(),
    state: z.enum(["on", "off"]),
  }),
  z.object({ kind: z.literal("reconnect"), from: stage, to: stage, end: z.enum(["from", "to"]), stage }),
  z.object({ kind: z.literal("reorder-stage"), stage, before: stage.nullable() }),
  z.object({
    kind: z.literal("move-into"),
    stages: z.array(stage).readonly(),
    owner: stage,
    arm: z.string(),
  }),
  z.object({ kind: z.literal("take-out"), stages: z.array(stage).readonly() }),
  z.object({
    kind: z.literal("drop-stages"),
    stages: z.array(stage).readonly(),
    into: z.object({ owner: stage, arm: z.string() }).readonly().nullable(),
    moves: z.array(z.object({ stage, x: z.number(), y: z.number() }).readonly()).readonly(),
  }),
  z.object({
    kind: z.literal("paste-stages"),
    clipping: members,
    at: point.nullable(),
    into: z.object({ owner: stage, arm: z.string() }).readonly().nullable(),
  }),
  z.object({ kind: z.literal("duplicate-stages"), stages: z.array(stage).readonly(), by: point }),
  z.object({
    kind: z.literal("extract-subpipeline"),
    stages: z.array(stage).readonly(),
    name: z.string(),
    reference: z.string(),
    id: stage.nullable(),
  }),
  z.object({ kind: z.literal("inline-subpipeline"), stage, pipeline: z.string() }),
  z.object({
    kind: z.literal("add-note"),
    text: z.string(),
    position: point,
    size: z.object({ width: z.number(), height: z.number() }).readonly().nullable(),
    color: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("add-group"),
    title: z.string(),
    stages: z.array(stage).readonly(),
    color: z.string().nullable(),
  }),
  z.object({ kind: z.literal("set-layout"), ids: z.array(z.string()).readonly(), fields: members }),
]);

/** Edits that refer to the text before any of them. */
export const textEdits: z.ZodType<readonly TextEdit[]> = z
  .array(
    z.object({ offset: z.int().nonnegative(), length: z.int().nonnegative(), text: z.string() }).readonly(),
  )
  .readonly();
