import { stageById } from "../document/locate.ts";
import { pipelineGraph } from "../graph/pipeline-graph.ts";
import type { PipelineDocument } from "../model.ts";
import { connectStages } from "./connect-stages.ts";
import { disconnectStages } from "./disconnect-stages.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { enterArm } from "./enter-arm.ts";
import { type EditStep, inSteps } from "./in-steps.ts";
import { closingNoCircle } from "./owners/keeping-meaning.ts";
import { replaceDependency } from "./replace-dependency.ts";

/** Takes one end of a connection to another stage: its name is replaced in the list it is in. */
export function reconnectStages(
  document: PipelineDocument,
  from: string,
  to: string,
  end: "from" | "to",
  stage: string,
): EditResult {
  if (stage === (end === "from" ? from : to)) return done([]);
  const target = stageById(document, to);
  const source = stageById(document, from);
  if (source === undefined) return refuse(`There is no stage "${from}" in this file.`);
  if (target === undefined) return refuse(`There is no stage "${to}" in this file.`);
  if (stageById(document, stage) === undefined) return refuse(`There is no stage "${stage}" in this file.`);
  const isDeclared = target.dependsOn.some(({ value }) => value === from);
  const arms = source.arms
    .filter(({ stages }) => stages.some(({ value }) => value === to))
    .map(({ arm }) => arm);
  const apart: EditStep = (current) => disconnectStages(current, from, to);
  if (end === "to") {
    const moved = inSteps(document, [
      ...arms.map(
        (arm): EditStep =>
          (current) =>
            enterArm(current, from, arm, stage, { kind: "before", stage: to }),
      ),
      apart,
      (current) =>
        isDeclared && !hasEdge(current, from, stage) ? connectStages(current, from, stage) : done([]),
    ]);
    // Into the body of a stage that is inside the other one, for example.
    return closingNoCircle(document, moved);
  }
  const result = inSteps(document, [apart, (current) => connectStages(current, stage, to)]);
  // Where only a name in one list changes, it changes in its place.
  return result.ok && isDeclared && arms.length === 0 ? replaceDependency(document, to, from, stage) : result;
}

function hasEdge(document: PipelineDocument, from: string, to: string): boolean {
  return pipelineGraph(document).edges.some(
    (edge) => edge.from === from && edge.to === to && edge.kind === "declared",
  );
}
