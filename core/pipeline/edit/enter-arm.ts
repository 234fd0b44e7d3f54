import { stageById, unitStart } from "../document/locate.ts";
import type { PipelineDocument, Stage } from "../model.ts";
import { armFields } from "../stage/arm-fields.ts";
import { newArmPath } from "./arm-path.ts";
import { isInBody, writtenId } from "./connect-stages.ts";
import { replaceSpan } from "./edit-properties.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { elementsOf } from "./element-list.ts";
import { valueFormOf } from "./file-habits.ts";
import { insertElements } from "./insert-elements.ts";
import { setValue } from "./set-value.ts";

/** Where in an arm's list a stage goes: at its end, or beside one that is there. */
export type PlaceInArm =
  | { readonly kind: "end" }
  | { readonly kind: "before"; readonly stage: string }
  | { readonly kind: "after"; readonly stage: string };

/** Writes a stage into the list of an arm, which is added where the owner has none. */
export function enterArm(
  document: PipelineDocument,
  ownerId: string,
  arm: string,
  member: string,
  place: PlaceInArm,
): EditResult {
  const owner = stageById(document, ownerId);
  const stage = stageById(document, member);
  if (owner === undefined) return refuse(`There is no stage "${ownerId}" in this file.`);
  const body = stage?.nestedIn ?? null;
  if (body !== null && !isInBody(owner, body)) {
    return refuse(`"${member}" is written inside "${body}", where "${ownerId}" is not. Take it out first.`);
  }
  const id = stage === undefined ? member : writtenId(stage, owner);
  const entry = armFields(owner).find((each) => each.arm === arm);
  if (entry === undefined) return addArm(document, owner, arm, id);
  const { value } = entry.field;
  const base = unitStart(document, owner);
  const form = valueFormOf(document);
  switch (value.kind) {
    case "array": {
      const insertion = {
        after: indexIn(owner, arm, place, value.items.length),
        write: () => JSON.stringify(id),
      };
      return done(
        insertElements(document.text, elementsOf(value, base), [insertion], form.style, form.lists),
      );
    }
    case "string": {
      if (value.value.includes("{{")) {
        return refuse(
          `The stages of "${arm}" of "${ownerId}" come from an expression. Change it in the text.`,
        );
      }
      const other = JSON.stringify(value.value);
      const both = place.kind === "before" ? [JSON.stringify(id), other] : [other, JSON.stringify(id)];
      return done([replaceSpan(value.span, base, `[${both.join(`,${form.style.gap}`)}]`)]);
    }
    case "object":
      return refuse(`The stages of "${arm}" are written inside "${ownerId}". Move the stage there first.`);
    case "number":
    case "boolean":
    case "null":
    case "error":
      return refuse(`"${entry.field.key}" of "${ownerId}" must be a list of ids. Mend it in the text first.`);
  }
}

function indexIn(owner: Stage, arm: string, place: PlaceInArm, length: number): number {
  if (place.kind === "end") return length - 1;
  const members = owner.arms.find((each) => each.arm === arm)?.stages ?? [];
  const index = members.findIndex(({ value }) => value === place.stage);
  if (index < 0) return length - 1;
  return place.kind === "before" ? index - 1 : index;
}

function addArm(document: PipelineDocument, owner: Stage, arm: string, id: string): EditResult {
  const path = newArmPath(owner, arm, document.tree.container?.kind ?? "list");
  return path === null
    ? refuse(whyNoArm(owner, arm))
    : setValue(document, owner.id, path, [id], valueFormOf(document));
}

/** Why a stage cannot have an arm. */
export function whyNoArm({ id, componentType }: Stage, arm: string): string {
  return `"${id}" is a ${componentType ?? "stage without a component"} and has no arm "${arm}".`;
}
