import { stageById } from "../../document/locate.ts";
import { isOwningArm } from "../../graph/owners.ts";
import { pipelineGraph } from "../../graph/pipeline-graph.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { armFields } from "../../stage/arm-fields.ts";
import { newArmPath } from "../arm-path.ts";
import { localId } from "../clipping/copy-stages.ts";
import { connectStages } from "../connect-stages.ts";
import { done, type EditResult, refuse } from "../edit-result.ts";
import { enterArm, whyNoArm } from "../enter-arm.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { idAt, type StageHome } from "../insert-stage.ts";
import { leaveArm } from "../leave-arm.ts";
import { keepingMeaning } from "./keeping-meaning.ts";
import { relocateStage } from "./relocate-stage.ts";
import { rewriteMentions } from "./rewrite-mentions.ts";

/**
 * Moves stages into an arm of another: into its list, or in the map dialect inside it, where their ids change with it.
 * What waited for one that is inside then waits for the owner.
 */
export function moveInto(
  document: PipelineDocument,
  ids: readonly string[],
  ownerId: string,
  arm: string,
): EditResult {
  const owner = stageById(document, ownerId);
  if (owner === undefined) return refuse(`There is no stage "${ownerId}" in this file.`);
  const unknown = ids.find((id) => stageById(document, id) === undefined);
  if (unknown !== undefined) return refuse(`There is no stage "${unknown}" in this file.`);
  const around = ids.find((id) => id === ownerId || isAround(document, id, ownerId));
  if (around !== undefined)
    return refuse(`"${ownerId}" is "${around}" or inside it, so that cannot be inside "${ownerId}".`);
  const dialect = document.tree.container?.kind ?? "list";
  const entry = armFields(owner).find((each) => each.arm === arm);
  if (entry === undefined && newArmPath(owner, arm, dialect) === null) return refuse(whyNoArm(owner, arm));
  const members = new Set(
    owner.arms.filter((each) => each.arm === arm).flatMap(({ stages }) => stages.map(({ value }) => value)),
  );
  const moved = document.pipeline.stages.filter(({ id }) => ids.includes(id) && !members.has(id));
  const inside = moved.find((stage) => isWithin(stage, ids));
  if (inside !== undefined)
    return refuse(`"${inside.id}" is inside another of the stages, and goes with it.`);
  if (moved.length === 0) return done([]);
  const isBody =
    entry === undefined ? dialect === "map" && isOwningArm(arm) : entry.field.value.kind === "object";
  return isBody ? writeInside(document, moved, owner, arm) : listInside(document, moved, owner, arm);
}

/** Whether a stage owns another, however far inside. */
export function isAround(document: PipelineDocument, id: string, other: string): boolean {
  const { nodes } = pipelineGraph(document);
  const ownerOf = (each: string): string | null =>
    nodes.find(({ stage }) => stage.id === each)?.owner?.stage ?? null;
  for (let at = ownerOf(other); at !== null; at = ownerOf(at)) if (at === id) return true;
  return false;
}

function isWithin({ nestedIn }: Stage, ids: readonly string[]): boolean {
  return nestedIn !== null && ids.some((id) => nestedIn === id || nestedIn.startsWith(`${id}/`));
}

function listInside(
  document: PipelineDocument,
  moved: readonly Stage[],
  owner: Stage,
  arm: string,
): EditResult {
  const nested = moved.find(({ nestedIn }) => nestedIn !== owner.nestedIn);
  if (nested !== undefined) {
    return refuse(
      `"${nested.id}" is not written where "${owner.id}" is. Take it out of what it is inside first.`,
    );
  }
  const owners = document.pipeline.stages.filter((each) => each.arms.length > 0);
  const declares = owner.arms.some(({ stages }) =>
    stages.some(
      ({ value }) => stageById(document, value)?.dependsOn.some((each) => each.value === owner.id) === true,
    ),
  );
  return keepingMeaning(
    document,
    inSteps(
      document,
      moved.flatMap(({ id }): readonly EditStep[] => [
        ...owners.flatMap((other) =>
          armsToLeave(other, owner, arm, id).map(
            (each): EditStep =>
              (current) =>
                leaveArm(current, other.id, each, id),
          ),
        ),
        (current) => enterArm(current, owner.id, arm, id, { kind: "end" }),
        (current) => {
          const waits = stageById(current, id)?.dependsOn.some(({ value }) => value === owner.id) === true;
          return declares && !waits ? connectStages(current, owner.id, id) : done([]);
        },
      ]),
    ),
    (id) => id,
  );
}

/** A stage is in one body, and in one arm of a stage. */
function armsToLeave(other: Stage, owner: Stage, arm: string, id: string): readonly string[] {
  return other.arms
    .filter(({ stages }) => stages.some(({ value }) => value === id))
    .map((each) => each.arm)
    .filter((each) => (other.id === owner.id ? each !== arm : isOwningArm(each) && isOwningArm(arm)));
}

function writeInside(
  document: PipelineDocument,
  moved: readonly Stage[],
  owner: Stage,
  arm: string,
): EditResult {
  const home: StageHome = { kind: "body", owner: owner.id, arm, after: null };
  const ids = new Map(moved.map((stage) => [stage.id, idAt(home, localId(stage))]));
  const taken = [...ids.values()].find((id) => stageById(document, id) !== undefined);
  if (taken !== undefined || new Set(ids.values()).size < ids.size) {
    return refuse(
      `There is a stage "${(taken ?? "").split("/").at(-1) ?? ""}" inside "${owner.id}" already. Rename one of them first.`,
    );
  }
  const output = document.pipeline.outputStage?.value ?? "";
  if (ids.has(output))
    return refuse(`"${output}" gives the output of the pipeline, which a stage inside another cannot.`);
  const isInside = (id: string | null): boolean =>
    id !== null &&
    (ids.has(id) ||
      id.startsWith(`${owner.id}/`) ||
      [...ids.keys()].some((each) => id.startsWith(`${each}/`)));
  return keepingMeaning(
    document,
    inSteps(document, [
      (current) =>
        rewriteMentions(current, ({ id, list, stage }) => {
          const to = movedId(ids, id);
          if (to === id || isInside(stage)) return undefined;
          if (list.startsWith("$group:")) return to;
          if (stage === owner.id) return null;
          return list.endsWith(" depends_on") || list.startsWith("composition ")
            ? wordFrom(document, stage, owner)
            : null;
        }),
      ...moved.map(
        ({ id }): EditStep =>
          (current) =>
            relocateStage(current, id, home),
      ),
    ]),
    (id) => movedId(ids, id),
  );
}

/** How a stage names another that may be inside others: by the innermost of these that it can see. */
function wordFrom(document: PipelineDocument, stage: string | null, owner: Stage): string {
  let seen = owner;
  while (seen.nestedIn !== null && stage?.startsWith(`${seen.nestedIn}/`) !== true) {
    const around = stageById(document, seen.nestedIn);
    if (around === undefined) break;
    seen = around;
  }
  return localId(seen);
}

/** The id after stages have moved, those inside them included. */
export function movedId(ids: ReadonlyMap<string, string>, id: string): string {
  for (const [from, to] of ids)
    if (id === from || id.startsWith(`${from}/`)) return to + id.slice(from.length);
  return id;
}
