import type { StageItem } from "../graph/outline.ts";
import type { CanvasModel, Selection } from "./canvas-model.ts";

/** The selected stages, in the order in which they were selected. */
export function selectedStages({
  document,
  selection,
}: Pick<CanvasModel, "document" | "selection">): readonly StageItem[] {
  if (document === null || selection.stages.size === 0) return [];
  const stages: StageItem[] = [];
  for (const key of selection.stages) {
    const item = document.graph.items.get(key);
    if (item?.kind === "stage") stages.push(item);
  }
  return stages;
}

/** The ids of the selected stages, for the extension. */
export function selectedStageIds(model: CanvasModel): readonly string[] {
  return selectedStages(model).map(({ card }) => card.id);
}

/** The selection of one stage alone. */
export function onlyStage(key: string): Selection {
  return { stages: new Set([key]), wire: null };
}

/** Whether the stage is selected, and nothing else. */
export function isOnlyStage({ stages, wire }: Selection, key: string): boolean {
  return wire === null && stages.size === 1 && stages.has(key);
}

/** The selection with the stage put in, or taken out where it was in. */
export function toggleStage(selection: Selection, key: string): Selection {
  const stages = new Set(selection.stages);
  if (!stages.delete(key)) stages.add(key);
  return { stages, wire: null };
}

/** The stages a key is about: the selected ones, else the one that has the keyboard. */
export function actedOn(model: CanvasModel): readonly StageItem[] {
  const selected = selectedStages(model);
  if (selected.length > 0 || model.focus === null || model.selection.wire !== null) return selected;
  const item = model.document?.graph.items.get(model.focus);
  return item?.kind === "stage" ? [item] : [];
}
