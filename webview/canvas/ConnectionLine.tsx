import { type ConnectionLineComponentProps, getBezierPath } from "@xyflow/react";
import type { ReactNode } from "react";
import { connectionRefusal } from "../graph/connection-rule.ts";
import { leafStageAt } from "../graph/stage-at.ts";
import { connectionGround } from "../model/canvas-model.ts";
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
  const ground = connectionGround(session.store.get());
  // Near an end it snaps to it; anywhere on another stage it means that one too.
  const over = ground === null ? null : leafStageAt(ground.graph, { x: toX, y: toY });
  const other = toNode?.id ?? (over === fromNode.id ? null : over);
  let refusal: string | null = null;
  if (ground !== null && other !== null && connectionStatus !== "valid") {
    const [from, to] = fromHandle.type === "source" ? [fromNode.id, other] : [other, fromNode.id];
    refusal = connectionRefusal(ground, from, to);
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
