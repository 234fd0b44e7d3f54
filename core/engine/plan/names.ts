import type { Reference } from "#core/expressions";
import { catchNames, expressionRoots, loopNames } from "#core/pipeline";
import type { StagePlan } from "./run-plan.ts";

/** The variables of a loop: as its config says, where that is no template, else the defaults. */
function loopVariablesOf(owner: StagePlan): { readonly item: string; readonly index: string } {
  return {
    item: constantText(owner, "item_variable") ?? "item",
    index: constantText(owner, "index_variable") ?? "index",
  };
}

/** The name that a trycatch gives the message of a failure, besides its usual names. */
export function errorVariableOf(owner: StagePlan): string | undefined {
  return constantText(owner, "error_variable");
}

/** The names that owners around a stage put in sight. */
export function namesOfOwners(stage: StagePlan): ReadonlySet<string> {
  const names = new Set<string>();
  for (let owner = stage.region.owner; owner !== null; owner = owner.stage.region.owner) {
    if (owner.arm === "loop") {
      const { item, index } = loopVariablesOf(owner.stage);
      for (const name of [item, index, ...loopNames]) names.add(name);
    } else if (owner.arm === "matrix") {
      names.add("matrix");
    } else if (owner.arm === "catch") {
      for (const name of catchNames) names.add(name);
      const named = errorVariableOf(owner.stage);
      if (named !== undefined) names.add(named);
    }
  }
  return names;
}

/** The id of the stage that a reference means, as it is written; undefined when it means something else. */
export function stageNameIn(reference: Reference, ownerNames: ReadonlySet<string>): string | undefined {
  if (ownerNames.has(reference.root)) return undefined;
  if (reference.root === "upstream" || reference.root === "stages") {
    const [id] = reference.path;
    return typeof id === "string" ? id : undefined;
  }
  return expressionRoots.has(reference.root) ? undefined : reference.root;
}

/** The stage that a name means when written in `from`: nested stages by their own name first, from the inside out. */
export function resolveStageName(
  stages: ReadonlyMap<string, StagePlan>,
  from: StagePlan,
  name: string,
): StagePlan | undefined {
  if (!from.id.includes("/") && from.owns.size === 0) return stages.get(name);
  for (let prefix = from.id; prefix !== ""; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf("/")))) {
    const nested = stages.get(`${prefix}/${name}`);
    if (nested !== undefined) return nested;
  }
  return stages.get(name);
}

function constantText(stage: StagePlan, field: string): string | undefined {
  const value = stage.inputs.fields.find((each) => each.field === field)?.value;
  return value?.kind === "constant" && typeof value.value === "string" ? value.value : undefined;
}
