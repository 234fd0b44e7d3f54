import { BaseEdge, type EdgeProps } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { connectionLine } from "#core/layout";
import { wireFlow } from "../model/wire-flow.ts";
import { useModel } from "../session/session-context.tsx";
import type { FlowEdge } from "./flow-elements.ts";
import { InsertButton, ValueLabel, WireLabel } from "./WireParts.tsx";

/** The selected wire, which React Flow draws: its ends can be taken to other stages. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>): ReactNode {
  const { id, sourceX, sourceY, targetX, targetY, markerEnd, data } = props;
  const line = connectionLine({ x: sourceX, y: sourceY }, { x: targetX, y: targetY });
  const label = data?.wire.label ?? null;
  const value = useModel(({ run }) => run.values.get(data?.wire.fromStage ?? "") ?? null);
  const flow = value === null ? null : wireFlow(value, data?.wire.toStage ?? "");
  return (
    <>
      <BaseEdge path={line.path} interactionWidth={18} {...(markerEnd === undefined ? {} : { markerEnd })} />
      {label !== null && <WireLabel {...line.middle} text={label} flow={flow} />}
      {label === null && flow !== null && (
        <ValueLabel {...line.middle} room={Math.abs(targetX - sourceX)} flow={flow} />
      )}
      <InsertButton wire={id} {...line.middle} over={label === null && flow === null ? "line" : "label"} />
    </>
  );
});
