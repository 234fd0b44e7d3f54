import { isJsonObject, isOwningArm, type JsonMembers, possibleArms, stageById } from "#core/pipeline";
import { armAt } from "../graph/arm-at.ts";
import type { GraphView } from "../graph/graph-view.ts";
import type { StageItem } from "../graph/outline.ts";
import type { Point } from "../graph/spatial-index.ts";
import type { CanvasModel } from "../model/canvas-model.ts";
import { ownId } from "../session/rename-commands.ts";

/** An arm that stages are pasted into, by the id of its stage. */
export interface PasteTarget {
  readonly owner: string;
  readonly arm: string;
}

/**
 * The arm that a paste goes into by what is selected: that of a container, unless it is what was copied, or the one
 * that all the selected stages are in. Null: none, so that stages are pasted beside all others.
 */
export function armOfSelection(
  { document }: Pick<CanvasModel, "document">,
  stages: readonly StageItem[],
  clipping: JsonMembers,
): PasteTarget | null {
  const [first, ...others] = stages;
  if (document === null || first === undefined || stages.some(({ repeated }) => repeated)) return null;
  if (others.length === 0 && !idsIn(clipping).includes(ownId(first.card.id))) {
    const stage = stageById(document.drawn, first.card.id);
    const bodies = stage === undefined ? [] : possibleArms(stage).filter(isOwningArm);
    const used = stage?.arms.find(({ arm, stages: members }) => isOwningArm(arm) && members.length > 0)?.arm;
    const arm = used ?? bodies[0];
    if (arm !== undefined) return { owner: first.card.id, arm };
  }
  const arms = stages.map(({ card }) => armAround(document.drawn.pipeline.stages, card.id));
  const [around] = arms;
  const isSame = arms.every((each) => each?.owner === around?.owner && each?.arm === around?.arm);
  return around === undefined || around === null || !isSame ? null : around;
}

type Stages = NonNullable<CanvasModel["document"]>["drawn"]["pipeline"]["stages"];

/** The branch that a stage is in, or else the body. */
function armAround(stages: Stages, id: string): PasteTarget | null {
  const around = stages.flatMap((owner) =>
    owner.id === id
      ? []
      : owner.arms
          .filter((each) => each.stages.some(({ value }) => value === id))
          .map(({ arm }) => ({ owner: owner.id, arm })),
  );
  return around.find(({ arm }) => !isOwningArm(arm)) ?? around[0] ?? null;
}

/** Whether a place of the graph is in what is drawn of an arm; anywhere is for a branch, which is drawn as connections. */
export function isInArm(graph: GraphView, { owner, arm }: PasteTarget, { x, y }: Point): boolean {
  if (!isOwningArm(arm)) return true;
  const key = graph.keyOf.get(owner) ?? "";
  const several = [...graph.items.values()].some((item) => item.kind === "arm" && item.parent === key);
  if (several) return armAt(graph, key, { x, y })?.arm === arm;
  const box = graph.boxes.get(key);
  return box !== undefined && x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height;
}

/** A clipping without the places of its stages, which a layout is to find. */
export function withoutPlaces(clipping: JsonMembers): JsonMembers {
  const { stages, layout, ...rest } = clipping;
  const unplaced = (value: JsonMembers[string], names: readonly string[]): JsonMembers[string] =>
    isJsonObject(value)
      ? Object.fromEntries(Object.entries(value).filter(([key]) => !names.includes(key)))
      : value;
  const each = (value: JsonMembers[string], names: readonly string[]): JsonMembers[string] => {
    if (Array.isArray(value)) return value.map((item) => unplaced(item, names));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unplaced(item, names)]));
  };
  return {
    ...rest,
    ...(stages === undefined ? {} : { stages: each(stages, ["position"]) }),
    ...(layout === undefined ? {} : { layout: each(layout, ["x", "y"]) }),
  };
}

function idsIn({ stages }: JsonMembers): readonly string[] {
  if (Array.isArray(stages)) {
    return stages.flatMap((stage) =>
      isJsonObject(stage) && typeof stage["id"] === "string" ? [stage["id"]] : [],
    );
  }
  return stages !== undefined && isJsonObject(stages) ? Object.keys(stages) : [];
}
