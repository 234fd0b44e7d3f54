import * as z from "zod";
import {
  canvasBreakpoints,
  canvasPins,
  canvasProblems,
  canvasRun,
  canvasState,
  canvasTrail,
  documentChange,
} from "./canvas-state.ts";
import { componentFaces } from "./component-face.ts";
import { canvasEdit } from "./edits.ts";
import { fieldCompletions, fieldCursor, fieldHover } from "./field-assist.ts";
import { inheritance } from "./inheritance.ts";
import { defineEvent, defineRequest } from "./message.ts";

// From the canvas to the extension.

/** The first message of a canvas, and again whenever it has lost track; the answer is all it needs to draw. */
export const canvasReady = defineRequest("canvas/ready", { params: z.null(), result: canvasState });

/** A gesture. `baseVersion` is the version of the text the user looked at; the edit names stages, never offsets. */
export const canvasEditRequest = defineRequest("canvas/edit", {
  params: z.object({ baseVersion: z.int(), edit: canvasEdit }).readonly(),
  result: z.discriminatedUnion("ok", [
    /** `notes` say what the user has to know of it, a sentence each. */
    z.object({ ok: z.literal(true), notes: z.array(z.string()).readonly() }).readonly(),
    /** `message` says why the text was left as it is. */
    z.object({ ok: z.literal(false), message: z.string() }).readonly(),
  ]),
});

/** What can stand at a place of a field, as the language server says; nothing while it is not there. */
export const canvasFieldCompletions = defineRequest("canvas/fieldCompletions", {
  params: fieldCursor,
  result: fieldCompletions,
});

/** What is known of what stands there. */
export const canvasFieldHover = defineRequest("canvas/fieldHover", {
  params: fieldCursor,
  result: fieldHover.nullable(),
});

/** Show the stage's JSON in a text editor. */
export const canvasRevealInText = defineRequest("canvas/revealInText", {
  params: z.object({ stage: z.string() }).readonly(),
  result: z.null(),
});

/** Put the cursor of a text editor at a place of this file; one behind the end of its line, or of the text, is there. */
export const canvasGoToPosition = defineRequest("canvas/goToPosition", {
  params: z.object({ line0: z.int().nonnegative(), character: z.int().nonnegative() }).readonly(),
  result: z.null(),
});

/** Show this file as text in place of the canvas. */
export const canvasOpenAsText = defineRequest("canvas/openAsText", { params: z.null(), result: z.null() });

/** Show the pipeline with all that it inherits, beside the canvas. */
export const canvasShowResolved = defineRequest("canvas/showResolved", {
  params: z.null(),
  result: z.null(),
});

/** Make stages a pipeline of their own, whose name the extension asks for. */
export const canvasExtractSubpipeline = defineRequest("canvas/extractSubpipeline", {
  params: z.object({ stages: z.array(z.string()).readonly() }).readonly(),
  result: z.null(),
});

/** Write the stages of the pipeline that a stage calls in its place. */
export const canvasInlineSubpipeline = defineRequest("canvas/inlineSubpipeline", {
  params: z.object({ stage: z.string() }).readonly(),
  result: z.null(),
});

/** Show the pipeline that a stage calls on a canvas of its own. */
export const canvasOpenCalledPipeline = defineRequest("canvas/openCalledPipeline", {
  params: z.object({ stage: z.string() }).readonly(),
  result: z.null(),
});

/** Show a canvas on the way to this one, with the stage that the way goes on from. */
export const canvasGoBack = defineRequest("canvas/goBack", {
  params: z.object({ step: z.int().nonnegative() }).readonly(),
  result: z.null(),
});

/** Show a stage that this pipeline inherits where it is written, on a canvas of its own. */
export const canvasOpenOrigin = defineRequest("canvas/openOrigin", {
  params: z.object({ stage: z.string() }).readonly(),
  result: z.null(),
});

/** Add a breakpoint before the stage, or remove those it has. */
export const canvasToggleBreakpoint = defineRequest("canvas/toggleBreakpoint", {
  params: z.object({ stage: z.string() }).readonly(),
  result: z.null(),
});

const stageControl = z.enum(["run-to", "skip", "retry", "keep-partial", "start-from", "pin", "unpin"]);

/** What the debugger is asked to do with a stage. */
export type StageControl = z.infer<typeof stageControl>;

/** Have the debugger go on in another way, or pin a stage. Answered when it was asked, be it done or refused. */
export const canvasControlRun = defineRequest("canvas/controlRun", {
  params: z.object({ stage: z.string(), control: stageControl }).readonly(),
  result: z.null(),
});

/** Run the pipeline under the debugger; answered when the session has started or the user has given up. */
export const canvasDebug = defineRequest("canvas/debug", { params: z.null(), result: z.null() });

/** Run the pipeline without stopping anywhere. */
export const canvasRunRequest = defineRequest("canvas/run", { params: z.null(), result: z.null() });

/** Save the file. */
export const canvasSave = defineRequest("canvas/save", { params: z.null(), result: z.null() });

/** The stages selected now, for commands that act on them. */
export const canvasSelectionChanged = defineEvent(
  "canvas/selectionChanged",
  z.object({ stages: z.array(z.string()).readonly() }).readonly(),
);

/** A mistake of ours that the canvas caught at its edge; the extension logs it. */
export const canvasDefect = defineEvent(
  "canvas/defect",
  z.object({ message: z.string(), stack: z.string().exactOptional() }).readonly(),
);

// From the extension to the canvas.

/** The text changed, by whoever. A canvas whose version is not `baseVersion` asks again with {@link canvasReady}. */
export const canvasDocumentChanged = defineEvent("canvas/documentChanged", documentChange);

/** All problems of the file, in place of the earlier ones. */
export const canvasProblemsChanged = defineEvent("canvas/problemsChanged", canvasProblems);

/** All breakpoints of the file, in place of the earlier ones. */
export const canvasBreakpointsChanged = defineEvent("canvas/breakpointsChanged", canvasBreakpoints);

/** All pins of the file, in place of the earlier ones. */
export const canvasPinsChanged = defineEvent("canvas/pinsChanged", canvasPins);

/** Whether the pipeline can be run has changed: the reason why not, null when it can. */
export const canvasRunBlockedChanged = defineEvent(
  "canvas/runBlockedChanged",
  z.object({ reason: z.string().nullable() }).readonly(),
);

/** The project's own components, in place of the earlier ones. */
export const canvasComponentsChanged = defineEvent("canvas/componentsChanged", componentFaces);

/** What the pipeline inherits, in place of what it inherited. */
export const canvasInheritanceChanged = defineEvent("canvas/inheritanceChanged", inheritance);

/** It was opened from another canvas: the way to it, in place of the earlier one. */
export const canvasTrailChanged = defineEvent("canvas/trailChanged", canvasTrail);

/** News of a run. `stages` holds what changed since the last event of the same `session`; a new session starts empty. */
export const canvasRunChanged = defineEvent("canvas/runChanged", canvasRun);

/** Select the stage and bring it into view; null: the cursor left all stages, keep the view. */
export const canvasReveal = defineEvent(
  "canvas/reveal",
  z.object({ stage: z.string().nullable() }).readonly(),
);

const canvasAction = z.enum([
  "fit",
  "search-stage",
  "show-palette",
  "align-left",
  "align-centre",
  "align-right",
  "align-top",
  "align-middle",
  "align-bottom",
  "distribute-horizontally",
  "distribute-vertically",
  "tidy-layout",
]);

/** What commands of VS Code ask of the canvas. */
export type CanvasAction = z.infer<typeof canvasAction>;

/** The picture of a drawing, as a PNG in base64; or why there is none. */
const drawnPng = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), base64: z.string() }).readonly(),
  z.object({ ok: z.literal(false), message: z.string() }).readonly(),
]);

export type DrawnPng = z.infer<typeof drawnPng>;

/** Make pixels of an SVG, which only a page can. The SVG is ours and names no address. */
export const canvasDrawPng = defineRequest("canvas/drawPng", {
  params: z.object({ svg: z.string() }).readonly(),
  result: drawnPng,
});

/** Do what a command of VS Code asks of the canvas. */
export const canvasPerform = defineEvent("canvas/perform", z.object({ action: canvasAction }).readonly());
