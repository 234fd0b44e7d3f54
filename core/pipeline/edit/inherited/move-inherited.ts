import { stageById } from "../../document/locate.ts";
import { inheritingOf, withParent } from "../../inheritance/with-parent.ts";
import type { PipelineDocument } from "../../model.ts";
import { fieldNamed } from "../../stage/field-reader.ts";
import type { EditResult } from "../edit-result.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { moveStages } from "../move-stages.ts";
import { setValue } from "../set-value.ts";

/** Moves stages. One of the parent that has a `position` gets another by its override, else by its line in `layout`. */
export function moveInherited(
  document: PipelineDocument,
  parent: PipelineDocument,
  moves: readonly { readonly stage: string; readonly x: number; readonly y: number }[],
): EditResult {
  const whole = withParent(document, parent);
  const isPlacedInside = (id: string): boolean =>
    ["inherited", "overridden"].includes(inheritingOf(document, parent, id)) &&
    fieldNamed(stageById(whole, id)?.fields ?? [], "position") !== undefined;
  return inSteps(document, [
    (current) =>
      moveStages(
        current,
        moves.filter(({ stage }) => !isPlacedInside(stage)),
      ),
    ...moves
      .filter(({ stage }) => isPlacedInside(stage))
      .map(
        ({ stage, x, y }): EditStep =>
          (current) =>
            setValue(current, null, ["overrides", stage, "position"], { x: Math.round(x), y: Math.round(y) }),
      ),
  ]);
}
