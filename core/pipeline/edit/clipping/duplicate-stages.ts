import type { CanvasPoint } from "../../canvas-edit.ts";
import { stageById } from "../../document/locate.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { type EditResult, refuse, withNotes } from "../edit-result.ts";
import { enterArm } from "../enter-arm.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { homeBeside, idAt } from "../insert-stage.ts";
import { copyStages, stagesToCopy } from "./copy-stages.ts";
import { fitStages } from "./fit-stages.ts";
import { placeOf, placeStages, type StageWriting, stageWriting, writeStages } from "./paste-stages.ts";

/**
 * Writes stages once more behind themselves, in the bodies and branches that they are in: references among them are
 * among the new ones, all others stay as they are. `by` is how far from the old ones the new ones stand.
 */
export function duplicateStages(
  document: PipelineDocument,
  ids: readonly string[],
  by: CanvasPoint,
): EditResult {
  const unknown = ids.find((id) => stageById(document, id) === undefined);
  if (unknown !== undefined) return refuse(`There is no stage "${unknown}" in this file.`);
  const copied = stagesToCopy(document, ids);
  // They stay where they are, and there every name means what it meant.
  const fitted = fitStages(document, copyStages(document, ids), new Set(), () => "stage");
  if (!fitted.ok) return fitted;
  const among = new Set(copied.map(({ id }) => id));
  // In each list or body the new ones stand together, behind the last of the old ones.
  const homes = copied.map((stage) => homeBeside(document, stage));
  const last = new Map(homes.map((home) => [placeOf(home), home.after]));
  const writings: StageWriting[] = [];
  const steps = fitted.stages.flatMap((stage, index): readonly EditStep[] => {
    const original = copied[index];
    const beside = homes[index];
    if (original === undefined || beside === undefined) return [];
    const home = { ...beside, after: last.get(placeOf(beside)) ?? beside.after };
    const added = idAt(home, stage.id);
    const writing = stageWriting(document, stage, home, by, fitted.layout);
    writings.push(writing);
    return armsNaming(document, original, among).map(
      ({ owner, arm }): EditStep =>
        (current) =>
          enterArm(current, owner, arm, added, { kind: "after", stage: original.id }),
    );
  });
  return withNotes(
    inSteps(document, [...writeStages(writings), ...steps, ...placeStages(writings)]),
    fitted.notes,
  );
}

/** The lists of stages that name this one and are not copied themselves. */
function armsNaming(
  { pipeline }: PipelineDocument,
  stage: Stage,
  copied: ReadonlySet<string>,
): readonly { readonly owner: string; readonly arm: string }[] {
  if (stage.nestedIn !== null) return [];
  return pipeline.stages.flatMap((owner) =>
    copied.has(owner.id)
      ? []
      : owner.arms
          .filter(({ stages }) => stages.some(({ value }) => value === stage.id))
          .map(({ arm }) => ({ owner: owner.id, arm })),
  );
}
