import { type ConnectionLineComponentProps, getBezierPath } from "@xyflow/react";
import type { ReactNode } from "react";
import { connectionRefusal } from "../graph/connection-rule.ts";
import { useSession } from "../session/session-context.tsx";
import type { FlowNode } from "./flow-elements.ts";

/** The line that follows the pointer while a connection is drawn; over a stage that refuses it, with the reason. */
export function ConnectionLine(props: ConnectionLineComponentProps<FlowNode>): ReactNode {
  const { fromX, fromY, toX, toY, fromPosition, toPosition, fromNode, fromHandle, toNode, connectionStatus } =
    props;
  const session = useSession();
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: toX,
    targetY: toY,
    targetPosition: toPosition,
    curvature: 0.3,
  });
  const { document } = session.store.get();
  let refusal: string | null = null;
  if (document !== null && toNode !== null && connectionStatus === "invalid") {
    const [from, to] = fromHandle.type === "source" ? [fromNode.id, toNode.id] : [toNode.id, fromNode.id];
    refusal = connectionRefusal(document.graph, document.drawn, from, to);
  }
  return (
    <g className="connection-line" data-refused={refusal !== null}>
      <path d={path} fill="none" />
      {refusal !== null && (
        <foreignObject x={toX + 14} y={toY + 10} width={260} height={80}>
          <div className="connection-refusal" role="status">
            {refusal}
          </div>
        </foreignObject>
      )}
    </g>
  );
}
