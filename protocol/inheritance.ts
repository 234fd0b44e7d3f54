import * as z from "zod";

const stageOrigin = z
  .object({
    stage: z.string(),
    /** The pipeline that has the stage, by its name, and its file: as a path in the project, and to open. */
    pipeline: z.string(),
    path: z.string(),
    uri: z.string(),
  })
  .readonly();

/** Where a stage of a parent is written. */
export type StageOrigin = z.infer<typeof stageOrigin>;

export const inheritance = z
  .object({
    /**
     * What the pipeline extends, as one text with all that this one extends in turn; null where it extends none, or none
     * that can be used.
     */
    parent: z
      .object({ text: z.string(), origins: z.array(stageOrigin).readonly() })
      .readonly()
      .nullable(),
    /** Why what it extends cannot be used, for people. */
    problems: z.array(z.string()).readonly(),
  })
  .readonly();

/** What a pipeline inherits. */
export type Inheritance = z.infer<typeof inheritance>;

/** What a pipeline inherits that extends none. */
export const noInheritance: Inheritance = { parent: null, problems: [] };

/** Custom LSP request: what an open text inherits. From then on {@link inheritanceChanged} tells of it. */
export const inheritanceRequest = {
  name: "flowmason/inheritance",
  params: z.object({ uri: z.string() }).readonly(),
  result: inheritance,
} as const;

/** Custom LSP request: the files of the pipelines that extend an open one, directly or through others. */
export const heirsRequest = {
  name: "flowmason/heirs",
  params: z.object({ uri: z.string() }).readonly(),
  result: z.object({ uris: z.array(z.string()).readonly() }).readonly(),
} as const;

/** Custom LSP notification: an open text that was asked for inherits something else now. */
export const inheritanceChanged = {
  name: "flowmason/inheritanceChanged",
  params: z.object({ uri: z.string(), inheritance }).readonly(),
} as const;
