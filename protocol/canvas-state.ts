import * as z from "zod";
import type { Severity } from "#core/pipeline";
import { componentFaces } from "./component-face.ts";
import { textEdits } from "./edits.ts";
import { inheritance } from "./inheritance.ts";
import { runOrigin } from "./run-origin.ts";
import { pastPoint, stageRunStates } from "./run-state.ts";
import { wireValues } from "./wire-values.ts";

const severity = z.enum(["error", "warning", "information", "hint"]) satisfies z.ZodType<Severity>;

const canvasProblem = z
  .object({
    /** Null: it is about the file as a whole. */
    stage: z.string().nullable(),
    severity,
    code: z.string().nullable(),
    message: z.string(),
    /** Where it is in the text, from 0. */
    line0: z.int().nonnegative(),
    /** The keys, and indexes in lists, that lead to it from the stage's object, or the pipeline's. */
    path: z.array(z.string()).readonly(),
    /** Where it is in the value that stands there, if that is a text: UTF-16 units of the value. */
    within: z.object({ from: z.int().nonnegative(), to: z.int().nonnegative() }).readonly().nullable(),
  })
  .readonly();

/** A problem as the canvas shows it. */
export type CanvasProblem = z.infer<typeof canvasProblem>;

export const canvasProblems: z.ZodType<readonly CanvasProblem[]> = z.array(canvasProblem).readonly();

const canvasBreakpoint = z
  .object({
    stage: z.string(),
    enabled: z.boolean(),
    /** Whether a condition, a hit count or a log message is set: it is drawn another way. */
    kind: z.enum(["plain", "conditional", "log"]),
    /** False while a run is on that cannot stop there; `message` says why. */
    verified: z.boolean(),
    message: z.string().exactOptional(),
  })
  .readonly();

/** A breakpoint before a stage. A stage has at most one here, even when the text has two lines marked. */
export type CanvasBreakpoint = z.infer<typeof canvasBreakpoint>;

export const canvasBreakpoints: z.ZodType<readonly CanvasBreakpoint[]> = z.array(canvasBreakpoint).readonly();

const canvasPin = z
  .object({
    stage: z.string(),
    /** Since when, and of which run its output is; a sentence. */
    note: z.string(),
  })
  .readonly();

/** A stage that does not run, but gives what it is pinned to. */
export type CanvasPin = z.infer<typeof canvasPin>;

export const canvasPins: z.ZodType<readonly CanvasPin[]> = z.array(canvasPin).readonly();

export const canvasRun = z
  .object({
    /** Null while no run was ever shown. */
    session: z.string().nullable(),
    phase: z.enum(["idle", "running", "stopped", "finished"]),
    stages: stageRunStates,
    /** The stage the debugger stands before, or whose frame the user selected. */
    stoppedAt: z.string().nullable(),
    /** Where the run is shown as it was, while the debugger is in its past; null or not there: it is shown as it is. */
    past: pastPoint.nullable().exactOptional(),
    /** What flows on the wires where it is stopped; not there: that is not known, or as it was. */
    values: wireValues.exactOptional(),
    /** Where it comes from; null or not there: it began by itself. */
    origin: runOrigin.nullable().exactOptional(),
  })
  .readonly();

/** The run the canvas shows: the latest, until the next one starts. */
export type CanvasRun = z.infer<typeof canvasRun>;

const trailStep = z
  .object({
    uri: z.string(),
    /** The pipeline's file without its ending. */
    name: z.string(),
    /** The stage that the next one was opened from. */
    stage: z.string(),
  })
  .readonly();

/** A canvas on the way to another. */
export type TrailStep = z.infer<typeof trailStep>;

export const canvasTrail: z.ZodType<readonly TrailStep[]> = z.array(trailStep).readonly();

export const canvasState = z
  .object({
    /** VS Code's version of the text; rises with each change, undo included. */
    version: z.int(),
    text: z.string(),
    /** Why nothing may be edited, for the user to read; null when it may. */
    readOnly: z.string().nullable(),
    fileName: z.string(),
    /** Whether runs are allowed; else why not, for the user to read. */
    runBlocked: z.string().nullable(),
    breakpoints: canvasBreakpoints,
    problems: canvasProblems,
    pins: canvasPins,
    run: canvasRun,
    /** The canvases that it was opened from, each from the one before; empty where it was opened otherwise. */
    trail: canvasTrail,
    /** What it inherits; null while the language server has not told. */
    inheritance: inheritance.nullable(),
    /** The project's own, as far as they are loaded. */
    components: componentFaces,
    /** The stage to show first: where the text cursor was. */
    reveal: z.string().nullable(),
  })
  .readonly();

/** All a canvas needs to draw. */
export type CanvasState = z.infer<typeof canvasState>;

export const documentChange = z
  .object({
    baseVersion: z.int(),
    version: z.int(),
    change: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("edits"), edits: textEdits }).readonly(),
      z.object({ kind: z.literal("text"), text: z.string() }).readonly(),
    ]),
  })
  .readonly();

/** How the text got from `baseVersion` to `version`. */
export type DocumentChange = z.infer<typeof documentChange>;
