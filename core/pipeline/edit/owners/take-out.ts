import { stageById } from "../../document/locate.ts";
import { isOwningArm } from "../../graph/owners.ts";
import { pipelineGraph } from "../../graph/pipeline-graph.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { localId } from "../clipping/copy-stages.ts";
import { type EditResult, refuse } from "../edit-result.ts";
import { enterArm } from "../enter-arm.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { homeBeside, idAt } from "../insert-stage.ts";
import { leaveArm } from "../leave-arm.ts";
import { keepingMeaning } from "./keeping-meaning.ts";
import { movedId } from "./move-into.ts";
import { relocateStage } from "./relocate-stage.ts";
import { rewriteMentions } from "./rewrite-mentions.ts";

/**
 * Takes stages out of the bodies that they run in, or else out of the branches that enable them; they are then where
 * the owner is. What they waited for inside they wait for as a part of the owner.
 */
export function takeOut(document: PipelineDocument, ids: readonly string[]): EditResult {
  const stages = ids.flatMap((id) => stageById(document, id) ?? []);
  const unknown = ids.find((id) => stageById(document, id) === undefined);
  if (unknown !== undefined) return refuse(`There is no stage "${unknown}" in this file.`);
  const free = stages.find((stage) => stage.nestedIn === null && armsOf(document, stage).length === 0);
  if (free !== undefined) return refuse(`"${free.id}" is in no body and no branch.`);
  const nested = stages.filter(({ nestedIn }) => nestedIn !== null);
  const [first] = nested;
  if (first === undefined) {
    const steps = stages.flatMap((stage) => leaveSteps(document, stage));
    return keepingMeaning(document, inSteps(document, steps), (id) => id);
  }
  if (nested.length < stages.length || nested.some(({ nestedIn }) => nestedIn !== first.nestedIn)) {
    return refuse("The stages are inside different ones. Take them out one by one.");
  }
  return takeOutOf(document, nested, first.nestedIn ?? "");
}

interface NamedArm {
  readonly owner: string;
  readonly arm: string;
}

/** The lists that a stage is to leave: of the body it runs in, or else of all branches. */
function armsOf({ pipeline }: PipelineDocument, { id }: Stage): readonly NamedArm[] {
  const named = pipeline.stages.flatMap((owner) =>
    owner.arms
      .filter(({ stages }) => owner.id !== id && stages.some(({ value }) => value === id))
      .map(({ arm }) => ({ owner: owner.id, arm })),
  );
  const bodies = named.filter(({ arm }) => isOwningArm(arm));
  return bodies.length > 0 ? bodies : named;
}

function leaveSteps(document: PipelineDocument, stage: Stage): readonly EditStep[] {
  const arms = armsOf(document, stage);
  const [body] = arms.filter(({ arm }) => isOwningArm(arm));
  const around = pipelineGraph(document).nodes.find((node) => node.stage.id === body?.owner)?.owner ?? null;
  return [
    ...arms.map(
      ({ owner, arm }): EditStep =>
        (current) =>
          leaveArm(current, owner, arm, stage.id),
    ),
    ...(around === null || body === undefined || !isOwningArm(around.arm)
      ? []
      : [
          (current: PipelineDocument) =>
            enterArm(current, around.stage, around.arm, stage.id, { kind: "after", stage: body.owner }),
        ]),
  ];
}

function takeOutOf(document: PipelineDocument, stages: readonly Stage[], ownerId: string): EditResult {
  const owner = stageById(document, ownerId);
  if (owner === undefined) return refuse(`There is no stage "${ownerId}" in this file.`);
  const beside = homeBeside(document, owner);
  const ids = new Map(stages.map((stage) => [stage.id, idAt(beside, localId(stage))]));
  const taken = [...ids.values()].find((id) => stageById(document, id) !== undefined);
  if (taken !== undefined)
    return refuse(`There is a stage "${taken}" there already. Rename one of them first.`);
  let { after } = beside;
  const moves = stages.map((stage): EditStep => {
    const home = { ...beside, after };
    after = ids.get(stage.id) ?? after;
    return (current) => relocateStage(current, stage.id, home);
  });
  const isMoved = (id: string): boolean => movedId(ids, id) !== id;
  return keepingMeaning(
    document,
    inSteps(document, [
      (current) =>
        rewriteMentions(current, ({ id, list, written, stage }) => {
          if (stage !== null && isMoved(stage)) {
            // What is left inside is seen from outside as the owner.
            return !isMoved(id) && id.startsWith(`${ownerId}/`) ? localId(owner) : undefined;
          }
          if (!isMoved(id)) return undefined;
          return list.startsWith("$group:") || written.includes("/") ? movedId(ids, id) : undefined;
        }),
      ...moves,
    ]),
    (id) => movedId(ids, id),
  );
}
