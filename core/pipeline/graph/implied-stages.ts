import type { Stage } from "../model.ts";
import type { DeferredFields } from "./deferred-fields.ts";
import { namesInArm } from "./loop-variables.ts";
import { namedStages } from "./named-stages.ts";
import type { StageOwner } from "./owners.ts";

/** The stages of a graph as names are looked up in it. */
export interface StageLookUp {
  stage(id: string): Stage | undefined;
  ownerOf(id: string): StageOwner | null;
}

/**
 * The stages that expressions of a stage name and that it therefore waits for (design, "Execution"). Not among them
 * are itself and the stages it runs inside, whose loop and error fields it may read.
 */
export function impliedStages(
  stage: Stage,
  lookUp: StageLookUp,
  deferredFields: DeferredFields,
): ReadonlySet<string> {
  const implied = new Set<string>();
  let around: readonly (readonly [Stage, string])[] | undefined;
  let variables: ReadonlySet<string> | undefined;
  for (const { name, qualified, afterBody } of namedStages(stage, deferredFields)) {
    const named = stageNamed(name, stage, lookUp);
    if (named === undefined || named === stage) continue;
    around ??= stagesAround(stage, lookUp);
    if (around.some(([owner]) => owner === named)) continue;
    variables ??= new Set(around.flatMap(([owner, arm]) => namesInArm(owner, arm)));
    if (!qualified && variables.has(name)) continue;
    if (afterBody && stagesAround(named, lookUp).some(([owner]) => owner === stage)) continue;
    implied.add(named.id);
  }
  return implied;
}

/** In a body, a name means the stage beside it first, then one of the bodies around, then one of the file. */
function stageNamed(name: string, from: Stage, lookUp: StageLookUp): Stage | undefined {
  for (let owner = from.nestedIn; owner !== null; owner = lookUp.stage(owner)?.nestedIn ?? null) {
    const beside = lookUp.stage(`${owner}/${name}`);
    if (beside !== undefined) return beside;
  }
  return lookUp.stage(name);
}

/** The stages around a stage from the inside out, each with the arm it is in. */
function stagesAround(stage: Stage, lookUp: StageLookUp): readonly (readonly [Stage, string])[] {
  const around: (readonly [Stage, string])[] = [];
  for (let owner = lookUp.ownerOf(stage.id); owner !== null; owner = lookUp.ownerOf(owner.stage)) {
    const found = lookUp.stage(owner.stage);
    if (found !== undefined) around.push([found, owner.arm]);
  }
  return around;
}
