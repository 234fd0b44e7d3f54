import { type PipelineDocument, parsePipeline } from "#core/pipeline";
import type { MergeDecision, MergeSide, NamedText, ShownMerge } from "#protocol";
import { type ComparedGraphs, compareGraphs } from "../comparison/compare-graphs.ts";
import { inSteadyOrder } from "./steady-order.ts";

/** What the view of a merge knows. */
export interface MergeModel {
  /** Null until the extension has answered. */
  readonly shown: ShownMerge | null;
  /** Each side beside the base; a side that is no pipeline has none. */
  readonly graphs: ReadonlyMap<Exclude<MergeSide, "base">, ComparedGraphs>;
  /** The id of the decision that is looked at. */
  readonly decision: string | null;
  /** The stage that is looked at. */
  readonly stage: string | null;
  /** Which of the graphs are there. */
  readonly panes: ReadonlySet<MergeSide>;
}

export const initialMerge: MergeModel = {
  shown: null,
  graphs: new Map(),
  decision: null,
  stage: null,
  panes: new Set(["ours", "theirs", "result"]),
};

/** What the extension shows now. The decision that was looked at stays, else the first open one is. */
export function withMerge(model: MergeModel, found: ShownMerge): MergeModel {
  const shown = inSteadyOrder(found, model.shown);
  if (shown.kind !== "merge") return { ...model, shown, graphs: new Map() };
  const base = parsePipeline(shown.base.text);
  const before = model.shown?.kind === "merge" ? model.shown : null;
  const graphs = new Map<Exclude<MergeSide, "base">, ComparedGraphs>();
  for (const side of ["ours", "theirs", "result"] as const) {
    // Sides stay as they are while choices are made.
    const known = before?.[side]?.text === shown[side]?.text ? model.graphs.get(side) : undefined;
    const graph = known ?? graphOf(base, shown[side]);
    if (graph !== null) graphs.set(side, graph);
  }
  const decisions = decisionsOf(shown);
  const kept = decisions.find(({ id }) => id === model.decision);
  const looked = kept ?? decisions.find(({ state }) => state === "open") ?? decisions[0];
  const isNew = looked?.id !== model.decision;
  return {
    ...model,
    shown,
    graphs,
    decision: looked?.id ?? null,
    stage: isNew ? (looked?.stage ?? null) : model.stage,
  };
}

function graphOf(base: PipelineDocument, side: NamedText | null): ComparedGraphs | null {
  if (side?.diff == null || !side.diff.ok) return null;
  return compareGraphs(base, parsePipeline(side.text), side.diff);
}

/** All decisions, the open ones first, else in their order. */
export function decisionsOf(shown: ShownMerge | null): readonly MergeDecision[] {
  if (shown?.kind !== "merge" || !shown.answer.ok) return [];
  const rank = ({ state }: MergeDecision): number => (state === "automatic" ? 1 : 0);
  return shown.answer.decisions.toSorted((one, other) => rank(one) - rank(other));
}

/** How many have to be decided, and how many of these are not. */
export function countsOf(shown: ShownMerge | null): { readonly open: number; readonly all: number } {
  const asked = decisionsOf(shown).filter(({ state }) => state !== "automatic");
  return { open: asked.filter(({ state }) => state === "open").length, all: asked.length };
}

/** The open decision after the one that is looked at, or before it, round the end; any other where none is open. */
export function stepFrom({ shown, decision }: MergeModel, to: "next" | "previous"): MergeDecision | null {
  const all = decisionsOf(shown);
  const open = all.filter(({ state, id }) => state === "open" && id !== decision);
  const candidates = open.length > 0 ? open : all;
  const at = all.findIndex(({ id }) => id === decision);
  const indexes = candidates.map((each) => all.indexOf(each));
  const index =
    to === "next"
      ? (indexes.find((each) => each > at) ?? indexes[0])
      : (indexes.findLast((each) => each < at) ?? indexes.at(-1));
  return index === undefined ? null : (all[index] ?? null);
}
