import * as z from "zod";
import { componentFaces } from "./component-face.ts";
import { fieldCompletions, fieldCursor, fieldHover } from "./field-assist.ts";

/** What the language server is told when it is introduced, as `initializationOptions`; other keys are others'. */
export const languageServerOptions = z.looseObject({
  /** Whether code of the workspace may be run: that of its own components. False where nothing is said. */
  workspaceTrusted: z.boolean().default(false),
  /** Whether the client wants {@link componentsLoaded}. */
  showsComponents: z.boolean().default(false),
});

/** Notification to the language server: the user has trusted the workspace meanwhile. */
export const workspaceTrusted = { name: "flowmason/workspaceTrusted" } as const;

/** Notification of the language server: these are the components of a project's own now; `root` is its folder's URI. */
export const componentsLoaded = {
  name: "flowmason/componentsLoaded",
  params: z.object({ root: z.string(), components: componentFaces }).readonly(),
} as const;

/** Where a stretch of lines of a resolved pipeline is written, counted from 0. */
const inheritedLines = z
  .object({
    /** The first of the lines in the resolved text. */
    line0: z.int(),
    /** The stage that begins there. */
    stage: z.string(),
    /** The pipeline it is inherited from, and its file: as a path in the project, and to open. */
    pipeline: z.string(),
    path: z.string(),
    uri: z.string(),
    /** The line there. */
    originLine0: z.int(),
  })
  .readonly();

/** Custom LSP request: the pipeline that an open text is, with all that it inherits. */
export const resolveRequest = {
  name: "flowmason/resolve",
  params: z.object({ uri: z.string() }).readonly(),
  result: z
    .object({
      /** The resolved text; null where it cannot be resolved. */
      text: z.string().nullable(),
      /** What is wrong with its inheritance. */
      problems: z.array(z.string()).readonly(),
      /** The stages that are written in other files. */
      inherited: z.array(inheritedLines).readonly(),
    })
    .readonly(),
} as const;

export type ResolveAnswer = z.infer<typeof resolveRequest.result>;

/** Custom LSP request: what can stand at a place of a field that is typed into a form. */
export const fieldCompletionsRequest = {
  name: "flowmason/fieldCompletions",
  params: z.object({ uri: z.string(), cursor: fieldCursor }).readonly(),
  result: fieldCompletions,
} as const;

/** Custom LSP request: what is known of what stands there. */
export const fieldHoverRequest = {
  name: "flowmason/fieldHover",
  params: z.object({ uri: z.string(), cursor: fieldCursor }).readonly(),
  result: fieldHover.nullable(),
} as const;

/** Custom LSP notification: a text that was resolved before would be resolved to something else now. */
export const resolvedChanged = {
  name: "flowmason/resolvedChanged",
  params: z.object({ uri: z.string() }).readonly(),
} as const;

/** Custom LSP request: the file of the pipeline that a stage of an open text calls, as checks and runs find it. */
export const calledPipelineRequest = {
  name: "flowmason/calledPipeline",
  params: z.object({ uri: z.string(), stage: z.string() }).readonly(),
  result: z.discriminatedUnion("found", [
    z.object({ found: z.literal(true), uri: z.string() }).readonly(),
    /** `message` says to people why there is none, and what to do. */
    z.object({ found: z.literal(false), message: z.string() }).readonly(),
  ]),
} as const;

export type CalledPipelineAnswer = z.infer<typeof calledPipelineRequest.result>;
