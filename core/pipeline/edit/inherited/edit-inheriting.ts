import type { AddStage, CanvasEdit } from "../../canvas-edit.ts";
import { stageById } from "../../document/locate.ts";
import { parsePipeline } from "../../document/parse-pipeline.ts";
import { inheritingOf, withParent } from "../../inheritance/with-parent.ts";
import type { PipelineDocument } from "../../model.ts";
import { applyTextEdits } from "../../text-edit.ts";
import { pasteStages } from "../clipping/paste-stages.ts";
import { done, type EditResult, type Refusal, refuse } from "../edit-result.ts";
import { inSteps } from "../in-steps.ts";
import { renameStage } from "../names/rename-stage.ts";
import { newStageId, whyNotId } from "../new-stage-id.ts";
import { waysOf } from "../set-stage-field.ts";
import { enableInherited } from "./enable-inherited.ts";
import { moveInherited } from "./move-inherited.ts";
import { refusedGesture, stagesNamed } from "./refused-gesture.ts";
import { resetValue } from "./reset-value.ts";
import { revertStages } from "./revert-stages.ts";
import { towardsWhole } from "./towards-whole.ts";

/** An edit of a pipeline by itself. */
export type EditAlone = (document: PipelineDocument, edit: CanvasEdit) => EditResult;

/**
 * The edit of a pipeline whose parent is known. What is done to a stage of the parent becomes the smallest entry of
 * `overrides` that has the effect; what no override can do is refused. New ids are none of the parent's.
 */
export function editInheriting(
  document: PipelineDocument,
  parent: PipelineDocument,
  edit: CanvasEdit,
  alone: EditAlone,
): EditResult {
  const stands = (id: string): ReturnType<typeof inheritingOf> => inheritingOf(document, parent, id);
  const inherited = stagesNamed(edit).filter((id) => ["inherited", "overridden"].includes(stands(id)));
  const [first] = inherited;
  const refused = refusedGesture(edit);
  const through = (): EditResult => {
    const whole = withParent(document, parent);
    const wanted = afterEdit(whole, alone(whole, edit));
    // Also what only its own stages take part in may close a circle over the parent's.
    if (!wanted.ok) return wanted;
    return first === undefined
      ? alone(document, edit)
      : towardsWhole(document, parent, wanted.document, null);
  };
  if (first !== undefined && refused !== null) return refuse(whyNotHere(document, first, refused));
  switch (edit.kind) {
    case "revert-stages":
      return revertStages(document, parent, edit.stages);
    case "move-stages":
      return moveInherited(document, parent, edit.moves);
    case "set-enabled":
      return enableInherited(document, parent, edit.stages, edit.state);
    case "unset-value":
      return first === undefined
        ? alone(document, edit)
        : resetValue(document, parent, first, [edit.path], edit.path);
    case "add-stage":
      return addBeside(document, parent, edit, { alone, inherited });
    case "rename-stage-id":
      return renameOwn(document, parent, edit.stage, edit.to);
    case "paste-stages":
      if (first !== undefined) return refuse(whyNotHere(document, first, "hold stages of this file"));
      return pasteStages(document, edit, new Set(parent.pipeline.stages.map(({ id }) => id)));
    case "set-stage-field":
      if (edit.path[0] === "id")
        return first === undefined
          ? renameField(document, parent, edit)
          : refuse(whyNotHere(document, first, "get another id here"));
      if (first !== undefined && edit.value === null) {
        const ways = waysOf(edit.path);
        return resetValue(document, parent, first, ways, edit.path);
      }
      return through();
    case "set-value":
    case "set-stage-name":
    case "connect":
    case "disconnect":
    case "reconnect":
      return through();
    case "delete-stages": {
      const replaced = edit.stages.find((id) => stands(id) === "replaced");
      return replaced === undefined
        ? alone(document, edit)
        : refuse(
            `"${replaced}" takes the place of a stage of the parent, which would come back. Revert it to the parent if that is meant, or disable it.`,
          );
    }
    case "reorder-stage":
    case "move-into":
    case "take-out":
    case "drop-stages":
    case "extract-subpipeline":
    case "inline-subpipeline":
    case "duplicate-stages":
    case "add-note":
    case "add-group":
    case "set-layout":
      return alone(document, edit);
  }
}

function whyNotHere({ pipeline }: PipelineDocument, id: string, cannot: string): string {
  return `"${id}" is inherited from "${pipeline.extends?.value ?? ""}", so it cannot ${cannot}. Open its origin to change it for all that inherit it.`;
}

function renameField(
  document: PipelineDocument,
  parent: PipelineDocument,
  { stage, path, value }: Extract<CanvasEdit, { kind: "set-stage-field" }>,
): EditResult {
  return typeof value === "string" && path.length === 1
    ? renameOwn(document, parent, stage, value)
    : refuse("The id of a stage is text.");
}

function renameOwn(document: PipelineDocument, parent: PipelineDocument, id: string, to: string): EditResult {
  if (inheritingOf(document, parent, id) === "replaced") {
    return refuse(`"${id}" takes the place of a stage of the parent by this id, so it has to keep it.`);
  }
  if (id.slice(id.lastIndexOf("/") + 1) === to) return done([]);
  const reason = whyNotId(withParent(document, parent), to);
  return reason === null ? renameStage(document, id, to) : refuse(reason);
}

/** A new stage of this file, connected to stages of the parent as to its own. */
function addBeside(
  document: PipelineDocument,
  parent: PipelineDocument,
  edit: AddStage,
  { alone, inherited }: { readonly alone: EditAlone; readonly inherited: readonly string[] },
): EditResult {
  const whole = withParent(document, parent);
  const id = edit.id ?? newStageId(whole, edit.componentType);
  const reason = whyNotId(whole, id);
  if (reason !== null) return refuse(reason);
  const named: AddStage = { ...edit, id };
  const [first] = inherited;
  if (first === undefined) return alone(document, named);
  const wanted = afterEdit(whole, alone(whole, named));
  if (!wanted.ok) return wanted;
  // In the map dialect it may belong into the body of a stage of the parent, where this file has no place for it.
  if (stageById(wanted.document, id) === undefined)
    return refuse(whyNotHere(document, first, "hold stages of this file"));
  return inSteps(document, [
    (current) => alone(current, { ...named, place: { kind: "free" } }),
    (current) => towardsWhole(current, parent, wanted.document, id),
  ]);
}

function afterEdit(
  document: PipelineDocument,
  result: EditResult,
): Refusal | { readonly ok: true; readonly document: PipelineDocument } {
  if (!result.ok) return result;
  const text = applyTextEdits(document.text, result.edits);
  return { ok: true, document: parsePipeline(text, document, result.edits) };
}
