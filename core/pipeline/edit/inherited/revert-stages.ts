import { stageById } from "../../document/locate.ts";
import type { PipelineDocument } from "../../model.ts";
import { fieldNamed } from "../../stage/field-reader.ts";
import { done, type EditResult, refuse } from "../edit-result.ts";
import { elementsOfStages } from "../element-list.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { removeElements } from "../remove-elements.ts";
import { unsetValue } from "../unset-value.ts";

/**
 * Makes stages be as the parent has them: their entries of `overrides` are removed, and stages of this file that take
 * the parent's place. What names them stays.
 */
export function revertStages(
  document: PipelineDocument,
  parent: PipelineDocument,
  ids: readonly string[],
): EditResult {
  const unknown = ids.find((id) => stageById(parent, id) === undefined);
  if (unknown !== undefined) return refuse(`The parent has no stage "${unknown}" to go back to.`);
  return inSteps(document, [
    ...ids.map(
      (id): EditStep =>
        (current) =>
          fieldNamed(current.pipeline.overrides, id) === undefined
            ? done([])
            : unsetValue(current, null, ["overrides", id]),
    ),
    (current) => removeReplacing(current, new Set(ids)),
  ]);
}

function removeReplacing(document: PipelineDocument, ids: ReadonlySet<string>): EditResult {
  const list = elementsOfStages(document);
  if (list === undefined) return done([]);
  const indexes = document.tree.units.flatMap(({ stages: [top] }, index) =>
    top !== undefined && ids.has(top.id) ? [index] : [],
  );
  return done(removeElements(document.text, list, new Set(indexes)));
}
