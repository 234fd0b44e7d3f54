import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import type { ArmFlowNode, ContainerFlowNode, StageFlowNode } from "../canvas/flow-elements.ts";
import { StageDetail } from "../canvas/StageNode.tsx";
import { faceOf } from "../canvas/use-stage-face.ts";
import type { StageItem } from "../graph/outline.ts";
import { Codicon } from "../parts/Codicon.tsx";
import { changeLook } from "./change-look.ts";
import { useCompared } from "./compared-context.tsx";
import type { StageChange } from "./stage-change.ts";

/** A stage of a comparison: as on the canvas, with what has become of it. Nothing of it can be edited. */
export const ComparedStage = memo(function ComparedStage({
  data: { item },
  selected,
}: NodeProps<StageFlowNode>): ReactNode {
  const { face, changes, title, note, attributes } = useComparedStage(item, selected);
  return (
    <div {...attributes} className="stage compared" aria-roledescription="stage">
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className="stage-icon">
        <Codicon name={face.icon} />
      </span>
      <span className="stage-text">
        <StageTitle title={title} />
        <StageDetail face={face} card={item.card} note={note} />
      </span>
      <ChangeBadges changes={changes} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
});

/** The same for one that is drawn around others. */
export const ComparedContainer = memo(function ComparedContainer({
  data: { item },
  selected,
}: NodeProps<ContainerFlowNode>): ReactNode {
  const { face, changes, title, note, attributes } = useComparedStage(item, selected);
  return (
    <div {...attributes} className="stage container compared" aria-roledescription="stage with stages inside">
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <div className="container-title">
        <span className="stage-icon">
          <Codicon name={face.icon} />
        </span>
        <StageTitle title={title} />
        <StageDetail face={face} card={item.card} note={note} />
      </div>
      <ChangeBadges changes={changes} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
});

/** The part of a container that runs together. */
export const ComparedArm = memo(function ComparedArm({ data }: NodeProps<ArmFlowNode>): ReactNode {
  return (
    <div className="arm">
      <span className="arm-title">{data.item.arm.replace(/^route:/, "")}</span>
    </div>
  );
});

const unchanged: readonly StageChange[] = [];

function useComparedStage(item: StageItem, selected: unknown) {
  const { stages, oldIds, ids, notes, components } = useCompared();
  const { card } = item;
  const face = faceOf(card, components);
  const changes = stages.get(card.id) ?? unchanged;
  const oldId = oldIds.get(card.id);
  const isSelected = selected === true;
  const isOld = ids === "old" && oldId !== undefined;
  const title = isOld && card.name === "" ? oldId.slice(oldId.lastIndexOf("/") + 1) : card.title;
  const said = [oldId === undefined || isOld ? "" : `was ${oldId}`, notes.get(card.id) ?? ""];
  const note = said.filter((each) => each !== "").join(", ") || undefined;
  const words = [title, face.typeTitle, ...changes.map((change) => changeLook(change).word)];
  if (note !== undefined) words.push(note);
  if (isSelected) words.push("selected");
  const attributes = {
    role: "group",
    "aria-label": words.join(", "),
    "data-stage": card.id,
    "data-key": item.key,
    "data-color": face.color,
    "data-selected": isSelected,
    "data-enabled": card.enabled,
    "data-change": changes[0] ?? "unchanged",
  } as const;
  return { face, changes, title, note, attributes };
}

function StageTitle({ title }: { readonly title: string }): ReactNode {
  return (
    <span className="stage-name" title={title}>
      {title}
    </span>
  );
}

function ChangeBadges({ changes }: { readonly changes: readonly StageChange[] }): ReactNode {
  if (changes.length === 0) return null;
  return (
    <span className="change-badges">
      {changes.map((change) => {
        const { icon, word } = changeLook(change);
        return (
          <span key={change} className="change-badge" data-change={change} title={word}>
            <Codicon name={icon} />
          </span>
        );
      })}
    </span>
  );
}
