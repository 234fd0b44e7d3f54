import type { PipelineDocument } from "../../model.ts";
import { done, type EditResult, refuse } from "../edit-result.ts";
import { whyNotId } from "../new-stage-id.ts";
import { renameIds } from "./rename-ids.ts";
import { renamer } from "./rename-stage.ts";

/**
 * What changes in a pipeline that extends another, directly or through others, when a stage of that one gets another
 * id: the override of it, the stage that takes its place, and all that names it.
 */
export function renameInherited(document: PipelineDocument, id: string, to: string): EditResult {
  const { pipeline } = document;
  if (pipeline.extends === null) return refuse("This pipeline extends no other.");
  const isTaken =
    pipeline.stages.some((stage) => stage.id === to) || pipeline.overrides.some(({ key }) => key === to);
  if (isTaken)
    return refuse(`The pipeline that extends this one has a stage "${to}" already. Choose another id.`);
  const reason = whyNotId(document, to);
  if (reason !== null) return refuse(reason);
  const renamed = renameIds(document, renamer(id, to));
  if (!renamed.ok) return renamed;
  const keys = pipeline.overrides.filter(({ key }) => key === id).map(({ keySpan }) => keySpan);
  return done([
    ...renamed.edits,
    ...keys.map(({ start, end }) => ({ offset: start, length: end - start, text: JSON.stringify(to) })),
  ]);
}
