import * as z from "zod";

/** A pipeline's text: as it is given, or as a client has it open. */
const pipelineText = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string() }).readonly(),
  z.object({ kind: z.literal("open"), uri: z.string() }).readonly(),
]);

const position = z.object({ line0: z.int().nonnegative(), character: z.int().nonnegative() }).readonly();

export const textPlace = z.object({ start: position, end: position }).readonly();

/** Where something is written in a text. */
export type TextPlace = z.infer<typeof textPlace>;

const piece = z.object({ kind: z.enum(["same", "removed", "added"]), text: z.string() }).readonly();

/** A run of text: in both values, in the first only, or in the second only. */
export type DiffPiece = z.infer<typeof piece>;

/**
 * What changes can be filtered by. `order` is where stages are written, `layout` where they are drawn; the last three are
 * of two runs, where they are compared.
 */
const diffTopic = z.enum([
  "stages",
  "config",
  "prompts",
  "edges",
  "schemas",
  "order",
  "pipeline",
  "layout",
  "other",
  "outcomes",
  "inputs",
  "outputs",
]);

export type DiffTopic = z.infer<typeof diffTopic>;

const diffChange = z
  .object({
    kind: z.enum([
      "stage-added",
      "stage-removed",
      "stage-renamed",
      "stage-relocated",
      "stage-reordered",
      "branch-moved",
      "value-changed",
      "container-changed",
      "run-differs",
    ]),
    sign: z.enum(["+", "-", "~", "»"]),
    topic: diffTopic,
    /** What it is, in a line; without the values of a changed one. */
    label: z.string(),
    /** The stage that it is about: its id afterwards, of a removed one its id before. Null: the pipeline. */
    stage: z.string().nullable(),
    /** What has changed in it, as people write it: `config.prompt`; empty where it is the stage as a whole. */
    path: z.string(),
    /** Where it is written; of what is not there what it would stand in, and null where there is not even that. */
    places: z.object({ before: textPlace.nullable(), after: textPlace.nullable() }).readonly(),
    /** What a value was and is, word by word; empty for what has no values. */
    pieces: z.array(piece).readonly(),
  })
  .readonly();

/** One thing that is different between two pipelines, as views show it. */
export type DiffChange = z.infer<typeof diffChange>;

/** Custom LSP request: what is different between two pipelines. */
export const diffRequest = {
  name: "flowmason/diff",
  params: z.object({ before: pipelineText, after: pipelineText }).readonly(),
  result: z.discriminatedUnion("ok", [
    z
      .object({
        ok: z.literal(true),
        changes: z.array(diffChange).readonly(),
        /** Ids of stages that have another one now. */
        renamed: z.array(z.object({ before: z.string(), after: z.string() }).readonly()).readonly(),
      })
      .readonly(),
    /** One of the two is no pipeline; `message` says why. */
    z
      .object({
        ok: z.literal(false),
        side: z.enum(["before", "after"]),
        message: z.string(),
        /** Null where no place of the text is to blame. */
        at: position.nullable(),
      })
      .readonly(),
  ]),
} as const;

export type DiffAnswer = z.infer<typeof diffRequest.result>;
