import * as z from "zod";
import { componentFaces } from "./component-face.ts";
import { diffRequest, textPlace } from "./diff-messages.ts";
import { defineEvent } from "./message.ts";
import { comparedRuns } from "./run-comparison.ts";
import { defineView } from "./view-messages.ts";

const comparedText = z
  .object({
    /** What it is called: `HEAD`, `report.pipeline.json`. */
    name: z.string(),
    /** Null: there is no such file there, as it was added or deleted. */
    text: z.string().nullable(),
  })
  .readonly();

export type ComparedText = z.infer<typeof comparedText>;

/** What the view shows: two pipelines, or two runs, and what is different between them, or why they cannot be compared. */
const shownComparison = z.discriminatedUnion("kind", [
  z
    .object({
      kind: z.literal("compared"),
      before: comparedText,
      after: comparedText,
      answer: diffRequest.result,
      /** The project's own, as far as they are loaded. */
      components: componentFaces,
      /** What two runs of them did; null where it is the pipelines alone that are compared. */
      runs: comparedRuns.nullable(),
    })
    .readonly(),
  z.object({ kind: z.literal("refused"), message: z.string() }).readonly(),
]);

export type ShownComparison = z.infer<typeof shownComparison>;

/** What every view of its kind says: it is shown anew when one of the two has changed, and goes from change to change. */
export const comparisonView = defineView("comparison", shownComparison);

const keptSource = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("document"), uri: z.string() }).readonly(),
  z.object({ kind: z.literal("revision"), file: z.string(), revision: z.string() }).readonly(),
  z.object({ kind: z.literal("text"), name: z.string(), text: z.string() }).readonly(),
]);

/** A pipeline that is compared, by the address of its file, or by its text where that is in no file. */
export type KeptSource = z.infer<typeof keptSource>;

/** What is compared, without what came of it: enough to compare it again. */
export const keptComparison = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pipelines"), before: keptSource, after: keptSource }).readonly(),
  /** Two recorded runs of the workspace that a folder is in, which is a path. */
  z.object({ kind: z.literal("runs"), folder: z.string(), before: z.string(), after: z.string() }).readonly(),
]);

export type KeptComparison = z.infer<typeof keptComparison>;

/** Keep this for when the window is loaded anew. */
export const comparisonKeep = defineEvent("comparison/keep", keptComparison);

/** Show the text of a side, at a place of it where one is given. */
export const comparisonOpenText = defineEvent(
  "comparison/openText",
  z.object({ side: z.enum(["before", "after"]), place: textPlace.nullable() }),
);

/** Compare the two texts line by line, as VS Code does. */
export const comparisonOpenTextDiff = defineEvent("comparison/openTextDiff", z.object({}));
