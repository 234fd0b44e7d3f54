import { repeatedIdMessage } from "../graph/connection-rule.ts";
import type { StageItem } from "../graph/outline.ts";
import { editRefusal } from "../model/canvas-model.ts";
import type { CanvasSession } from "./canvas-session.ts";

/** The stage of a key; null where there is none any more. */
export function stageItem(session: CanvasSession, key: string): StageItem | null {
  const item = session.store.get().document?.graph.items.get(key);
  return item?.kind === "stage" ? item : null;
}

/** The stage, if it can be edited; otherwise the reason is told. */
export function editableStage(session: CanvasSession, key: string): StageItem | null {
  const stage = stageItem(session, key);
  if (stage === null) return null;
  const refusal = editRefusal(session.store.get()) ?? (stage.repeated ? repeatedIdMessage(stage) : null);
  if (refusal === null) return stage;
  session.tell("error", refusal);
  return null;
}
