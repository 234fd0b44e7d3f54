import type { PipelineDocument, PipelineGraph } from "#core/pipeline";
import { type GraphView, viewOf } from "../graph/graph-view.ts";
import { type Outline, type OutlineItem, outlineOf } from "../graph/outline.ts";
import { STAGE_SIZE } from "../graph/sizes.ts";
import type { Point } from "../graph/spatial-index.ts";
import { overlap } from "../graph/view-window.ts";
import { type Wire, wiresOf } from "../graph/wires.ts";
import { type Diff, type StageChange, stageChanges } from "./stage-change.ts";
import { unionGraph } from "./union-graph.ts";

/** Which of the graphs of a comparison: of all that either pipeline has, or of one of them. */
export type ComparedSide = "union" | "before" | "after";

/** Two pipelines as graphs, which have a stage of both at the same place and under the same key. */
export interface ComparedGraphs extends Readonly<Record<ComparedSide, GraphView>> {
  /** By stage id. A stage that is as it was has no entry. */
  readonly stages: ReadonlyMap<string, readonly StageChange[]>;
  /** By {@link wirePair}. A wire that is as it was has no entry. */
  readonly wires: ReadonlyMap<string, WireChange>;
  /** Ids before, of stages that have another one. */
  readonly oldIds: ReadonlyMap<string, string>;
}

export type WireChange = "added" | "removed" | "changed";

/** Names a wire by the boxes that it joins. */
export function wirePair({ from, to }: Pick<Wire, "from" | "to">): string {
  return `${from} ${to}`;
}

/** Lays out two pipelines together. `after` keeps the places that its file gives; what is gone stands beside them. */
export function compareGraphs(before: PipelineDocument, after: PipelineDocument, diff: Diff): ComparedGraphs {
  const graphs = unionGraph(before, after, diff);
  const old = sideOf(before, graphs.before);
  const now = sideOf(after, graphs.after);
  const both = sideOf(after, graphs.union);
  const wires = wireChanges(old.wires, now.wires);
  const union = viewOf({
    ...both,
    items: withGhosts(both.items, old.items, now.items),
    wires: withOldLabels(both.wires, old.wires, wires),
  });
  return {
    union,
    before: viewOf({ ...old, items: placedAs(old.items, union) }),
    after: viewOf({ ...now, items: placedAs(now.items, union) }),
    stages: stageChanges(diff),
    wires,
    oldIds: new Map(diff.renamed.map((each) => [each.after, each.before])),
  };
}

type Items = ReadonlyMap<string, OutlineItem>;
type Wires = ReadonlyMap<string, Wire>;

function sideOf(
  document: PipelineDocument,
  graph: PipelineGraph,
): { readonly items: Items; readonly wires: Wires; readonly keyOf: Outline["keyOf"] } {
  const outline = outlineOf(document, graph);
  return {
    items: new Map(outline.items.map((item) => [item.key, item])),
    wires: wiresOf(graph, outline, new Map()),
    keyOf: outline.keyOf,
  };
}

/** Stages that are gone keep their places where nothing stands there now; else they are laid out like new ones. */
function withGhosts(union: Items, old: Items, now: Items): Items {
  const taken = [...now.values()].flatMap((item) => boxOf(writtenOf(item)));
  return mapItems(union, (item) => {
    if (now.has(item.key)) return item.written;
    const ghost = old.get(item.key);
    const written = ghost === undefined ? null : writtenOf(ghost);
    const [box] = boxOf(written);
    return box !== undefined && taken.some((other) => overlap(box, other)) ? null : written;
  });
}

/** A side's stages stand where they stand in the union, but for those that are inside something else there. */
function placedAs(side: Items, union: GraphView): Items {
  return mapItems(side, (item) => {
    const box = union.boxes.get(item.key);
    const isThere = box !== undefined && union.items.get(item.key)?.parent === item.parent;
    return isThere ? { x: box.x, y: box.y } : item.written;
  });
}

function mapItems(
  items: Items,
  place: (item: Extract<OutlineItem, { kind: "stage" }>) => Point | null,
): Items {
  return new Map(
    Array.from(items, ([key, item]) => [
      key,
      item.kind === "stage" ? { ...item, written: place(item) } : item,
    ]),
  );
}

function writtenOf(item: OutlineItem): Point | null {
  return item.kind === "stage" ? item.written : null;
}

function boxOf(at: Point | null) {
  return at === null ? [] : [{ ...at, ...STAGE_SIZE }];
}

function wireChanges(old: Wires, now: Wires): ReadonlyMap<string, WireChange> {
  const before = byPair(old);
  const after = byPair(now);
  const changes = new Map<string, WireChange>();
  for (const [pair, wire] of after) {
    const was = before.get(pair);
    if (was === undefined) changes.set(pair, "added");
    else if (was.label !== wire.label || was.kind !== wire.kind) changes.set(pair, "changed");
  }
  for (const pair of before.keys()) if (!after.has(pair)) changes.set(pair, "removed");
  return changes;
}

/** Of what a stage no longer leads to, only the old pipeline knows by which arm it did. */
function withOldLabels(union: Wires, old: Wires, changes: ReadonlyMap<string, WireChange>): Wires {
  const before = byPair(old);
  return new Map(
    Array.from(union, ([id, wire]) => {
      const was = before.get(wirePair(wire));
      const isGone = changes.get(wirePair(wire)) === "removed";
      return [id, isGone && was !== undefined ? { ...wire, label: was.label } : wire];
    }),
  );
}

function byPair(wires: Wires): Wires {
  return new Map(Array.from(wires.values(), (wire) => [wirePair(wire), wire]));
}
