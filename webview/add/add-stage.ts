import { editPipeline } from "#core/pipeline";
import { repeatedIdMessage } from "../graph/connection-rule.ts";
import { type AddSpot, placeOfSpot } from "../model/add-spot.ts";
import { editRefusal } from "../model/canvas-model.ts";
import { parentOf } from "../model/inherited.ts";
import { withRecent } from "../model/palette-view.ts";
import { selectedStages } from "../model/selection.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { goToNew } from "../session/go-to-new.ts";
import { openOverlay } from "../session/overlay-commands.ts";
import type { ComponentChoice } from "./component-choice.ts";
import { firstConfig } from "./first-config.ts";

/** Asks which component a new stage is to be of; where no stage can come, tells why. */
export function beginAdd(session: CanvasSession, spot: AddSpot): void {
  const refusal = addRefusal(session, spot);
  if (refusal === null) openOverlay(session, { kind: "add", spot });
  else session.tell("error", refusal);
}

/** Why no stage can be added there, for the user; null when one can. */
export function addRefusal(session: CanvasSession, spot: AddSpot): string | null {
  const model = session.store.get();
  const refusal = editRefusal(model);
  if (refusal !== null || model.document === null) return refusal;
  const found = placeOfSpot(model.document.graph, spot);
  if (found === null) return "What the stage was to be added to is gone.";
  const repeated = found.stages.find((stage) => stage.repeated);
  if (repeated !== undefined) return repeatedIdMessage(repeated);
  const trial = { kind: "add-stage", componentType: "logger", id: null, name: null, config: {} } as const;
  const { shown, inherited } = model.document;
  const edit = { ...trial, position: null, place: found.place };
  const result = editPipeline(shown, edit, parentOf(shown, inherited));
  return result.ok ? null : result.message;
}

/**
 * Where the key adds a stage: between two selected stages that are connected, after the only one that is selected,
 * else on its own.
 */
export function spotOfSelection(session: CanvasSession): AddSpot {
  const model = session.store.get();
  if (model.selection.wire !== null) return { kind: "on-wire", wire: model.selection.wire };
  const [first, second, ...more] = selectedStages(model);
  if (first === undefined || more.length > 0) return { kind: "free", at: null };
  if (second === undefined) return { kind: "after", stage: first.key, at: null };
  const keys = [first.key, second.key];
  for (const { id, from, to } of model.document?.graph.wires.values() ?? []) {
    if (keys.includes(from) && keys.includes(to)) return { kind: "on-wire", wire: id };
  }
  return { kind: "free", at: null };
}

/** Adds a stage of the component, in one edit, and goes to it. */
export function addStage(session: CanvasSession, spot: AddSpot, choice: ComponentChoice): void {
  const refusal = addRefusal(session, spot);
  const { document } = session.store.get();
  const found = document === null ? null : placeOfSpot(document.graph, spot);
  if (refusal !== null || document === null || found === null) {
    session.tell("error", refusal ?? "What the stage was to be added to is gone.");
    return;
  }
  const position = "at" in spot && spot.at !== null ? { x: spot.at.x, y: spot.at.y } : null;
  const [key] = goToNew(session, () =>
    session.edit({
      kind: "add-stage",
      componentType: choice.type,
      id: null,
      name: null,
      config: firstConfig(choice.fields, choice.required),
      position,
      place: found.place,
    }),
  );
  const added = key === undefined ? undefined : session.store.get().document?.graph.items.get(key);
  if (added?.kind !== "stage") return;
  session.store.update((model) => ({ ...model, palette: withRecent(model.palette, choice.type) }));
  session.announce(`Added ${choice.title}, id ${added.card.id}: ${found.words}.`);
}
