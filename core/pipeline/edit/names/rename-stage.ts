import { stageById } from "../../document/locate.ts";
import type { PipelineDocument } from "../../model.ts";
import { done, type EditResult, refuse } from "../edit-result.ts";
import { whyNotId } from "../new-stage-id.ts";
import { ownId } from "../own-id.ts";
import { type NewIds, renameIds } from "./rename-ids.ts";

/**
 * Gives a stage another id (`to`, without the ids of those it is written inside), wherever the file names it. A file
 * that extends this one: {@link renameInherited}.
 */
export function renameStage(document: PipelineDocument, id: string, to: string): EditResult {
  const stage = stageById(document, id);
  if (stage === undefined) return refuse(`There is no stage "${id}" in this file.`);
  if (document.pipeline.stages.some((other) => other !== stage && other.id === id)) {
    return refuse(`Several stages have the id "${id}". Give them ids of their own in the text first.`);
  }
  const own = ownId(stage);
  if (own === to) return done([]);
  const reason = whyNotId(document, to);
  if (reason !== null) return refuse(reason);
  return renameIds(document, renamer(id, to, own));
}

/** What becomes of ids when one stage gets another name: those of stages written inside it change with it. */
export function renamer(id: string, to: string, own: string = id.slice(id.lastIndexOf("/") + 1)): NewIds {
  const renamed = id.slice(0, id.length - own.length) + to;
  return {
    newId: (each) => {
      if (each === id) return renamed;
      return each.startsWith(`${id}/`) ? renamed + each.slice(id.length) : each;
    },
    names: [own],
  };
}
