import { stageById } from "../document/locate.ts";
import { isOwningArm } from "../graph/owners.ts";
import { pipelineGraph } from "../graph/pipeline-graph.ts";
import type { PipelineDocument, Stage } from "../model.ts";
import { armFields } from "../stage/arm-fields.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { removeIds } from "./remove-ids.ts";

/** Takes a connection away: the name in `depends_on` and, of a control stage, in the lists of what it enables. */
export function disconnectStages(document: PipelineDocument, from: string, to: string): EditResult {
  const source = stageById(document, from);
  const target = stageById(document, to);
  if (source === undefined) return refuse(`There is no stage "${from}" in this file.`);
  if (target === undefined) return refuse(`There is no stage "${to}" in this file.`);
  const dependsOn = fieldNamed(target.fields, "depends_on");
  const declared =
    dependsOn === undefined ? [] : removeIds(document, target, dependsOn, target.dependsOn, new Set([from]));
  const mentioned = source.arms.flatMap(({ stages }) => stages);
  const edits = [
    ...declared,
    ...armFields(source).flatMap(({ arm, field }) =>
      // A stage that only declares that it waits for its loop stays in the loop when it no longer says so.
      declared.length > 0 && isOwningArm(arm)
        ? []
        : removeIds(document, source, field, mentioned, new Set([to])),
    ),
  ];
  return edits.length > 0 ? done(edits) : refuse(whyStillConnected(document, source, target));
}

function whyStillConnected(document: PipelineDocument, source: Stage, target: Stage): string {
  if (target.nestedIn === source.id) {
    return `"${target.id}" is written inside "${source.id}". Move it out in the text to separate them.`;
  }
  const isImplicit = pipelineGraph(document).edges.some(
    ({ from, to, kind }) => from === source.id && to === target.id && kind === "implicit",
  );
  return isImplicit
    ? `An expression of "${target.id}" reads "${source.id}". Change the expression to separate them.`
    : `"${target.id}" does not depend on "${source.id}".`;
}
