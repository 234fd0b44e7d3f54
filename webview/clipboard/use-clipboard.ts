import { useReactFlow } from "@xyflow/react";
import { type PointerEvent, useEffect, useRef } from "react";
import { STAGE_SIZE } from "../graph/sizes.ts";
import type { Point } from "../graph/spatial-index.ts";
import { editRefusal } from "../model/canvas-model.ts";
import { actedOn } from "../model/selection.ts";
import { useSession } from "../session/session-context.tsx";
import { deleteStages } from "../session/stage-commands.ts";
import { pasteText, textOfStages } from "./clipboard-commands.ts";

/** What the graph's element listens with, so that a paste comes to where the pointer is. */
export interface PointerWatch {
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
}

/**
 * Copying, cutting and pasting by the clipboard's own events: they come of keys, and of VS Code's commands and menus.
 */
export function useClipboard(): PointerWatch {
  const session = useSession();
  const flow = useReactFlow();
  const pointer = useRef<Point | null>(null);

  useEffect(() => {
    const stop = new AbortController();
    const listen = (type: string, act: (event: Event) => void): void => {
      document.addEventListener(type, (event) => isOfGraph() && act(event), { signal: stop.signal });
    };
    const take = (event: Event, stages: ReturnType<typeof actedOn>): "taken" | "not" => {
      const text = textOfStages(session, stages);
      if (text === null || !(event instanceof ClipboardEvent) || event.clipboardData === null) return "not";
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
      return "taken";
    };
    // VS Code asks the page to copy, which a browser does only where something is selected or someone says so here.
    for (const type of ["beforecopy", "beforecut", "beforepaste"])
      listen(type, (event) => event.preventDefault());
    listen("copy", (event) => take(event, actedOn(session.store.get())));
    listen("cut", (event) => {
      const model = session.store.get();
      const stages = actedOn(model);
      const refusal = editRefusal(model);
      if (refusal !== null) session.tell("error", refusal);
      else if (take(event, stages) === "taken") deleteStages(session, stages);
    });
    listen("paste", (event) => {
      if (!(event instanceof ClipboardEvent) || event.clipboardData === null) return;
      event.preventDefault();
      pasteText(session, event.clipboardData.getData("text/plain"), placeToPaste(), "by-selection");
    });

    function placeToPaste(): Point {
      if (pointer.current !== null) return flow.screenToFlowPosition(pointer.current);
      const pane = document.querySelector(".canvas-graph")?.getBoundingClientRect();
      const middle = {
        x: (pane?.x ?? 0) + (pane?.width ?? 0) / 2,
        y: (pane?.y ?? 0) + (pane?.height ?? 0) / 2,
      };
      const { x, y } = flow.screenToFlowPosition(middle);
      return { x: x - STAGE_SIZE.width / 2, y: y - STAGE_SIZE.height / 2 };
    }
    return () => stop.abort();
  }, [session, flow]);

  return {
    onPointerMove({ clientX, clientY }) {
      pointer.current = { x: clientX, y: clientY };
    },
    onPointerLeave() {
      pointer.current = null;
    },
  };
}

/** Whether the keyboard is at the graph, and not in a field, the inspector or a list over it. */
function isOfGraph(): boolean {
  const active = document.activeElement;
  if (active instanceof HTMLInputElement || (window.getSelection()?.toString() ?? "") !== "") return false;
  return active === null || active === document.body || active.closest(".canvas-graph") !== null;
}
