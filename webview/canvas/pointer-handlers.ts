import type { ReactFlowInstance, ReactFlowProps } from "@xyflow/react";
import type { MouseEvent } from "react";
import { armAt } from "../graph/arm-at.ts";
import type { Point } from "../graph/spatial-index.ts";
import type { Viewport } from "../graph/view-window.ts";
import { noSelection } from "../model/canvas-model.ts";
import type { MenuTarget } from "../model/overlay.ts";
import { onlyStage } from "../model/selection.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { openOverlay } from "../session/overlay-commands.ts";
import { goToStage } from "../session/stage-commands.ts";
import type { FlowEdge, FlowNode } from "./flow-elements.ts";
import { type FarScene, farStageAt } from "./use-flow-elements.ts";
import type { WireGestures } from "./WireLayer.tsx";

type AnyMouseEvent = MouseEvent | globalThis.MouseEvent;

type PointerHandlers = Required<
  Pick<
    ReactFlowProps<FlowNode, FlowEdge>,
    | "onNodeDoubleClick"
    | "onNodeContextMenu"
    | "onEdgeContextMenu"
    | "onPaneContextMenu"
    | "onPaneClick"
    | "onMoveEnd"
    | "onError"
  >
>;

/** What the pointer does besides dragging and connecting. `far` tells what is painted from afar now. */
export function pointerHandlers(
  session: CanvasSession,
  flow: ReactFlowInstance<FlowNode, FlowEdge>,
  view: { readonly far: () => FarScene | null; readonly onViewSettled: (viewport: Viewport) => void },
): PointerHandlers {
  const wires = wireGesturesOf(session);
  const placeOf = ({ clientX: x, clientY: y }: AnyMouseEvent): Point => flow.screenToFlowPosition({ x, y });
  const farStage = (event: AnyMouseEvent): string | null => {
    const far = view.far();
    return far === null ? null : farStageAt(far, placeOf(event));
  };
  return {
    onNodeDoubleClick(_event, node) {
      if (node.type !== "arm") session.revealInText(node.data.item.card.id);
    },
    onNodeContextMenu(event, node) {
      const graph = session.store.get().document?.graph;
      // The pointer goes through an arm to its container.
      const arm = graph === undefined ? null : armAt(graph, node.id, placeOf(event));
      if (arm !== null) {
        openMenuAt(session, event, { kind: "arm", arm: arm.key });
        return;
      }
      session.store.update((model) =>
        model.selection.stages.has(node.id)
          ? model
          : { ...model, selection: onlyStage(node.id), focus: node.id },
      );
      openMenuAt(session, event, { kind: "stage", stage: node.id });
    },
    onEdgeContextMenu: (event, edge) => wires.openMenu(event, edge.id),
    onPaneContextMenu(event) {
      const stage = farStage(event);
      const target: MenuTarget =
        stage === null ? { kind: "canvas", at: placeOf(event) } : { kind: "stage", stage };
      openMenuAt(session, event, target);
    },
    onPaneClick(event) {
      const stage = farStage(event);
      const selection = stage === null ? noSelection : onlyStage(stage);
      session.store.update((model) => ({ ...model, selection, overlay: { kind: "none" } }));
      // From afar a stage is no element of its own: a double click goes to it.
      if (stage !== null && event.detail === 2) goToStage(session, stage);
    },
    onMoveEnd: (_event, viewport) => view.onViewSettled(viewport),
    onError: (code, message) => session.reportDefect(new Error(`React Flow ${code}: ${message}`)),
  };
}

/** What is done to a wire, whoever draws it. */
export function wireGesturesOf(session: CanvasSession): WireGestures {
  const select = (wire: string): void =>
    session.store.update((model) => ({ ...model, selection: { stages: new Set(), wire } }));
  return {
    select,
    openMenu(event, wire) {
      select(wire);
      // The page below has a menu of its own.
      event.stopPropagation();
      openMenuAt(session, event, { kind: "wire", wire });
    },
  };
}

function openMenuAt(session: CanvasSession, event: AnyMouseEvent, target: MenuTarget): void {
  event.preventDefault();
  openOverlay(session, { kind: "menu", target, x: event.clientX, y: event.clientY });
}
