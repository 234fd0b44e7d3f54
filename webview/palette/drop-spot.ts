import type { ReactFlowInstance } from "@xyflow/react";
import { isOwningArm, type PipelineDocument, possibleArms, stageById } from "#core/pipeline";
import { armAt } from "../graph/arm-at.ts";
import type { GraphView } from "../graph/graph-view.ts";
import { STAGE_SIZE } from "../graph/sizes.ts";
import type { Point } from "../graph/spatial-index.ts";
import type { AddSpot } from "../model/add-spot.ts";
import type { DocumentState } from "../model/document-state.ts";

/** What a component would be dropped on. */
export interface DropSpot {
  readonly spot: AddSpot;
  /** The wire, stage or arm of the page; null where it is none. */
  readonly element: Element | null;
}

/** What lies over the graph and is no part of it. */
const COVERS = ".toolbar, .picker, .minimap, .notice, .menu";

/** How far from a wire the pointer may be, in pixels of the screen. */
const REACH = 9;
const around: readonly Point[] = [
  { x: 0, y: 0 },
  { x: 0, y: -REACH },
  { x: 0, y: REACH },
  { x: -REACH, y: 0 },
  { x: REACH, y: 0 },
];

/** Where a component that is let go at a place of the window would come; null beside the graph. */
export function dropSpotAt(
  { graph, drawn }: DocumentState,
  flow: Pick<ReactFlowInstance, "screenToFlowPosition">,
  { x, y }: Point,
): DropSpot | null {
  const under = document.elementFromPoint(x, y);
  if (under?.closest(".canvas") == null || under.closest(COVERS) !== null) return null;
  const box = under.closest<HTMLElement>(".react-flow__node");
  // What holds others is mostly room: its wires lie over it.
  const isFull = box?.classList.contains("react-flow__node-stage") === true;
  const wire = isFull ? undefined : wireNear({ x, y });
  if (wire !== undefined && graph.wires.has(wire.id)) {
    return { spot: { kind: "on-wire", wire: wire.id }, element: wire.element };
  }
  const middle = flow.screenToFlowPosition({ x, y });
  const key = box?.dataset["id"] ?? "";
  // The pointer goes through an arm to its container, which is dragged by it.
  const arm = armAt(graph, key, middle);
  if (arm !== null) {
    const element = document.querySelector(`.react-flow__node[data-id="${CSS.escape(arm.key)}"]`);
    return { spot: { kind: "in-arm", owner: key, arm: arm.arm }, element };
  }
  const spot = spotOfStage(graph, drawn, key);
  if (spot !== null) return { spot, element: box };
  const at = {
    x: Math.round(middle.x - STAGE_SIZE.width / 2),
    y: Math.round(middle.y - STAGE_SIZE.height / 2),
  };
  return { spot: { kind: "free", at }, element: null };
}

function wireNear({ x, y }: Point): { readonly id: string; readonly element: Element } | undefined {
  for (const step of around) {
    const element = document
      .elementFromPoint(x + step.x, y + step.y)
      ?.closest<SVGElement>(".wire, .react-flow__edge");
    const id = element?.dataset["id"];
    if (element != null && id !== undefined) return { id, element };
  }
  return undefined;
}

/** Into the body of a stage that has or can have one, the first of several; else after it. */
function spotOfStage(graph: GraphView, document: PipelineDocument, key: string): AddSpot | null {
  const item = graph.items.get(key);
  if (item?.kind !== "stage") return null;
  const stage = item.repeated ? undefined : stageById(document, item.card.id);
  const bodies = stage === undefined ? [] : possibleArms(stage).filter(isOwningArm);
  const used = stage?.arms.find(({ arm, stages }) => isOwningArm(arm) && stages.length > 0)?.arm;
  const arm = used ?? bodies[0];
  return arm === undefined ? { kind: "after", stage: key, at: null } : { kind: "in-arm", owner: key, arm };
}
