import { stageById } from "../document/locate.ts";
import type { PipelineDocument } from "../model.ts";
import { armFields } from "../stage/arm-fields.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { removeIds } from "./remove-ids.ts";

/** Takes a stage out of the list of an arm. */
export function leaveArm(
  document: PipelineDocument,
  ownerId: string,
  arm: string,
  member: string,
): EditResult {
  const owner = stageById(document, ownerId);
  if (owner === undefined) return refuse(`There is no stage "${ownerId}" in this file.`);
  const members = owner.arms.filter((each) => each.arm === arm).flatMap(({ stages }) => stages);
  return done(
    armFields(owner)
      .filter((each) => each.arm === arm)
      .flatMap(({ field }) => removeIds(document, owner, field, members, new Set([member]))),
  );
}
