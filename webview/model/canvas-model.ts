import type { PipelineDocument } from "#core/pipeline";
import type { CanvasBreakpoint, CanvasProblem, CanvasState, ComponentFace, TrailStep } from "#protocol";
import type { ConnectionGround } from "../graph/connection-rule.ts";
import type { LayoutPlan } from "../graph/place.ts";
import type { DocumentState } from "./document-state.ts";
import { openDocument } from "./document-state.ts";
import { isNoObject } from "./no-pipeline.ts";
import { isAbout, type Overlay } from "./overlay.ts";
import { initialPalette, type PaletteView } from "./palette-view.ts";
import { noRun, type RunView, updateRun } from "./run-view.ts";
import { breakpointsByStage, pinsByStage, problemsByStage, type StageProblems } from "./stage-marks.ts";

/** Everything a canvas shows, except what only one gesture needs while it lasts. */
export interface CanvasModel {
  readonly connection: Connection;
  /** Null until the extension has answered. */
  readonly document: DocumentState | null;
  readonly fileName: string;
  /** The canvases that this one was opened from. */
  readonly trail: readonly TrailStep[];
  /** Why nothing may be edited, as the extension says it. */
  readonly readOnly: string | null;
  readonly runBlocked: string | null;
  readonly problems: ReadonlyMap<string, StageProblems>;
  /** The same one by one, those of the pipeline too. */
  readonly problemList: readonly CanvasProblem[];
  readonly breakpoints: ReadonlyMap<string, CanvasBreakpoint>;
  /** What is said of each stage that is pinned. */
  readonly pins: ReadonlyMap<string, string>;
  readonly run: RunView;
  /** The project's own components, by type. */
  readonly components: ReadonlyMap<string, ComponentFace>;
  readonly selection: Selection;
  /** The key of the stage that the keyboard is at. */
  readonly focus: string | null;
  readonly overlay: Overlay;
  readonly notice: Notice | null;
  /** What was done last, for those who do not see it. */
  readonly announcement: Announcement | null;
  /** Why the graph could not be laid out; null as long as that was not so. */
  readonly layoutFailure: LayoutFailure | null;
  /** Whether Tidy Layout is at work. */
  readonly tidying: boolean;
  /** Whether stages are being dragged: what is slow to draw and not about that waits. */
  readonly dragging: boolean;
  readonly inspector: InspectorView;
  readonly palette: PaletteView;
}

/** How the inspector stands beside the graph. */
export interface InspectorView {
  readonly open: boolean;
  /** In pixels. */
  readonly width: number;
  /** The sections that someone has opened (true) or folded, by their ids. */
  readonly unfolded: Readonly<Record<string, boolean>>;
}

export type Connection =
  | { readonly kind: "loading" }
  | { readonly kind: "ready" }
  | { readonly kind: "failed"; readonly message: string };

/** Keys of the selected stages, and the id of the selected wire. */
export interface Selection {
  readonly stages: ReadonlySet<string>;
  readonly wire: string | null;
}

/** Something the user should know; a later one takes its place. */
export interface Notice {
  readonly id: number;
  readonly severity: "error" | "information";
  readonly text: string;
}

/** Said once by a screen reader; two of the same words are two. */
export interface Announcement {
  readonly id: number;
  readonly text: string;
}

export interface LayoutFailure {
  /** Of what: that of a later graph is tried again. */
  readonly plan: LayoutPlan;
  readonly message: string;
}

export const noSelection: Selection = { stages: new Set(), wire: null };

export const initialModel: CanvasModel = {
  connection: { kind: "loading" },
  document: null,
  fileName: "",
  trail: [],
  readOnly: null,
  runBlocked: null,
  problems: new Map(),
  problemList: [],
  breakpoints: new Map(),
  pins: new Map(),
  run: noRun,
  components: new Map(),
  selection: noSelection,
  focus: null,
  overlay: { kind: "none" },
  notice: null,
  announcement: null,
  palette: initialPalette,
  layoutFailure: null,
  tidying: false,
  dragging: false,
  inspector: { open: true, width: 288, unfolded: {} },
};

/** The model after the extension has told everything; `read` is its text, where that has been read already. */
export function withState(model: CanvasModel, state: CanvasState, read?: PipelineDocument): CanvasModel {
  const document = openDocument(state.version, state.text, model.document, state.inheritance, read);
  return pruned({
    ...model,
    connection: { kind: "ready" },
    document,
    fileName: state.fileName,
    trail: state.trail,
    readOnly: state.readOnly,
    runBlocked: state.runBlocked,
    problems: problemsByStage(state.problems, model.problems),
    problemList: state.problems,
    breakpoints: breakpointsByStage(state.breakpoints, model.breakpoints),
    pins: pinsByStage(state.pins),
    run: updateRun(model.run, state.run),
    components: facesByType(state.components),
  });
}

/** Components by their types. */
export function facesByType(components: readonly ComponentFace[]): CanvasModel["components"] {
  return new Map(components.map((component) => [component.type, component]));
}

/** The model with another state of the document; what pointed at stages and wires that are gone lets go of them. */
export function withDocument(model: CanvasModel, document: DocumentState): CanvasModel {
  return document === model.document ? model : pruned({ ...model, document });
}

/** Why nothing can be edited now, for the user; null when it can. */
export function editRefusal({ readOnly, document }: CanvasModel): string | null {
  if (readOnly !== null) return readOnly;
  if (document === null) return "The pipeline is still loading.";
  if (document.broken !== null)
    return `The text has an error in line ${document.broken.line0 + 1}. Mend it first.`;
  return isNoObject(document.shown) ? "The file holds no object, so it is no pipeline." : null;
}

/** What connections are judged by now; null while nothing is loaded. */
export function connectionGround({ document, problemList }: CanvasModel): ConnectionGround | null {
  return document === null ? null : { ...document, problems: problemList };
}

/** The plan whose layout the canvas waits for; null where it waits for none, or has failed. */
export function awaitedPlan({ document, layoutFailure }: CanvasModel): LayoutPlan | null {
  const layout = document?.graph.layout;
  if (layout?.kind !== "awaited" || layoutFailure?.plan === layout.plan) return null;
  return layout.plan;
}

/** Whether there is a graph to draw: before the first layout has come there is none. */
export function isDrawn({ connection, document }: CanvasModel): boolean {
  if (connection.kind !== "ready" || document === null) return false;
  return document.graph.layout.kind === "settled" || document.graph.boxes.size > 0;
}

function pruned(model: CanvasModel): CanvasModel {
  const { selection, focus, overlay, document } = model;
  if (document === null) return model;
  const { items, wires, annotations } = document.graph;
  const isNoteGone = overlay.kind === "note-text" && annotations.all.every(({ id }) => id !== overlay.note);
  const stages = [...selection.stages].filter((key) => items.has(key));
  const wire = selection.wire !== null && wires.has(selection.wire) ? selection.wire : null;
  const kept = stages.length === selection.stages.size && wire === selection.wire;
  return {
    ...model,
    selection: kept ? selection : { stages: new Set(stages), wire },
    focus: focus !== null && items.has(focus) ? focus : null,
    overlay: !isNoteGone && isAbout(overlay, items, wires) ? overlay : { kind: "none" },
  };
}
