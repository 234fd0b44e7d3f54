import { stageById } from "../document/locate.ts";
import { parsePipeline } from "../document/parse-pipeline.ts";
import { isOwningArm } from "../graph/owners.ts";
import { pipelineGraph } from "../graph/pipeline-graph.ts";
import type { PipelineDocument, Stage } from "../model.ts";
import { armFields } from "../stage/arm-fields.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { applyTextEdits } from "../text-edit.ts";
import { done, type EditResult, refuse, withNotes } from "./edit-result.ts";
import { inSteps } from "./in-steps.ts";
import { releasedNotes, takePlaceOf } from "./owners/take-place.ts";
import { removeIds } from "./remove-ids.ts";

/**
 * Takes a connection away: the name in `depends_on` and, of a control stage, in the lists of what it enables. What no
 * branch of it enables any more stays in the body, and in the branches, that the control stage is in.
 */
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
  if (edits.length === 0) return refuse(whyStillConnected(document, source, target));
  const branches = source.arms.filter(
    ({ arm, stages }) => !isOwningArm(arm) && stages.some(({ value }) => value === to),
  );
  if (branches.length === 0) return done(edits);
  const result = inSteps(document, [() => done(edits), ...takePlaceOf(document, from, to)]);
  if (!result.ok) return result;
  const after = parsePipeline(applyTextEdits(document.text, result.edits), document, result.edits);
  const released = branches.map(({ arm }) => ({ from: { owner: from, arm }, member: to }));
  return withNotes(result, releasedNotes(after, released));
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
