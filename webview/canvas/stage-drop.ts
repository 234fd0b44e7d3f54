import type { ReactFlowInstance } from "@xyflow/react";
import { type DropTarget, dropTargetAt } from "../graph/drop-target.ts";
import type { StageItem } from "../graph/outline.ts";
import type { Point } from "../graph/spatial-index.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { dropRefusal, dropStages, dropWords } from "../session/drop-commands.ts";
import type { FlowEdge, FlowNode } from "./flow-elements.ts";

/** What is said at the pointer while stages are dragged over what they would come into, in pixels of the window. */
export interface DropHint extends Point {
  readonly words: string;
  readonly refused: boolean;
}

/** What stages that are dragged by one of them (keys) are over. */
export interface StageDrop {
  over(pointer: Point, grabbed: string, dragged: readonly string[]): void;
  /** Ends the drag with the places of the stages; `stays` where they are in what they were in, and only moved. */
  end(pointer: Point | null, grabbed: string, places: ReadonlyMap<string, Point>): "dropped" | "stays";
  /** Ends the drag for nothing. */
  cancel(): void;
}

/** Lights up what dragged stages would come into, and looks once for each of these whether they can. */
export function createStageDrop(
  session: CanvasSession,
  flow: Pick<ReactFlowInstance<FlowNode, FlowEdge>, "screenToFlowPosition">,
  show: (hint: DropHint | null) => void,
): StageDrop {
  let marked: Element | null = null;
  let last: { readonly of: string; readonly refusal: string | null } | null = null;

  const mark = (key: string | null, look: "here" | "refused"): void => {
    const element =
      key === null ? null : document.querySelector(`.react-flow__node[data-id="${CSS.escape(key)}"]`);
    if (element !== marked) marked?.removeAttribute("data-drop");
    marked = element;
    element?.setAttribute("data-drop", look);
  };
  const clear = (): void => {
    mark(null, "here");
    last = null;
    show(null);
  };
  const targetAt = (pointer: Point, grabbed: string, dragged: readonly string[]): DropTarget | null => {
    const { document: state } = session.store.get();
    if (state === null) return null;
    const at = flow.screenToFlowPosition(pointer);
    return dropTargetAt(state.graph, state.drawn, grabbed, new Set(dragged), at);
  };
  const refusalOf = (dragged: readonly string[], target: DropTarget): string | null => {
    const of = JSON.stringify([
      target.kind,
      target.kind === "arm" ? [target.key, target.arm] : null,
      dragged,
    ]);
    if (last?.of !== of) {
      const items = session.store.get().document?.graph.items;
      const stages = dragged.flatMap((key): readonly StageItem[] => {
        const item = items?.get(key);
        return item?.kind === "stage" ? [item] : [];
      });
      last = { of, refusal: dropRefusal(session, stages, target) };
    }
    return last.refusal;
  };

  return {
    over(pointer, grabbed, dragged) {
      const target = targetAt(pointer, grabbed, dragged);
      if (target === null) {
        clear();
        return;
      }
      const refusal = refusalOf(dragged, target);
      mark(target.kind === "arm" ? target.key : null, refusal === null ? "here" : "refused");
      show({ ...pointer, words: refusal ?? dropWords(target), refused: refusal !== null });
    },
    end(pointer, grabbed, places) {
      const target = pointer === null ? null : targetAt(pointer, grabbed, [...places.keys()]);
      clear();
      if (target === null) return "stays";
      dropStages(session, places, target);
      return "dropped";
    },
    cancel: clear,
  };
}
