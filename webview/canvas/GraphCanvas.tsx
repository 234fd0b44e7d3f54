import { type EdgeTypes, type NodeTypes, ReactFlow, SelectionMode, useReactFlow } from "@xyflow/react";
import { type ReactNode, useMemo, useState } from "react";
import { useClipboard } from "../clipboard/use-clipboard.ts";
import { MAX_ZOOM, MIN_ZOOM } from "../graph/fit-view.ts";
import type { Point } from "../graph/spatial-index.ts";
import type { Viewport } from "../graph/view-window.ts";
import { editRefusal } from "../model/canvas-model.ts";
import { Notes } from "../notes/Notes.tsx";
import { useModel, useSession } from "../session/session-context.tsx";
import { createStore } from "../store/store.ts";
import { ConnectionLine } from "./ConnectionLine.tsx";
import { ArmNode, ContainerNode } from "./ContainerNode.tsx";
import { onCanvasKey } from "./canvas-keys.ts";
import { DropHintCard } from "./DropHintCard.tsx";
import { FlowContent } from "./FlowContent.tsx";
import type { FlowEdge, FlowNode } from "./flow-elements.ts";
import { MiniMap } from "./MiniMap.tsx";
import { PanLayer } from "./PanLayer.tsx";
import { pointerHandlers, wireGesturesOf } from "./pointer-handlers.ts";
import { StageNode } from "./StageNode.tsx";
import { type FarScene } from "./use-flow-elements.ts";
import { useGestures } from "./use-gestures.ts";
import { useView } from "./use-view.ts";
import { WireEdge } from "./WireEdge.tsx";
import { ArrowMarker } from "./WireParts.tsx";

const nodeTypes: NodeTypes = { stage: StageNode, container: ContainerNode, arm: ArmNode };
const edgeTypes: EdgeTypes = { wire: WireEdge };
const multiSelectionKeys = ["Control", "Meta", "Shift"];
const noFlowAttribution = { hideAttribution: true };

/** The graph: React Flow with what is in view, and our gestures and keys. */
export function GraphCanvas({
  keptViewport,
  onViewSettled,
}: {
  keptViewport: Viewport | null;
  onViewSettled: (viewport: Viewport) => void;
}): ReactNode {
  const session = useSession();
  const editable = useModel((model) => editRefusal(model) === null);
  const gestures = useGestures();
  const flow = useReactFlow<FlowNode, FlowEdge>();
  useView(keptViewport);
  const pointerWatch = useClipboard();

  const placeInPane = ({ x, y, width, height }: DOMRect): Point =>
    flow.screenToFlowPosition({ x: x + width / 2, y: y + height / 2 });
  const wireGestures = useMemo(() => wireGesturesOf(session), [session]);
  const [farNow] = useState(() => createStore<FarScene | null>(null));
  // The same functions at each drawing: with others React Flow would draw every stage again.
  const pointer = useMemo(
    () => pointerHandlers(session, flow, { far: farNow.get, onViewSettled }),
    [session, flow, farNow, onViewSettled],
  );

  return (
    <div
      className="canvas-graph"
      role="application"
      aria-label="Pipeline graph"
      aria-describedby="canvas-keys"
      // A click on a wire or on nothing brings the keyboard here, so that Delete and the other keys work.
      tabIndex={-1}
      onKeyDown={(event) =>
        onCanvasKey(session, event, () => placeInPane(event.currentTarget.getBoundingClientRect()))
      }
      {...pointerWatch}
    >
      <ArrowMarker />
      <ReactFlow<FlowNode, FlowEdge>
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        connectionLineComponent={ConnectionLine}
        onNodesChange={gestures.onNodesChange}
        onEdgesChange={gestures.onEdgesChange}
        onNodeDragStart={gestures.onDragStart}
        onSelectionDragStart={gestures.onDragStart}
        onNodeDrag={gestures.onDrag}
        onSelectionDrag={gestures.onDrag}
        onNodeDragStop={gestures.onDragStop}
        onSelectionDragStop={gestures.onDragStop}
        onConnect={gestures.onConnect}
        onConnectEnd={gestures.onConnectEnd}
        onReconnect={gestures.onReconnect}
        onReconnectStart={gestures.onReconnectStart}
        onReconnectEnd={gestures.onReconnectEnd}
        isValidConnection={gestures.isValidConnection}
        connectionRadius={32}
        {...pointer}
        nodesDraggable={editable}
        nodesConnectable={editable}
        nodesFocusable={false}
        edgesFocusable={false}
        edgesReconnectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionMode={SelectionMode.Partial}
        multiSelectionKeyCode={multiSelectionKeys}
        panOnScroll
        zoomOnDoubleClick={false}
        nodeDragThreshold={3}
        minZoom={MIN_ZOOM}
        maxZoom={MAX_ZOOM}
        proOptions={noFlowAttribution}
      >
        <FlowContent drags={gestures.drags} far={farNow} wireGestures={wireGestures} />
        <PanLayer />
        <Notes showDragged={gestures.showDragged} />
        <MiniMap />
      </ReactFlow>
      <DropHintCard hint={gestures.dropHint} />
      <p id="canvas-keys" className="for-screen-readers">
        Arrow keys go from stage to stage, W goes through the connections of one. Shift+F10 opens a menu of
        what can be done, A adds a stage, P goes to the components, I to the inspector. The question mark
        lists all keys.
      </p>
      <p id="canvas-note-keys" className="for-screen-readers">
        Alt with an arrow key moves it, a group with its stages. Shift with an arrow key resizes a note. Enter
        changes its text, Delete deletes it, Shift+F10 opens its menu.
      </p>
    </div>
  );
}
