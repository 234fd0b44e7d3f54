import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { Codicon } from "../parts/Codicon.tsx";
import type { ArmFlowNode, ContainerFlowNode } from "./flow-elements.ts";
import { CornerBadges, StatusBadge } from "./StageBadges.tsx";
import { StageName } from "./StageName.tsx";
import { StageDetail } from "./StageNode.tsx";
import { useStageFace } from "./use-stage-face.ts";
import { useStageFocus } from "./use-stage-focus.ts";
import { stageLabel, useStageMarks } from "./use-stage-marks.ts";

/** A stage drawn around the stages it runs: a loop, a try. */
export const ContainerNode = memo(function ContainerNode({
  data,
  selected,
}: NodeProps<ContainerFlowNode>): ReactNode {
  const { item } = data;
  const { card } = item;
  const face = useStageFace(card);
  const marks = useStageMarks(item);
  const focus = useStageFocus(item.key);
  return (
    <div
      {...focus}
      className="stage container"
      role="group"
      aria-roledescription="stage with stages inside"
      aria-label={`${stageLabel(item, face, marks)}${selected ? ", selected" : ""}`}
      data-stage={card.id}
      data-key={item.key}
      data-color={face.color}
      data-status={marks.stopped ? "stopped" : marks.run?.status}
      data-selected={selected}
      data-enabled={card.enabled}
    >
      <Handle type="target" position={Position.Left} />
      <div className="container-title">
        <span className="stage-icon">
          <Codicon name={face.icon} />
        </span>
        <StageName item={item} />
        <StageDetail typeTitle={face.typeTitle} known={face.known} note={marks.run?.note} />
        <StatusBadge {...marks} />
      </div>
      <CornerBadges {...marks} />
      <Handle type="source" position={Position.Right} />
    </div>
  );
});

/** The part of a container that runs together: `try`, `catch`. */
export const ArmNode = memo(function ArmNode({ data }: NodeProps<ArmFlowNode>): ReactNode {
  return (
    <div className="arm">
      <span className="arm-title">{data.item.arm.replace(/^route:/, "")}</span>
    </div>
  );
});
