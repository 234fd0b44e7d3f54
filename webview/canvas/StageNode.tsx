import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import type { StageCard } from "../graph/stage-card.ts";
import { detailFits } from "../graph/text-width.ts";
import { Codicon } from "../parts/Codicon.tsx";
import type { StageFlowNode } from "./flow-elements.ts";
import { CallBadge, CornerBadges, InheritedBadge, StatusBadge } from "./StageBadges.tsx";
import { StageName } from "./StageName.tsx";
import { useStageElement } from "./use-stage-element.ts";
import type { StageFace } from "./use-stage-face.ts";

/** A stage that holds no others. */
export const StageNode = memo(function StageNode({ data, selected }: NodeProps<StageFlowNode>): ReactNode {
  const { item } = data;
  const { face, marks, attributes } = useStageElement(item, selected ? "selected" : "unselected");
  return (
    <div {...attributes} className="stage" aria-roledescription="stage">
      <Handle type="target" position={Position.Left} />
      <span className="stage-icon">
        <Codicon name={face.icon} />
      </span>
      <span className="stage-text">
        <StageName item={item} />
        <span className="stage-state">
          <StageDetail face={face} card={item.card} note={marks.run?.note} />
          <CallBadge card={item.card} />
          <StatusBadge {...marks} />
        </span>
      </span>
      <InheritedBadge mark={item.inherited} />
      <CornerBadges {...marks} />
      <Handle type="source" position={Position.Right} />
    </div>
  );
});

/** The line under the name: what the run says of the stage, else its type; with a sign that it runs in legs. */
export function StageDetail({
  face: { typeTitle, known },
  card: { inLegs },
  note,
}: {
  face: StageFace;
  card: StageCard;
  note: string | undefined;
}): ReactNode {
  const sign = inLegs ? <Codicon name="layers" /> : null;
  if (note !== undefined) {
    return (
      <span className="stage-detail stage-note" title={note}>
        {sign}
        {note}
      </span>
    );
  }
  const shown = known ? typeTitle : `${typeTitle} (unknown)`;
  return (
    <span
      className="stage-detail"
      title={inLegs ? "Runs once for each leg of its matrix" : undefined}
      data-fits={!inLegs && detailFits(shown)}
    >
      {sign}
      {shown}
    </span>
  );
}
