import { useStoreApi } from "@xyflow/react";
import { memo, type ReactNode, useEffect, useLayoutEffect, useMemo } from "react";
import { emptyGraph } from "../graph/graph-view.ts";
import type { Point } from "../graph/spatial-index.ts";
import { wireValuesOf } from "../model/wire-values-of.ts";
import { useModel } from "../session/session-context.tsx";
import { type Store, useStoreValue } from "../store/store.ts";
import { Dots } from "./Dots.tsx";
import { FarView } from "./FarView.tsx";
import type { FlowEdge, FlowNode } from "./flow-elements.ts";
import { type FarScene, useFlowElements } from "./use-flow-elements.ts";
import { type WireGestures, WireLayer } from "./WireLayer.tsx";

/**
 * What is in view, given to React Flow by itself and not through its properties: when the view comes to other stages,
 * or some are dragged, these are drawn and nothing around them is.
 */
export const FlowContent = memo(function FlowContent({
  drags,
  far: farNow,
  wireGestures,
}: {
  /** Where boxes are that are being dragged. */
  drags: Store<ReadonlyMap<string, Point>>;
  /** Is told what is painted from afar now. */
  far: Store<FarScene | null>;
  wireGestures: WireGestures;
}): ReactNode {
  const places = useStoreValue(drags, (state) => state);
  const { nodes, edges, wires, far } = useFlowElements(places);
  const graph = useModel(({ document }) => document?.graph ?? emptyGraph);
  const selected = useModel(({ selection }) => selection);
  const run = useModel((model) => model.run);
  const values = useMemo(() => wireValuesOf(wires, run, selected), [wires, run, selected]);
  const flow = useStoreApi<FlowNode, FlowEdge>();
  useLayoutEffect(() => flow.getState().setNodes(nodes), [flow, nodes]);
  useLayoutEffect(() => flow.getState().setEdges(edges), [flow, edges]);
  useEffect(() => farNow.update(() => far), [farNow, far]);
  return (
    <>
      {far === null ? <Dots /> : <FarView scene={far} />}
      <WireLayer
        graph={graph}
        wires={wires}
        selected={selected}
        places={places}
        values={values}
        gestures={wireGestures}
      />
    </>
  );
});
