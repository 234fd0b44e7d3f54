import * as z from "zod";

const editor = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("identity") }).readonly(),
  z.object({ kind: z.literal("text"), lines: z.enum(["one", "several"]), templates: z.boolean() }).readonly(),
  z.object({ kind: z.literal("expression") }).readonly(),
  z.object({ kind: z.literal("number"), integer: z.boolean() }).readonly(),
  z
    .object({ kind: z.literal("choice"), options: z.array(z.union([z.string(), z.number()])).readonly() })
    .readonly(),
  z.object({ kind: z.literal("switch") }).readonly(),
  z.object({ kind: z.literal("number-or-text") }).readonly(),
  z.object({ kind: z.literal("lines") }).readonly(),
  z.object({ kind: z.literal("template") }).readonly(),
  z.object({ kind: z.literal("json") }).readonly(),
]);

/** The shape in which a draft is kept with the view, so that a window that is loaded anew has it. */
export const draft = z
  .object({
    stage: z.string().nullable(),
    path: z.array(z.string()).readonly(),
    editor,
    text: z.string(),
    /** The JSON of the value that it was typed over; empty where none was given. */
    base: z.string(),
    /** An empty text is written as such, since the field has to be given. */
    required: z.boolean(),
    state: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("typed") }).readonly(),
      /** The extension is asked to write it. `json` is the value then; the page may go before the answer comes. */
      z.object({ kind: z.literal("sent"), json: z.string() }).readonly(),
      /** It is in the text; the draft only keeps how it was typed while the field has the keyboard. */
      z.object({ kind: z.literal("written") }).readonly(),
      /** It cannot be written as it is. */
      z.object({ kind: z.literal("stuck"), message: z.string() }).readonly(),
      /** Nothing can be written now; it will be when that is over. */
      z.object({ kind: z.literal("waiting"), message: z.string() }).readonly(),
      /** Someone else has changed the value meanwhile. */
      z.object({ kind: z.literal("conflict") }).readonly(),
    ]),
  })
  .readonly();

/** What is being typed into a field. */
export type Draft = z.infer<typeof draft>;

/** What tells drafts apart: one field has one. */
export function draftKey({ stage, path }: Pick<Draft, "stage" | "path">): string {
  return JSON.stringify([stage, ...path]);
}
