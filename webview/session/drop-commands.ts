import { type CanvasEdit, isOwningArm } from "#core/pipeline";
import type { DropTarget } from "../graph/drop-target.ts";
import type { StageItem } from "../graph/outline.ts";
import { CONTAINER_PADDING, NODE_GAP, STAGE_SIZE } from "../graph/sizes.ts";
import type { Point } from "../graph/spatial-index.ts";
import { armWords } from "../model/add-spot.ts";
import type { CanvasSession } from "./canvas-session.ts";
import { editAloud, whyNotNow } from "./edit-aloud.ts";
import { goToNew } from "./go-to-new.ts";
import { movesTo } from "./move-commands.ts";

/** What letting stages go would do, for the user: `Move into “loop” of “Each order”`. */
export function dropWords(target: DropTarget): string {
  return target.kind === "outside"
    ? "Take out"
    : `Move into ${armWords(target.arm)} of “${target.owner.card.title}”`;
}

/** Why stages cannot be let go there, for the user; null when they can. */
export function dropRefusal(
  session: CanvasSession,
  stages: readonly StageItem[],
  target: DropTarget,
): string | null {
  return whyNotNow(session, dropEdit(stages, target, []));
}

/** Takes stages (their places by key) into an arm or out of all, in one edit, or tells why not. */
export function dropStages(
  session: CanvasSession,
  places: ReadonlyMap<string, Point>,
  target: DropTarget,
): void {
  const { document } = session.store.get();
  if (document === null) return;
  const { items, boxes } = document.graph;
  const stages = [...places.keys()].flatMap((key): readonly StageItem[] => {
    const item = items.get(key);
    return item?.kind === "stage" ? [item] : [];
  });
  const owner = target.kind === "arm" ? boxes.get(target.owner.key) : undefined;
  const isDrawn = target.kind === "outside" || target.drawn === "around" || owner === undefined;
  // What is not drawn around them yet is drawn around where it is itself.
  const wanted = isDrawn
    ? places
    : new Map(
        [...places.keys()].map((key, index) => [
          key,
          {
            x: owner.x + CONTAINER_PADDING.left,
            y: owner.y + CONTAINER_PADDING.top + index * (STAGE_SIZE.height + NODE_GAP),
          },
        ]),
      );
  // A branch is lines to its stages, which stay where they are let go.
  const isBranch = target.kind === "arm" && !isOwningArm(target.arm);
  const moves = movesTo(session, isBranch ? places : wanted);
  if (moves === null) return;
  const names = stages.length === 1 ? `“${stages[0]?.card.title ?? ""}”` : `${stages.length} stages`;
  const words =
    target.kind === "outside"
      ? `Took out ${names}.`
      : `Moved ${names} into ${armWords(target.arm)} of “${target.owner.card.title}”.`;
  // In the map dialect they have other ids then.
  goToNew(session, () => void editAloud(session, dropEdit(stages, target, moves), words));
}

type DropEdit = Extract<CanvasEdit, { kind: "drop-stages" }>;

function dropEdit(stages: readonly StageItem[], target: DropTarget, moves: DropEdit["moves"]): DropEdit {
  const into = target.kind === "outside" ? null : { owner: target.owner.card.id, arm: target.arm };
  return { kind: "drop-stages", stages: stages.map(({ card }) => card.id), into, moves };
}
