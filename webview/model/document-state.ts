import {
  applyTextEdits,
  type CanvasEdit,
  editPipeline,
  lineIndex,
  type PipelineDocument,
  parsePipeline,
  readingCode,
} from "#core/pipeline";
import type { DocumentChange, Inheritance } from "#protocol";
import { emptyGraph, type GraphView, graphView, settledGraph } from "../graph/graph-view.ts";
import type { LayoutPlan, Placement } from "../graph/place.ts";
import { type Inherited, parentOf, readInheritance, withInherited } from "./inherited.ts";

/** A gesture whose effect is shown although the text does not have it yet. */
export interface PendingEdit {
  readonly id: number;
  readonly edit: CanvasEdit;
  /** Whether the extension has said yes; the next change of the text then holds it. */
  readonly accepted: boolean;
}

/** Why a text is no JSON, and where. */
export interface BrokenText {
  readonly message: string;
  readonly line0: number;
  readonly character: number;
}

/** The text, what is shown of it, and what is on its way into it. */
export interface DocumentState {
  readonly version: number;
  /** The text as the extension last told it. */
  readonly confirmed: PipelineDocument;
  readonly pending: readonly PendingEdit[];
  /** The document whose graph is shown: with the pending edits, or the last one that could be read. */
  readonly shown: PipelineDocument;
  /** The same with the stages that it inherits. */
  readonly drawn: PipelineDocument;
  /** Null while nothing was told. */
  readonly inherited: Inherited | null;
  readonly broken: BrokenText | null;
  readonly graph: GraphView;
}

/** The state of a text that has just been opened. A broken one shows what could be read; `confirmed` is the text as read. */
export function openDocument(
  version: number,
  text: string,
  previous: DocumentState | null,
  inheritance: Inheritance | null = null,
  confirmed: PipelineDocument = parsePipeline(text, previous?.confirmed),
): DocumentState {
  return confirmedState(
    {
      version,
      confirmed,
      pending: [],
      shown: previous?.shown ?? confirmed,
      drawn: previous?.drawn ?? confirmed,
      inherited: readInheritance(inheritance, previous?.inherited ?? null),
      graph: previous?.graph ?? emptyGraph,
    },
    previous === null ? "show-it" : "keep-last-good",
  );
}

/** The state after a change of the text; null when it does not follow on from this one, so that all is asked for anew. */
export function changeDocument(
  state: DocumentState,
  { baseVersion, version, change }: DocumentChange,
): DocumentState | null {
  if (version <= state.version) return state;
  if (baseVersion !== state.version) return null;
  const { confirmed } = state;
  const document =
    change.kind === "text"
      ? parsePipeline(change.text, confirmed)
      : parsePipeline(applyTextEdits(confirmed.text, change.edits), confirmed, change.edits);
  const [next, ...later] = state.pending.filter(({ accepted }) => !accepted);
  // The change often comes before the answer: what it holds is not to be shown once more on top of it.
  const isIn = next === undefined || textAfter(state, next.edit) === document.text;
  const pending = isIn ? later : [next, ...later];
  return confirmedState({ ...state, version, confirmed: document, pending }, "keep-last-good");
}

/** The state with what the pipeline inherits now. */
export function withInheritance(state: DocumentState, inheritance: Inheritance): DocumentState {
  return withShown({ ...state, inherited: readInheritance(inheritance, state.inherited) });
}

function textAfter({ confirmed, inherited }: DocumentState, edit: CanvasEdit): string | null {
  const result = editPipeline(confirmed, edit, parentOf(confirmed, inherited));
  return result.ok ? applyTextEdits(confirmed.text, result.edits) : null;
}

/** The state with a gesture shown ahead of the text. */
export function addPending(state: DocumentState, id: number, edit: CanvasEdit): DocumentState {
  return withShown({ ...state, pending: [...state.pending, { id, edit, accepted: false }] });
}

/** The state once the extension has taken a gesture: it stays shown until the text has changed. */
export function acceptPending(state: DocumentState, id: number): DocumentState {
  const pending = state.pending.map((entry) => (entry.id === id ? { ...entry, accepted: true } : entry));
  return { ...state, pending };
}

/** The state once the extension has refused a gesture, or could not be asked. */
export function dropPending(state: DocumentState, id: number): DocumentState {
  return withShown({ ...state, pending: state.pending.filter((entry) => entry.id !== id) });
}

/** The state once the layout that its graph waits for is there; a layout of an earlier graph changes nothing. */
export function settleDocument(
  state: DocumentState,
  layout: { readonly plan: LayoutPlan; readonly fresh: Placement },
): DocumentState {
  const graph = settledGraph(state.drawn, state.graph, layout);
  return graph === state.graph ? state : { ...state, graph };
}

function confirmedState(
  state: Omit<DocumentState, "broken">,
  whenBroken: "keep-last-good" | "show-it",
): DocumentState {
  const broken = brokenText(state.confirmed);
  if (broken !== null && whenBroken === "keep-last-good") return { ...state, pending: [], broken };
  return withShown({ ...state, broken });
}

function withShown(state: DocumentState): DocumentState {
  const { inherited } = state;
  let shown = state.broken === null ? state.confirmed : state.shown;
  for (const { edit } of state.pending) {
    const result = editPipeline(shown, edit, parentOf(shown, inherited));
    // One that no longer fits is either in the text already or about to be refused.
    if (result.ok) shown = parsePipeline(applyTextEdits(shown.text, result.edits), shown, result.edits);
  }
  const drawn = withInherited(shown, inherited, state.drawn);
  const parent = parentOf(shown, inherited);
  if (shown === state.shown && drawn === state.drawn && parent === null && state.graph !== emptyGraph)
    return state;
  const source =
    parent === null || inherited === null ? null : { document: shown, parent, origins: inherited.origins };
  return { ...state, shown, drawn, graph: graphView(drawn, state.graph, source) };
}

function brokenText(document: PipelineDocument): BrokenText | null {
  // In a file that holds nothing yet nothing is wrong: the first stage begins it.
  if (!document.broken || document.text.trim() === "") return null;
  // What else is missing may only be so because the text is broken.
  const problem = document.problems.find(({ code }) => code === readingCode.jsonSyntax);
  const offset = problem?.span.start ?? 0;
  const { line0, character } = lineIndex(document.text).positionAt(offset);
  return { message: problem?.message ?? "The text is not valid JSON.", line0, character };
}
