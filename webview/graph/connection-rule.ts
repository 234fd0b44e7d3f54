import { editPipeline, type PipelineDocument } from "#core/pipeline";
import type { CanvasProblem } from "#protocol";
import type { GraphView } from "./graph-view.ts";
import type { StageItem } from "./outline.ts";
import { unfitValue } from "./unfit-value.ts";

/** What a connection is judged by: the document that is drawn, its graph, and what the checks have found in it. */
export interface ConnectionGround {
  readonly graph: GraphView;
  readonly drawn: PipelineDocument;
  readonly problems: readonly CanvasProblem[];
}

/** Why `to` cannot be made to depend on `from` (keys), for the user; null when it can. */
export function connectionRefusal(
  { graph, drawn: document, problems }: ConnectionGround,
  from: string,
  to: string,
): string | null {
  const source = graph.items.get(from);
  const target = graph.items.get(to);
  if (source?.kind !== "stage" || target?.kind !== "stage") return "Connections go from stage to stage.";
  if (from === to) return "A stage cannot depend on itself.";
  const repeated = [source, target].find((item) => item.repeated);
  if (repeated !== undefined) return repeatedIdMessage(repeated);
  if (isInside(graph, from, to)) return `“${source.card.title}” runs inside “${target.card.title}”.`;
  if (isInside(graph, to, from)) return `“${target.card.title}” runs inside “${source.card.title}”.`;
  for (const wire of graph.wires.values()) {
    if (wire.kind === "declared" && wire.from === from && wire.to === to) {
      return `“${target.card.title}” depends on “${source.card.title}” already.`;
    }
  }
  if (leadsTo(graph, to, from)) {
    return `“${source.card.title}” depends on “${target.card.title}”: this would close a circle.`;
  }
  const unfit = unfitValue(document, problems, source, target);
  if (unfit !== null) {
    return `What “${target.card.title}” reads of “${source.card.title}” does not fit: ${unfit}`;
  }
  const edit = editPipeline(document, { kind: "connect", from: source.card.id, to: target.card.id });
  return edit.ok ? null : edit.message;
}

/** Why a stage whose id an earlier one has cannot be edited on the canvas. */
export function repeatedIdMessage({ card }: StageItem): string {
  return `Two stages have the id “${card.id}”. Give one of them another id in the text first.`;
}

function isInside(graph: GraphView, key: string, box: string): boolean {
  for (let at = graph.items.get(key)?.parent; at != null; at = graph.items.get(at)?.parent) {
    if (at === box) return true;
  }
  return false;
}

function leadsTo(graph: GraphView, from: string, to: string): boolean {
  const next = new Map<string, string[]>();
  for (const wire of graph.wires.values()) {
    const list = next.get(wire.from);
    if (list === undefined) next.set(wire.from, [wire.to]);
    else list.push(wire.to);
  }
  const seen = new Set([from]);
  const waiting = [from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === to) return true;
    for (const key of next.get(at) ?? []) {
      if (seen.has(key)) continue;
      seen.add(key);
      waiting.push(key);
    }
  }
  return false;
}
