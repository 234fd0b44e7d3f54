import { stageById, unitStart } from "../document/locate.ts";
import type { PipelineDocument } from "../model.ts";
import { writtenId } from "./connect-stages.ts";
import { replaceSpan } from "./edit-properties.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";

/** Makes a stage wait for another in place of one that it waited for, in the same place of its list. */
export function replaceDependency(
  document: PipelineDocument,
  id: string,
  before: string,
  after: string,
): EditResult {
  const stage = stageById(document, id);
  const source = stageById(document, after);
  if (stage === undefined) return refuse(`There is no stage "${id}" in this file.`);
  if (source === undefined) return refuse(`There is no stage "${after}" in this file.`);
  const base = unitStart(document, stage);
  const written = JSON.stringify(writtenId(source, stage));
  return done(
    stage.dependsOn
      .filter(({ value }) => value === before)
      .map(({ span }) => replaceSpan(span, base, written)),
  );
}
