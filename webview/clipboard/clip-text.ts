import { copyStages, isJsonObject, type JsonMembers, type PipelineDocument } from "#core/pipeline";
import type { GraphView } from "../graph/graph-view.ts";
import type { StageItem } from "../graph/outline.ts";

/** Stages as text for the clipboard: a pipeline of them, with the places they are shown at. */
export function clipText(
  document: PipelineDocument,
  { boxes }: Pick<GraphView, "boxes">,
  stages: readonly StageItem[],
): string {
  const places = new Map(
    stages.flatMap(({ key, card }) => {
      const box = boxes.get(key);
      return box === undefined ? [] : [[card.id, { x: Math.round(box.x), y: Math.round(box.y) }] as const];
    }),
  );
  const ids = stages.map(({ card }) => card.id);
  return `${JSON.stringify(copyStages(document, ids, places), null, 2)}\n`;
}

/** The pipeline that a text from the clipboard holds; a list is one of stages. Null where it cannot be one. */
export function readClip(text: string): JsonMembers | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The clipboard may hold anything: what is no JSON is no stages, and whoever pastes is told.
    return null;
  }
  if (Array.isArray(value)) return { stages: value };
  return isMembers(value) && Object.hasOwn(value, "stages") ? value : null;
}

function isMembers(value: unknown): value is JsonMembers {
  return isJsonObject(value as Parameters<typeof isJsonObject>[0]);
}
