import { BaseEdge, type EdgeProps } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { wireLine } from "../graph/wire-line.ts";
import { useModel } from "../session/session-context.tsx";
import type { FlowEdge } from "./flow-elements.ts";
import { InsertButton, ValueLabel, WireLabel } from "./WireParts.tsx";

/** The selected wire, which React Flow draws: its ends can be taken to other stages. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>): ReactNode {
  const { id, sourceX, sourceY, targetX, targetY, markerEnd, data } = props;
  const line = wireLine({ x: sourceX, y: sourceY }, { x: targetX, y: targetY });
  const label = data?.wire.label ?? null;
  const value = useModel(({ run }) => run.values.get(data?.wire.fromStage ?? "") ?? null);
  return (
    <>
      <BaseEdge path={line.path} interactionWidth={18} {...(markerEnd === undefined ? {} : { markerEnd })} />
      {label !== null && <WireLabel {...line.label} text={label} value={value} />}
      {label === null && value !== null && (
        <ValueLabel {...line.label} room={Math.abs(targetX - sourceX)} value={value} />
      )}
      <InsertButton wire={id} {...line.label} over={label === null && value === null ? "line" : "label"} />
    </>
  );
});
