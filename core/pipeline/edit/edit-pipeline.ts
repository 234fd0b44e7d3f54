import type { CanvasEdit } from "../canvas-edit.ts";
import { parsePipeline } from "../document/parse-pipeline.ts";
import type { PipelineDocument } from "../model.ts";
import { applyTextEdits } from "../text-edit.ts";
import { addStage } from "./add-stage.ts";
import { duplicateStages } from "./clipping/duplicate-stages.ts";
import { pasteStages } from "./clipping/paste-stages.ts";
import { connectStages } from "./connect-stages.ts";
import { deleteStages } from "./delete-stages.ts";
import { disconnectStages } from "./disconnect-stages.ts";
import { type EditResult, refuse } from "./edit-result.ts";
import { inSteps } from "./in-steps.ts";
import { editInheriting } from "./inherited/edit-inheriting.ts";
import { moveStages } from "./move-stages.ts";
import { renameStage } from "./names/rename-stage.ts";
import { slashReason } from "./own-id.ts";
import { dropStages } from "./owners/drop-stages.ts";
import { closingNoCircle } from "./owners/keeping-meaning.ts";
import { moveInto } from "./owners/move-into.ts";
import { takeOut } from "./owners/take-out.ts";
import { reconnectStages } from "./reconnect-stages.ts";
import { reorderStage } from "./reorder-stage.ts";
import { setEnabled } from "./set-enabled.ts";
import { addGroup, addNote, setLayout } from "./set-notes.ts";
import { setStageField } from "./set-stage-field.ts";
import { setStageName } from "./set-stage-name.ts";
import { setValue } from "./set-value.ts";
import { saysNothing, startFile } from "./start-file.ts";
import { extractSubpipeline } from "./subpipeline/extract-subpipeline.ts";
import { inlineSubpipeline } from "./subpipeline/inline-subpipeline.ts";
import { unsetValue } from "./unset-value.ts";
import { tooDeep, whyUnwritable } from "./unwritable.ts";

/**
 * Turns a gesture on the canvas into the smallest edits of the text: the writer's indentation, line breaks, key
 * order and comments stay, and so does every line that the gesture is not about. Refused when the text is broken
 * or the gesture makes no sense, with the reason. A file that says nothing yet takes its first stage. `parent` is what
 * the file extends, joined with its own parents; null where it extends none, or none that is known.
 */
export function editPipeline(
  document: PipelineDocument,
  edit: CanvasEdit,
  parent: PipelineDocument | null = null,
): EditResult {
  const unwritable = whyUnwritable(edit);
  if (unwritable !== null) return refuse(unwritable);
  return keptReadable(document, editWritable(document, edit, parent));
}

function editWritable(
  document: PipelineDocument,
  edit: CanvasEdit,
  parent: PipelineDocument | null,
): EditResult {
  if ((edit.kind === "add-stage" || edit.kind === "paste-stages") && saysNothing(document)) {
    return inSteps(document, [startFile, (current) => editSound(current, edit)]);
  }
  if (document.broken) {
    return refuse("The text has errors of syntax. Mend them before you edit on the canvas.");
  }
  if (document.tree.root === null) {
    return refuse("The file holds no object, so it is no pipeline. Change it in the text first.");
  }
  if (parent === null || document.pipeline.extends === null) return editSound(document, edit);
  return editInheriting(document, parent, edit, editSound);
}

/** Refuses what would leave a text that cannot be read, which can only be nested too deep. */
function keptReadable(document: PipelineDocument, result: EditResult): EditResult {
  if (!result.ok || result.edits.every(({ text }) => !/[[{]/.test(text))) return result;
  const { text, tree } = document;
  const after = parsePipeline(applyTextEdits(text, result.edits), document, result.edits);
  return after.broken && tree.root !== null ? refuse(tooDeep) : result;
}

/** What rewrites the paths of ids, where these can be told apart. */
function whereNoSlashes(document: PipelineDocument, edit: () => EditResult): EditResult {
  const reason = slashReason(document);
  return reason === null ? edit() : refuse(reason);
}

function editSound(document: PipelineDocument, edit: CanvasEdit): EditResult {
  switch (edit.kind) {
    case "move-stages":
      return moveStages(document, edit.moves);
    case "set-stage-name":
      return setStageName(document, edit.stage, edit.name);
    case "delete-stages":
      return deleteStages(document, edit.stages);
    case "connect":
      return connectStages(document, edit.from, edit.to);
    case "disconnect":
      // What leaves a body may wait for it then, and be waited for in it.
      return closingNoCircle(document, disconnectStages(document, edit.from, edit.to));
    case "set-value":
      return setValue(document, edit.stage, edit.path, edit.value);
    case "unset-value":
      return unsetValue(document, edit.stage, edit.path);
    case "add-stage":
      return addStage(document, edit);
    case "set-stage-field":
      return setStageField(document, edit.stage, edit.path, edit.value);
    case "rename-stage-id":
      return renameStage(document, edit.stage, edit.to);
    case "set-enabled":
      return setEnabled(document, edit.stages, edit.state);
    case "reconnect":
      return reconnectStages(document, edit.from, edit.to, edit.end, edit.stage);
    case "reorder-stage":
      return whereNoSlashes(document, () => reorderStage(document, edit.stage, edit.before));
    case "move-into":
      return whereNoSlashes(document, () => moveInto(document, edit.stages, edit.owner, edit.arm));
    case "take-out":
      return whereNoSlashes(document, () => takeOut(document, edit.stages));
    case "drop-stages":
      return whereNoSlashes(document, () => dropStages(document, edit));
    case "paste-stages":
      return whereNoSlashes(document, () => pasteStages(document, edit));
    case "revert-stages":
      return refuse(
        "The pipeline that this file extends is not known now, so there is nothing to go back to.",
      );
    case "duplicate-stages":
      return whereNoSlashes(document, () => duplicateStages(document, edit.stages, edit.by));
    case "extract-subpipeline":
      return extractSubpipeline(document, edit);
    case "inline-subpipeline":
      return whereNoSlashes(document, () => inlineSubpipeline(document, edit));
    case "add-note":
      return addNote(document, edit);
    case "add-group":
      return addGroup(document, edit);
    case "set-layout":
      return setLayout(document, edit);
  }
}
