import { type NodeTypes, ReactFlow, ReactFlowProvider, useStore } from "@xyflow/react";
import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react";
import { Dots } from "../canvas/Dots.tsx";
import { createFlowElementFactory, type FlowNode, visibleElements } from "../canvas/flow-elements.ts";
import { windowOf } from "../canvas/use-flow-elements.ts";
import { MAX_ZOOM, MIN_ZOOM } from "../graph/fit-view.ts";
import { type Direction, neighbour } from "../graph/neighbour.ts";
import { sameWindow } from "../graph/view-window.ts";
import { ComparedArm, ComparedContainer, ComparedStage } from "./ComparedStage.tsx";
import { ComparedWires } from "./ComparedWires.tsx";
import type { ComparedGraphs, ComparedSide } from "./compare-graphs.ts";
import { type Compared, ComparedProvider } from "./compared-context.tsx";
import type { SharedView } from "./shared-view.ts";
import { useSharedView } from "./use-shared-view.ts";

const nodeTypes: NodeTypes = { stage: ComparedStage, container: ComparedContainer, arm: ComparedArm };
const noFlowAttribution = { hideAttribution: true };
const nothingDragged = new Map<string, { readonly x: number; readonly y: number }>();

export interface ComparedCanvasProps {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly graphs: ComparedGraphs;
  readonly side: ComparedSide;
  readonly components: Compared["components"];
  readonly notes?: Compared["notes"];
  /** Canvases with the same view are panned and scaled together. */
  readonly view: SharedView;
  /** The key of the selected stage. */
  readonly selected: string | null;
  readonly onSelect: (key: string | null) => void;
}

/**
 * A graph of a comparison, to look at: stages and wires with what has become of them. The page that shows it has one
 * `ArrowMarker` for all its canvases.
 */
export function ComparedCanvas(props: ComparedCanvasProps): ReactNode {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({
  label,
  graphs,
  side,
  components,
  notes = noNotes,
  view,
  selected,
  onSelect,
}: ComparedCanvasProps): ReactNode {
  const graph = graphs[side];
  const { viewport, move } = useSharedView(view, graph, graphs.union);
  const shown = useStore(windowOf, sameWindow);
  const [factory] = useState(createFlowElementFactory);
  const compared = useMemo(
    () => ({ ...graphs, ids: side === "before" ? "old" : "new", notes, components }) as const,
    [graphs, side, notes, components],
  );
  const stages = useMemo(() => new Set(selected === null ? [] : [selected]), [selected]);
  const visible = useMemo(
    () => visibleElements(graph, shown, { boxes: [...stages], wire: null }),
    [graph, shown, stages],
  );
  const { nodes } = useMemo(
    () => factory.build(graph, visible, { stages, wire: null }, nothingDragged),
    [factory, graph, visible, stages],
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = arrows.get(event.key);
    if (direction === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const first = graph.items.keys().next().value ?? null;
    const isHere = selected !== null && graph.items.has(selected);
    const next = isHere ? neighbour(graph, selected, direction) : first;
    if (next !== null) onSelect(next);
  };

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys go from stage to stage in it.
    <div className="compared-canvas" role="application" aria-label={label} tabIndex={0} onKeyDown={onKeyDown}>
      <ComparedProvider compared={compared}>
        <ReactFlow<FlowNode>
          nodes={nodes}
          edges={noEdges}
          nodeTypes={nodeTypes}
          viewport={viewport}
          onViewportChange={move}
          onNodeClick={(_, node) => {
            if (node.type !== "arm") onSelect(node.id);
          }}
          onPaneClick={() => onSelect(null)}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          panOnScroll
          zoomOnDoubleClick={false}
          minZoom={MIN_ZOOM}
          maxZoom={MAX_ZOOM}
          proOptions={noFlowAttribution}
        >
          <Dots />
          <ComparedWires graph={graph} wires={visible.wires} selected={stages} changes={graphs.wires} />
        </ReactFlow>
      </ComparedProvider>
    </div>
  );
}

const noEdges: never[] = [];
const noNotes: Compared["notes"] = new Map();

const arrows: ReadonlyMap<string, Direction> = new Map([
  ["ArrowLeft", "left"],
  ["ArrowRight", "right"],
  ["ArrowUp", "up"],
  ["ArrowDown", "down"],
]);
