import { BaseEdge, type EdgeProps } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { wireLine } from "../graph/wire-line.ts";
import type { FlowEdge } from "./flow-elements.ts";
import { InsertButton, WireLabel } from "./WireParts.tsx";

/** The selected wire, which React Flow draws: its ends can be taken to other stages. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>): ReactNode {
  const { id, sourceX, sourceY, targetX, targetY, markerEnd, data } = props;
  const line = wireLine({ x: sourceX, y: sourceY }, { x: targetX, y: targetY });
  const label = data?.wire.label ?? null;
  return (
    <>
      <BaseEdge path={line.path} interactionWidth={18} {...(markerEnd === undefined ? {} : { markerEnd })} />
      {label !== null && <WireLabel {...line.label} text={label} />}
      <InsertButton wire={id} {...line.label} over={label === null ? "line" : "label"} />
    </>
  );
});
