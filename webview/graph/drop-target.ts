import { isOwningArm, type PipelineDocument, possibleArms, type Stage, stageById } from "#core/pipeline";
import type { GraphView } from "./graph-view.ts";
import type { StageItem } from "./outline.ts";
import type { Point } from "./spatial-index.ts";

/** Where stages come that are dragged and let go. */
export type DropTarget =
  | {
      readonly kind: "arm";
      readonly owner: StageItem;
      readonly arm: string;
      /** The box that stands for it: of the arm, of the stage around, or of the stage that has nothing in there yet. */
      readonly key: string;
      /** Whether it is drawn around its stages already. */
      readonly drawn: "around" | "not-yet";
    }
  /** Nothing is around them. */
  | { readonly kind: "outside" };

/** What stages that are dragged by `grabbed` come into at a point; null where it stays in what it is in. */
export function dropTargetAt(
  graph: GraphView,
  document: PipelineDocument,
  grabbed: string,
  dragged: ReadonlySet<string>,
  at: Point,
): DropTarget | null {
  const home = graph.items.get(grabbed)?.parent ?? null;
  for (let key = innermostAt(graph, dragged, at); key !== null; ) {
    if (key === home) return null;
    const item = graph.items.get(key);
    if (item?.kind === "arm") {
      const owner = graph.items.get(item.parent);
      return owner?.kind === "stage" ? { kind: "arm", owner, arm: item.arm, key, drawn: "around" } : null;
    }
    if (item !== undefined) {
      // Between the arms of what it is in, it is in there still.
      if (home !== null && graph.items.get(home)?.parent === key) return null;
      const arm = armOf(item, stageById(document, item.card.id), graph, at);
      if (arm !== null && isIn(document, item, arm, graph.items.get(grabbed))) return null;
      if (arm !== null)
        return { kind: "arm", owner: item, arm, key, drawn: item.container ? "around" : "not-yet" };
    }
    key = item?.parent ?? null;
  }
  return home === null ? null : { kind: "outside" };
}

/** The smallest box at a point that is not dragged, nor inside one that is. */
function innermostAt(graph: GraphView, dragged: ReadonlySet<string>, at: Point): string | null {
  let found: string | null = null;
  let size = Number.POSITIVE_INFINITY;
  for (const key of graph.index.within({ ...at, width: 0, height: 0 })) {
    const box = graph.boxes.get(key);
    if (box === undefined || at.x < box.x || at.y < box.y) continue;
    if (at.x > box.x + box.width || at.y > box.y + box.height) continue;
    if (box.width * box.height >= size || isWithin(graph, key, dragged)) continue;
    found = key;
    size = box.width * box.height;
  }
  return found;
}

function isWithin({ items }: GraphView, key: string, dragged: ReadonlySet<string>): boolean {
  for (let at: string | null | undefined = key; at != null; at = items.get(at)?.parent)
    if (dragged.has(at)) return true;
  return false;
}

/** The body of a stage, the first of several that has stages; of one that only has branches, that at the height. */
function armOf(item: StageItem, stage: Stage | undefined, graph: GraphView, at: Point): string | null {
  if (stage === undefined || item.repeated) return null;
  const arms = possibleArms(stage);
  const bodies = arms.filter(isOwningArm);
  if (bodies.length > 0) {
    const used = stage.arms.find(({ arm, stages }) => isOwningArm(arm) && stages.length > 0);
    return used?.arm ?? bodies[0] ?? null;
  }
  const box = graph.boxes.get(item.key);
  if (arms.length === 0 || box === undefined) return null;
  const band = Math.floor(((at.y - box.y) / box.height) * arms.length);
  return arms[Math.max(0, Math.min(arms.length - 1, band))] ?? null;
}

function isIn(
  document: PipelineDocument,
  owner: StageItem,
  arm: string,
  member: { readonly kind: string; readonly card?: StageItem["card"] } | undefined,
): boolean {
  const arms = stageById(document, owner.card.id)?.arms.filter((each) => each.arm === arm) ?? [];
  return arms.some(({ stages }) => stages.some(({ value }) => value === member?.card?.id));
}
