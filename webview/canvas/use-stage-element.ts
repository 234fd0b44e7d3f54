import type { StageItem } from "../graph/outline.ts";
import { useModel } from "../session/session-context.tsx";
import { type StageFace, useStageFace } from "./use-stage-face.ts";
import { type StageFocus, useStageFocus } from "./use-stage-focus.ts";
import { type StageMarks, stageLabel, useStageMarks } from "./use-stage-marks.ts";

/** What the element of a stage has in common, whether it holds other stages or not. */
export interface StageElement {
  readonly face: StageFace;
  readonly marks: StageMarks;
  /** Attributes of the outermost element. */
  readonly attributes: StageFocus & {
    readonly role: "group";
    readonly "aria-label": string;
    readonly [name: `data-${string}`]: string | boolean | undefined;
  };
}

/** The look of a stage, its marks, and what keyboard, screen readers and styles find it by. */
export function useStageElement(item: StageItem, selected: "selected" | "unselected"): StageElement {
  const { card } = item;
  const face = useStageFace(card);
  const marks = useStageMarks(item);
  const focus = useStageFocus(item.key);
  const accent = useModel(({ document }) => document?.graph.annotations.colors.get(card.id));
  const isSelected = selected === "selected";
  const attributes = {
    ...focus,
    role: "group",
    "aria-label": [
      stageLabel(item, face, marks),
      ...(accent === undefined ? [] : [`coloured ${accent}`]),
      ...(isSelected ? ["selected"] : []),
    ].join(", "),
    "data-stage": card.id,
    "data-key": item.key,
    "data-color": face.color,
    "data-accent": accent,
    "data-status": marks.stopped ? "stopped" : marks.run?.status,
    "data-selected": isSelected,
    "data-enabled": card.enabled,
    "data-pinned": marks.pin !== undefined,
    "data-inherited": item.inherited?.standing,
  } as const;
  return { face, marks, attributes };
}
