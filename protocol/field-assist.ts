import * as z from "zod";

/** A place in the text of a field of a stage, as it is typed: the file may have another text there. */
export const fieldCursor = z
  .object({
    /** Null: a field of the pipeline. */
    stage: z.string().nullable(),
    /** Where the field is written in it. */
    path: z.array(z.string()).readonly(),
    text: z.string(),
    /** In `text`, in UTF-16 units. */
    offset: z.int().nonnegative(),
  })
  .readonly();

export type FieldCursor = z.infer<typeof fieldCursor>;

export const fieldCompletions = z
  .object({
    /** What they replace begins there, and ends at the cursor. */
    from: z.int().nonnegative(),
    items: z
      .array(
        z
          .object({
            label: z.string(),
            /** `path`: a root and all that leads on from it to a value. */
            kind: z.enum(["root", "stage", "variable", "member", "path", "function", "word"]),
            /** Its type or its signature. */
            detail: z.string(),
            /** What it is, in a sentence. */
            about: z.string(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();

/** What can stand at a place of a field. */
export type FieldCompletions = z.infer<typeof fieldCompletions>;

export const fieldHover = z
  .object({
    from: z.int().nonnegative(),
    to: z.int().nonnegative(),
    /** The name with its type, or a signature. */
    title: z.string(),
    about: z.string(),
  })
  .readonly();

/** What is known of a name in the text of a field. */
export type FieldHover = z.infer<typeof fieldHover>;
