import { type ReactFlowInstance, useReactFlow } from "@xyflow/react";
import { type PointerEvent, useEffect, useMemo, useState } from "react";
import { addRefusal, addStage } from "../add/add-stage.ts";
import type { ComponentChoice } from "../add/component-choice.ts";
import type { Point } from "../graph/spatial-index.ts";
import { backToGraph } from "../inspector/inspector-commands.ts";
import { type AddSpot, placeOfSpot } from "../model/add-spot.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { useSession } from "../session/session-context.tsx";
import { dropSpotAt } from "./drop-spot.ts";

/** What follows the pointer while a component is dragged. */
export interface DragGhost extends Point {
  readonly choice: ComponentChoice;
  /** What would be added, or why nothing can be; null beside the graph. */
  readonly words: string | null;
  readonly refused: boolean;
  /** Over a stage, a wire or an arm, which the ghost is not to hide. */
  readonly over: "target" | "nothing";
}

/** What the pointer may tremble, in pixels. */
const THRESHOLD = 4;

/** Dragging components into the graph: what to show of it, and what it begins with. */
export function usePaletteDrag(): {
  readonly ghost: DragGhost | null;
  readonly grab: (event: PointerEvent<HTMLElement>, choice: ComponentChoice) => void;
} {
  const session = useSession();
  const flow = useReactFlow();
  const [ghost, show] = useState<DragGhost | null>(null);
  const drag = useMemo(() => createDrag(session, flow, show), [session, flow]);
  useEffect(() => drag.cancel, [drag]);
  return { ghost, grab: drag.grab };
}

interface Drag {
  readonly grab: (event: PointerEvent<HTMLElement>, choice: ComponentChoice) => void;
  readonly cancel: () => void;
}

function createDrag(
  session: CanvasSession,
  flow: Pick<ReactFlowInstance, "screenToFlowPosition">,
  show: (ghost: DragGhost | null) => void,
): Drag {
  let listening = new AbortController();
  const target = createTarget(session);

  const cancel = (): void => {
    listening.abort();
    target.leave();
    document.body.removeAttribute("data-dragging");
    show(null);
  };

  const grab = (event: PointerEvent<HTMLElement>, choice: ComponentChoice): void => {
    if (event.button !== 0) return;
    cancel();
    listening = new AbortController();
    const { signal } = listening;
    const row = event.currentTarget;
    const { pointerId, clientX, clientY } = event;
    let dragging = false;

    const onMove = (move: globalThis.PointerEvent): void => {
      if (move.pointerId !== pointerId) return;
      const [x, y] = [move.clientX, move.clientY];
      if (!dragging && Math.hypot(x - clientX, y - clientY) < THRESHOLD) return;
      if (!dragging) {
        dragging = true;
        // The pointer is heard of beyond the page too.
        row.setPointerCapture(pointerId);
        document.body.setAttribute("data-dragging", "component");
      }
      const { document: state } = session.store.get();
      const found = state === null ? null : dropSpotAt(state, flow, { x, y });
      if (found === null) target.leave();
      show({ choice, x, y, ...(found === null ? beside : target.enter(found.spot, found.element)) });
    };
    const onUp = (up: globalThis.PointerEvent): void => {
      if (up.pointerId !== pointerId) return;
      const { document: state } = session.store.get();
      const point = { x: up.clientX, y: up.clientY };
      const found = dragging && state !== null ? dropSpotAt(state, flow, point) : null;
      cancel();
      if (found === null) return;
      backToGraph();
      addStage(session, found.spot, choice);
    };
    const onKey = (key: KeyboardEvent): void => {
      if (!dragging || key.key !== "Escape") return;
      key.preventDefault();
      key.stopPropagation();
      cancel();
    };
    window.addEventListener("pointermove", onMove, { signal });
    window.addEventListener("pointerup", onUp, { signal });
    window.addEventListener("pointercancel", cancel, { signal });
    window.addEventListener("blur", cancel, { signal });
    window.addEventListener("keydown", onKey, { signal, capture: true });
  };
  return { grab, cancel };
}

const beside = { words: null, refused: false, over: "nothing" } as const;

/** What the component is over: marked in the page, and looked at once for as long as it is the same. */
function createTarget(session: CanvasSession): {
  readonly enter: (spot: AddSpot, element: Element | null) => Omit<DragGhost, "choice" | "x" | "y">;
  readonly leave: () => void;
} {
  let marked: Element | null = null;
  const nothing = { of: "", words: "", refused: false };
  let last = nothing;
  const mark = (element: Element | null): void => {
    marked?.removeAttribute("data-drop");
    marked = element;
    element?.setAttribute("data-drop", last.refused ? "refused" : "here");
  };
  return {
    leave() {
      last = nothing;
      mark(null);
    },
    enter(spot, element) {
      const of = JSON.stringify("at" in spot ? { ...spot, at: null } : spot);
      if (of !== last.of) {
        const refusal = addRefusal(session, spot);
        last = { of, words: refusal ?? wordsOf(session, spot), refused: refusal !== null };
      }
      mark(element);
      return { words: last.words, refused: last.refused, over: element === null ? "nothing" : "target" };
    },
  };
}

function wordsOf(session: CanvasSession, spot: AddSpot): string {
  const { document } = session.store.get();
  const words = document === null ? undefined : placeOfSpot(document.graph, spot)?.words;
  return spot.kind === "free" || words === undefined ? "Add it here" : `Add ${words}`;
}
