import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { Codicon } from "../parts/Codicon.tsx";
import type { ArmFlowNode, ContainerFlowNode } from "./flow-elements.ts";
import { CornerBadges, InheritedBadge, StatusBadge } from "./StageBadges.tsx";
import { StageName } from "./StageName.tsx";
import { StageDetail } from "./StageNode.tsx";
import { useStageElement } from "./use-stage-element.ts";

/** A stage drawn around the stages it runs: a loop, a try. */
export const ContainerNode = memo(function ContainerNode({
  data,
  selected,
}: NodeProps<ContainerFlowNode>): ReactNode {
  const { item } = data;
  const { face, marks, attributes } = useStageElement(item, selected ? "selected" : "unselected");
  return (
    <div {...attributes} className="stage container" aria-roledescription="stage with stages inside">
      <Handle type="target" position={Position.Left} />
      <div className="container-title">
        <span className="stage-icon">
          <Codicon name={face.icon} />
        </span>
        <StageName item={item} />
        <StageDetail face={face} card={item.card} note={marks.run?.note} />
        <StatusBadge {...marks} />
      </div>
      <InheritedBadge mark={item.inherited} />
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
