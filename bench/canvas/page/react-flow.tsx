import { type Edge, type Node, type NodeHandle, Position, ReactFlow } from "@xyflow/react";
import { type ReactNode, useMemo } from "react";
import { createRoot } from "react-dom/client";
import { stageSize } from "../graph.ts";
import { type Drawing, onScreen } from "./contender.ts";

/** `measured`: as people use it; `given`: sizes and handles are told, so that nothing has to be measured. */
const kind = document.body.dataset["kind"];

window.contender = {
  async draw(drawing) {
    const root = document.getElementById("root");
    if (root === null) throw new Error("The page has no element #root.");
    const begin = performance.now();
    createRoot(root).render(<Bare drawing={drawing} />);
    await onScreen([".react-flow__node", ".react-flow__edge-path"]);
    return performance.now() - begin;
  },
};

function Bare({ drawing: { stages, view } }: { drawing: Drawing }): ReactNode {
  const nodes = useMemo(
    () =>
      stages.map(
        ({ id, x, y }): Node => ({
          id,
          position: { x, y },
          data: { label: `Work of ${id}` },
          sourcePosition: Position.Right,
          targetPosition: Position.Left,
          style: stageSize,
          ...(kind === "given" ? { ...stageSize, measured: stageSize, handles } : {}),
        }),
      ),
    [stages],
  );
  const edges = useMemo(
    () =>
      stages.flatMap(({ id, after }) =>
        after.map((source): Edge => ({ id: `${source} ${id}`, source, target: id })),
      ),
    [stages],
  );
  return (
    <ReactFlow
      defaultNodes={nodes}
      defaultEdges={edges}
      defaultViewport={view ?? { x: 0, y: 0, zoom: 1 }}
      minZoom={0.01}
      onlyRenderVisibleElements
    />
  );
}

const middle = stageSize.height / 2;
const handles: NodeHandle[] = [
  { type: "target", position: Position.Left, x: 0, y: middle, width: 1, height: 1 },
  { type: "source", position: Position.Right, x: stageSize.width, y: middle, width: 1, height: 1 },
];
