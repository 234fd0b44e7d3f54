import * as z from "zod";

const componentFace = z
  .object({
    /** Canonical, as the reader of pipelines has it. */
    type: z.string(),
    title: z.string(),
    /** A codicon's name. */
    icon: z.string(),
    color: z.enum(["blue", "green", "orange", "purple", "red", "yellow", "foreground"]),
    description: z.string(),
    /** What it takes: the JSON Schema of each input, by its name. */
    fields: z.record(z.string(), z.unknown()),
    /** The inputs that have to be given. */
    required: z.array(z.string()).readonly(),
  })
  .readonly();

/** How a component of a project's own looks on the canvas, and what its stages can be given; the canvas knows the built-in ones itself. */
export type ComponentFace = z.infer<typeof componentFace>;

export const componentFaces: z.ZodType<readonly ComponentFace[]> = z.array(componentFace).readonly();
