import * as z from "zod";

const componentFace = z
  .object({
    /** Canonical, as the reader of pipelines has it. */
    type: z.string(),
    title: z.string(),
    /** A codicon's name. */
    icon: z.string(),
    color: z.enum(["blue", "green", "orange", "purple", "red", "yellow", "foreground"]),
  })
  .readonly();

/** How a component of a project's own looks on the canvas; the canvas knows the built-in ones itself. */
export type ComponentFace = z.infer<typeof componentFace>;

export const componentFaces: z.ZodType<readonly ComponentFace[]> = z.array(componentFace).readonly();
