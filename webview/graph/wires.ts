import type { PipelineGraph, Stage } from "#core/pipeline";
import type { Outline } from "./outline.ts";

/** An edge of the canvas, between the boxes of two stages. */
export interface Wire {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Ids of the stages, for edits. */
  readonly fromStage: string;
  readonly toStage: string;
  readonly kind: "declared" | "implicit" | "branch";
  /** The arm of a branch: `true`, `false`, a route. */
  readonly label: string | null;
}

/** The wires of a graph. A wire that is as in `previous` is the same object. */
export function wiresOf(
  graph: PipelineGraph,
  outline: Outline,
  previous: ReadonlyMap<string, Wire>,
): ReadonlyMap<string, Wire> {
  const parentOf = new Map(outline.items.map(({ key, parent }) => [key, parent]));
  const isInside = (key: string, box: string): boolean => {
    for (let at = parentOf.get(key); at != null; at = parentOf.get(at)) if (at === box) return true;
    return false;
  };
  const stageOf = new Map<string, Stage>();
  for (const { stage } of graph.nodes) if (!stageOf.has(stage.id)) stageOf.set(stage.id, stage);

  const wires = new Map<string, Wire>();
  const pairs = new Map<string, Wire["kind"]>();
  for (const { from: fromStage, to: toStage, kind } of graph.edges) {
    const from = outline.keyOf.get(fromStage);
    const to = outline.keyOf.get(toStage);
    // A container holds its stages: a line to its own inside would say nothing.
    if (from === undefined || to === undefined || isInside(to, from) || isInside(from, to)) continue;
    // What is declared and a branch too is one line, which can be disconnected.
    const pair = `${from} ${to}`;
    const drawn = pairs.get(pair) === "declared" || kind === "declared" ? "declared" : kind;
    pairs.set(pair, drawn);
    wires.delete(`branch ${pair}`);
    const label = armsTo(stageOf.get(fromStage), toStage);
    const id = `${drawn} ${pair}`;
    const before = previous.get(id);
    const same = before?.label === label && before.fromStage === fromStage && before.toStage === toStage;
    wires.set(id, same ? before : { id, from, to, fromStage, toStage, kind: drawn, label });
  }
  return wires;
}

/** The arms of `stage` that lead to `target`; null when none does. */
function armsTo(stage: Stage | undefined, target: string): string | null {
  const arms = stage?.arms.filter(({ stages }) => stages.some(({ value }) => value === target)) ?? [];
  return arms.length === 0 ? null : arms.map(({ arm }) => arm.replace(/^route:/, "")).join(", ");
}
