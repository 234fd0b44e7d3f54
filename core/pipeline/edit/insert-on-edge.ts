import { stageById } from "../document/locate.ts";
import { isOwningArm } from "../graph/owners.ts";
import { pipelineGraph } from "../graph/pipeline-graph.ts";
import type { PipelineDocument, Stage } from "../model.ts";
import { connectStages } from "./connect-stages.ts";
import { done, type EditResult } from "./edit-result.ts";
import { enterArm } from "./enter-arm.ts";
import type { EditStep } from "./in-steps.ts";
import { homeBeside } from "./insert-stage.ts";
import { leaveArm } from "./leave-arm.ts";
import { replaceDependency } from "./replace-dependency.ts";
import { joinBody, type Planned, planned, refusedPlace } from "./stage-plan.ts";

/**
 * Puts a stage between two that are connected: it waits for `from`, and `to` waits for it. Where `from` is an owner
 * and `to` in an arm of it, the new stage is in that arm. What `to` reads of `from` in expressions it reads still.
 */
export function insertOnEdge(document: PipelineDocument, fromId: string, toId: string): Planned {
  const from = stageById(document, fromId);
  const to = stageById(document, toId);
  if (from === undefined) return refusedPlace(`There is no stage "${fromId}" in this file.`);
  if (to === undefined) return refusedPlace(`There is no stage "${toId}" in this file.`);
  const edges = pipelineGraph(document).edges.filter((edge) => edge.from === fromId && edge.to === toId);
  if (edges.length === 0) return refusedPlace(`"${toId}" does not depend on "${fromId}".`);
  const arms = from.arms
    .filter(({ stages }) => stages.some(({ value }) => value === toId))
    .map(({ arm }) => arm);
  const isDeclared = to.dependsOn.some(({ value }) => value === fromId);
  const wire = (added: string): readonly EditStep[] => [
    (current) =>
      isDeclared ? replaceDependency(current, toId, fromId, added) : connectStages(current, added, toId),
  ];
  const [arm] = arms;
  if (arm === undefined) {
    return planned(homeBeside(document, from), (added) => [
      ...joinBody(document, from, added),
      (current) => connectStages(current, fromId, added),
      ...wire(added),
    ]);
  }
  if (to.nestedIn === fromId) {
    return planned({ ...homeBeside(document, to) }, (added) => [
      (current) => connectStages(current, added, toId),
    ]);
  }
  return planned(homeBeside(document, to), (added) => [
    ...arms.map(
      (each): EditStep =>
        (current) =>
          enterArm(current, fromId, each, added, { kind: "before", stage: toId }),
    ),
    (current) => (isDeclared ? connectStages(current, fromId, added) : done([])),
    ...wire(added),
    // Enabled by the new stage alone, it is skipped when that one is.
    ...(waitsForNoOther(to, fromId) ? arms.filter((each) => !isOwningArm(each)) : []).map(
      (each): EditStep =>
        (current) =>
          leaveArm(current, fromId, each, toId),
    ),
    (current) => stayInBody(document, current, toId),
  ]);
}

/** A stage that ran in a body only because a branch there enabled it is written into that body. */
function stayInBody(before: PipelineDocument, current: PipelineDocument, id: string): EditResult {
  const [was, is] = [before, current].map(
    (document) => pipelineGraph(document).nodes.find(({ stage }) => stage.id === id)?.owner ?? null,
  );
  if (!was || is || !isOwningArm(was.arm)) return done([]);
  return enterArm(current, was.stage, was.arm, id, { kind: "end" });
}

function waitsForNoOther({ dependsOn }: Stage, from: string): boolean {
  return dependsOn.every(({ value }) => value === from);
}
