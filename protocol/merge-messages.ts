import * as z from "zod";

const side = z.enum(["ours", "theirs"]);

const jsonValue = z.json();

/** How a decision is made: by a side, what was there before, both, or a value of one's own. */
export const mergeChoice = z.union([
  z.enum(["ours", "theirs", "base", "both"]),
  z.object({ value: jsonValue }).readonly(),
]);

export type MergeChoice = z.infer<typeof mergeChoice>;

const chosen = z.object({ decision: z.string(), choice: mergeChoice }).readonly();

/** A decision's id, and what is chosen for it. */
export type ChosenMerge = z.infer<typeof chosen>;

export const chosenMerges = z.array(chosen).readonly();

const piece = z.object({ kind: z.enum(["same", "removed", "added"]), text: z.string() }).readonly();

/** What one of the three has there: a text as it is, anything else as JSON; null where it has nothing. */
const shownValue = z
  .object({
    text: z.string().nullable(),
    /** The same beside that of the base, word by word. */
    pieces: z.array(piece).readonly(),
  })
  .readonly();

const mergeDecision = z
  .object({
    id: z.string(),
    state: z.enum(["open", "chosen", "automatic"]),
    /** Why there is something to decide, in one word of core/merge's. */
    reason: z.string(),
    /** The stage it is about; null where it is about the pipeline. */
    stage: z.string().nullable(),
    /** Where in it, as people write it; empty where it is about the stage as a whole. */
    path: z.string(),
    /** Why, in a sentence. */
    message: z.string(),
    resolutions: z.array(z.enum(["ours", "theirs", "base", "both"])).readonly(),
    /** Whether a value of one's own can be given, and what is there now, as JSON. */
    edit: z.string().nullable(),
    choice: mergeChoice.nullable(),
    base: shownValue,
    ours: shownValue,
    theirs: shownValue,
  })
  .readonly();

/** Something that both sides had a hand in, as views show it. */
export type MergeDecision = z.infer<typeof mergeDecision>;

const mergeProblem = z
  .object({
    severity: z.enum(["error", "warning", "information", "hint"]),
    message: z.string(),
    /** The stage that has it; null where it is the pipeline's. */
    stage: z.string().nullable(),
  })
  .readonly();

export type MergeProblem = z.infer<typeof mergeProblem>;

/** Custom LSP request: three pipelines merged, with what has been chosen so far. */
export const mergeRequest = {
  name: "flowmason/merge",
  params: z
    .object({
      /** The file that is merged. Where it is open, its project says which components there are. */
      uri: z.string(),
      /** Null where both sides made the file. */
      base: z.string().nullable(),
      ours: z.string(),
      theirs: z.string(),
      choices: chosenMerges,
    })
    .readonly(),
  result: z.discriminatedUnion("ok", [
    z
      .object({
        ok: z.literal(true),
        text: z.string(),
        decisions: z.array(mergeDecision).readonly(),
        /** What a check finds wrong with the merged text. */
        problems: z.array(mergeProblem).readonly(),
      })
      .readonly(),
    /** One of the three is no pipeline; `message` says why. */
    z
      .object({ ok: z.literal(false), side: z.union([side, z.literal("base")]), message: z.string() })
      .readonly(),
  ]),
} as const;

export type MergeAnswer = z.infer<typeof mergeRequest.result>;
export type MergeTexts = z.infer<typeof mergeRequest.params>;
