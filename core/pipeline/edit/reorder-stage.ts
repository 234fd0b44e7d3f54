import { stageById, unitStart } from "../document/locate.ts";
import type { PipelineDocument, Stage } from "../model.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { type ElementList, elementsOf, elementsOfStages } from "./element-list.ts";
import { bodyOf } from "./insert-stage.ts";
import { permuteElements } from "./permute-elements.ts";
import { writingStyleOf } from "./writing-style.ts";

/** Writes a stage before another of the same list or body, or at its end where `before` is null. */
export function reorderStage(document: PipelineDocument, id: string, before: string | null): EditResult {
  const stage = stageById(document, id);
  if (stage === undefined) return refuse(`There is no stage "${id}" in this file.`);
  const place = siblingsOf(document, stage);
  if (place === null) return refuse(`"${id}" is in no list of stages.`);
  const from = place.ids.indexOf(id);
  const to = before === null ? place.ids.length : place.ids.indexOf(before);
  if (to < 0) return refuse(`"${before}" is not written in the same list as "${id}".`);
  const order = place.ids.map((_, index) => index).filter((index) => index !== from);
  order.splice(to > from ? to - 1 : to, 0, from);
  if (order.every((index, at) => index === at)) return done([]);
  return done(permuteElements(document.text, place.list, order, writingStyleOf(document).eol));
}

/** The list or the body that a stage is written in, and the ids of all that is in there; null for what is no stage. */
function siblingsOf(
  document: PipelineDocument,
  stage: Stage,
): { readonly list: ElementList; readonly ids: readonly (string | null)[] } | null {
  if (stage.nestedIn === null) {
    const list = elementsOfStages(document);
    const ids = document.tree.units.map(({ stages: [top] }) => top?.id ?? null);
    return list === undefined ? null : { list, ids };
  }
  const owner = stageById(document, stage.nestedIn);
  const arm = owner?.arms.find(({ stages }) => stages.some(({ value }) => value === stage.id))?.arm;
  const body = owner === undefined || arm === undefined ? undefined : bodyOf(owner, arm);
  if (owner === undefined || body === undefined) return null;
  return {
    list: elementsOf(body, unitStart(document, owner)),
    ids: body.properties.map(({ key }) => `${owner.id}/${key}`),
  };
}
