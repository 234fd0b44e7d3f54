import {
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type HandleType,
  type IsValidConnection,
  type NodeChange,
  type ReactFlowInstance,
  useReactFlow,
} from "@xyflow/react";
import { useMemo } from "react";
import { beginAdd } from "../add/add-stage.ts";
import { connectionRefusal } from "../graph/connection-rule.ts";
import type { Point } from "../graph/spatial-index.ts";
import { type CanvasModel, connectionGround, type Selection } from "../model/canvas-model.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { connect } from "../session/connect-commands.ts";
import { moveStages } from "../session/move-commands.ts";
import { useSession } from "../session/session-context.tsx";
import { takeEnd } from "../session/wire-commands.ts";
import { createStore, type Store } from "../store/store.ts";
import { draggedBy, draggedNodes, targetsOf } from "./dragged-stages.ts";
import { boxAt, placeOfDrop, pointerOf, stageUnder } from "./drop-point.ts";
import type { FlowEdge, FlowNode } from "./flow-elements.ts";
import { createStageDrop, type DropHint } from "./stage-drop.ts";

/** React Flow's callbacks. What changes while a gesture lasts stays here; what it meant becomes an edit at its end. */
export interface Gestures {
  /** Where React Flow has the boxes that are being dragged, as it counts: from the box around them. */
  readonly drags: Store<ReadonlyMap<string, Point>>;
  readonly onNodesChange: (changes: NodeChange<FlowNode>[]) => void;
  readonly onEdgesChange: (changes: EdgeChange<FlowEdge>[]) => void;
  readonly onDragStart: () => void;
  readonly onDrag: (event: unknown, ...rest: readonly (FlowNode | FlowNode[])[]) => void;
  readonly onDragStop: (event: unknown, ...rest: readonly (FlowNode | FlowNode[])[]) => void;
  readonly onConnect: (connection: Connection) => void;
  readonly onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => void;
  readonly onReconnect: (edge: FlowEdge, connection: Connection) => void;
  readonly onReconnectStart: () => void;
  readonly onReconnectEnd: (
    event: MouseEvent | TouchEvent,
    edge: FlowEdge,
    fixed: HandleType,
    state: FinalConnectionState,
  ) => void;
  readonly isValidConnection: IsValidConnection<FlowEdge>;
  /** Shows stages elsewhere while what holds them is dragged; null: where they are. */
  readonly showDragged: (keys: readonly string[], by: Point | null) => void;
  /** What letting go of the dragged stages would do besides; null: nothing. */
  readonly dropHint: Store<DropHint | null>;
}

const noDrags: ReadonlyMap<string, Point> = new Map();

/** The handlers of the canvas for what people do on it. */
export function useGestures(): Gestures {
  const session = useSession();
  const flow = useReactFlow<FlowNode, FlowEdge>();
  return useMemo(() => gesturesOf(session, flow), [session, flow]);
}

function gesturesOf(session: CanvasSession, flow: ReactFlowInstance<FlowNode, FlowEdge>): Gestures {
  // No state of React's: what changes with each step of the pointer draws no more than what moves.
  const drags = createStore(noDrags);
  const setDrags = drags.update;
  const setDragging = (dragging: boolean): void =>
    session.store.update((model) => (model.dragging === dragging ? model : { ...model, dragging }));
  const refusalOf = ({ source, target }: { source: string; target: string }): string | null => {
    const ground = connectionGround(session.store.get());
    return ground === null ? null : connectionRefusal(ground, source, target);
  };

  const dropHint = createStore<DropHint | null>(null);
  const drop = createStageDrop(session, flow, (hint) => dropHint.update(() => hint));
  let reconnecting = false;
  /** React Flow goes on with a drag until the button is let go, also with one that has been given up. */
  let givenUp = false;
  const stopListening = (): void => window.removeEventListener("keydown", giveUp, { capture: true });
  function giveUp(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    stopListening();
    givenUp = true;
    drop.cancel();
    setDrags(() => noDrags);
    session.announce("Not moved.");
  }
  return {
    drags,
    onNodesChange(changes) {
      const moved = new Map<string, Point>();
      const selected = new Map<string, boolean>();
      for (const change of changes) {
        if (change.type === "select") selected.set(change.id, change.selected);
        else if (change.type === "position" && change.position !== undefined && change.dragging === true) {
          moved.set(change.id, change.position);
        }
      }
      if (moved.size > 0 && !givenUp) setDrags((before) => new Map([...before, ...moved]));
      if (selected.size > 0) session.store.update((model) => withSelected(model, selected));
    },
    onEdgesChange(changes) {
      for (const change of changes) {
        if (change.type !== "select") continue;
        const { id, selected } = change;
        session.store.update((model) => {
          const { wire } = model.selection;
          if (selected ? wire === id : wire !== id) return model;
          return { ...model, selection: { ...model.selection, wire: selected ? id : null } };
        });
      }
    },
    dropHint,
    onDragStart() {
      givenUp = false;
      setDragging(true);
      window.addEventListener("keydown", giveUp, { capture: true });
    },
    onDrag(event, ...rest) {
      if (givenUp) return;
      const { grabbed, dragged } = draggedNodes(rest);
      const at = pointerOf(event);
      if (grabbed === null || at === null) return;
      drop.over(at, grabbed, [...targetsOf(session.store.get(), dragged).keys()]);
    },
    onDragStop(event, ...rest) {
      stopListening();
      setDragging(false);
      if (givenUp) return;
      const { grabbed, dragged } = draggedNodes(rest);
      const targets = targetsOf(session.store.get(), dragged);
      if (grabbed === null || drop.end(pointerOf(event), grabbed, targets) === "stays")
        moveStages(session, targets);
      setDrags(() => noDrags);
    },
    onConnect: ({ source, target }) => connect(session, source, target),
    onConnectEnd(event, { isValid, fromNode, fromHandle, toNode }) {
      // The end of a connection that is let go on nothing stays where it was.
      if (fromNode !== null && toNode === null && !reconnecting && fromHandle !== null) {
        const at = placeOfDrop(event, flow);
        const kind = fromHandle.type === "target" ? "before" : "after";
        const over = stageUnder(event);
        // Anywhere on a stage is on its end.
        if (over !== null && over !== fromNode.id) {
          if (kind === "after") connect(session, fromNode.id, over);
          else connect(session, over, fromNode.id);
        }
        if (at !== null) beginAdd(session, { kind, stage: fromNode.id, at: boxAt(at, kind) });
        return;
      }
      if (isValid !== false || fromNode === null || toNode === null) return;
      const [source, target] =
        fromHandle?.type === "target" ? [toNode.id, fromNode.id] : [fromNode.id, toNode.id];
      const refusal = refusalOf({ source, target });
      if (refusal !== null) session.tell("error", refusal);
    },
    onReconnect: (edge, { source, target }) => {
      if (edge.data === undefined) return;
      const { wire } = edge.data;
      const end = source === wire.from ? "to" : "from";
      takeEnd(session, wire, end, end === "to" ? target : source);
    },
    onReconnectStart: () => {
      reconnecting = true;
    },
    onReconnectEnd(event, { data }, fixed, { toNode }) {
      reconnecting = false;
      const over = toNode === null ? stageUnder(event) : null;
      if (data !== undefined && over !== null) {
        takeEnd(session, data.wire, fixed === "source" ? "to" : "from", over);
      }
    },
    isValidConnection: (connection) => refusalOf(connection) === null,
    showDragged(keys, by) {
      setDrags(() => (by === null ? noDrags : draggedBy(session.store.get(), keys, by)));
    },
  };
}

function withSelected(model: CanvasModel, changes: ReadonlyMap<string, boolean>): CanvasModel {
  const stages = new Set(model.selection.stages);
  for (const [key, selected] of changes) {
    if (selected) stages.add(key);
    else stages.delete(key);
  }
  const selection: Selection = { ...model.selection, stages };
  const [only] = stages;
  return { ...model, selection, focus: stages.size === 1 && only !== undefined ? only : model.focus };
}
