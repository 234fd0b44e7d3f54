import * as z from "zod";
import { componentFaces } from "./component-face.ts";
import { diffRequest } from "./diff-messages.ts";
import { mergeChoice, mergeRequest } from "./merge-messages.ts";
import { defineEvent } from "./message.ts";
import { defineView } from "./view-messages.ts";

/** One of the three of a merge, or what comes of them. */
const mergeSide = z.enum(["base", "ours", "theirs", "result"]);

export type MergeSide = z.infer<typeof mergeSide>;

const namedText = z
  .object({
    /** What a side is: `main`, `Your commit "Rank by hand"`. */
    name: z.string(),
    /** What Git is doing with it, in a few words: `current branch`. */
    role: z.string(),
    text: z.string(),
    /** How it differs from the base; null for the base itself. */
    diff: diffRequest.result.nullable(),
  })
  .readonly();

export type NamedText = z.infer<typeof namedText>;

const shownMerge = z.discriminatedUnion("kind", [
  z
    .object({
      kind: z.literal("merge"),
      /** The address of the file, which the view is opened with again when the window is loaded anew. */
      file: z.string(),
      fileName: z.string(),
      /** What Git is in the midst of: `Merge`, `Rebase`. */
      operation: z.string(),
      /** Empty where both sides made the file. */
      base: namedText,
      ours: namedText,
      theirs: namedText,
      result: namedText.nullable(),
      answer: mergeRequest.result,
      canUndo: z.boolean(),
      canRedo: z.boolean(),
      components: componentFaces,
    })
    .readonly(),
  /** There is nothing to merge; `message` says why. */
  z.object({ kind: z.literal("refused"), message: z.string() }).readonly(),
]);

export type ShownMerge = z.infer<typeof shownMerge>;

/** What every view of its kind says: it is shown anew with each choice, and goes from one open decision to the next. */
export const mergeView = defineView("merge", shownMerge);

/** Decide; null: leave it open again. */
export const mergeChoose = defineEvent(
  "merge/choose",
  z.object({ decision: z.string(), choice: mergeChoice.nullable() }),
);

export const mergeUndo = defineEvent("merge/undo", z.object({}));

export const mergeRedo = defineEvent("merge/redo", z.object({}));

/** Write the result, and tell Git that the file is merged. */
export const mergeComplete = defineEvent("merge/complete", z.object({}));

/** Show one of the texts as text. */
export const mergeOpenText = defineEvent("merge/openText", z.object({ side: mergeSide }));
