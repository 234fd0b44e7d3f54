import { callOf } from "#core/checks";
import { resolveInProject } from "#core/component-definitions";
import { describeMissing, findReference, type PipelineDocument, stageById } from "#core/pipeline";
import type { CalledPipelineAnswer } from "#protocol";
import type { PlacedProject } from "./placed-project.ts";

/** What a stage of a text calls, or why that cannot be told. */
export function calledBy(
  document: PipelineDocument,
  id: string,
  { project, path, uriOf }: Pick<PlacedProject, "project" | "path" | "uriOf">,
): CalledPipelineAnswer {
  // It may be a stage of a parent: what that calls is looked for from this file.
  const stage = stageById(document, id) ?? stageById(resolveInProject(document, project, path).document, id);
  if (stage === undefined) return { found: false, message: `There is no stage "${id}" in this file.` };
  if (stage.componentType !== "subpipeline")
    return { found: false, message: `"${id}" calls no other pipeline.` };
  const call = callOf(stage);
  if (call === null) {
    return {
      found: false,
      message: `Which pipeline "${id}" calls is not known before it runs: its pipeline_id is no constant text.`,
    };
  }
  const found = findReference(project.pipelines, call.reference, path);
  return found.kind === "found"
    ? { found: true, uri: uriOf(found.entry.path) }
    : { found: false, message: describeMissing(call.reference, found) };
}
