import type { Reference } from "#core/expressions";
import { isJsonObject } from "#core/pipeline";
import type { Json, ScopeSnapshot, StageOutcomeSnapshot } from "#core/ports";
import { namesOfOwners, resolveStageName, stageNameIn } from "../plan/names.ts";
import type { StagePlan } from "../plan/run-plan.ts";
import { type Viewpoint, valueOfName } from "./scope.ts";
import { snapshotView, viewStage } from "./stage-view.ts";

/** What is taken along where nothing is referred to. */
export const emptyScope: ScopeSnapshot = { values: {}, stages: {} };

/** Whether an attempt at the stage takes anything along. */
export function looksAround({ fixedInputs, inputs, definition }: StagePlan): boolean {
  return definition.reads.length > 0 || (fixedInputs === null && inputs.deferred.length > 0);
}

/** What an attempt's own expressions refer to, taken along: nothing that none of them names. */
export function scopeSnapshot(from: Viewpoint): ScopeSnapshot {
  const { inputs, definition } = from.stage;
  if (!looksAround(from.stage)) return emptyScope;
  const values = new Map<string, Json>();
  const stages = new Map<string, StageOutcomeSnapshot>();
  for (const root of definition.reads) {
    // The pipeline's own: the rest of the environment holds much that is nobody's business.
    if (root === "env") values.set("env", from.frame.pipeline.plan.declaredEnv);
    else addValue(from, root, values);
  }
  const ownerNames = namesOfOwners(from.stage);
  for (const reference of inputs.deferred) {
    const name = stageNameIn(reference, ownerNames);
    const target =
      name === undefined ? undefined : resolveStageName(from.frame.pipeline.plan.stages, from.stage, name);
    if (name !== undefined && target !== undefined) addStage(from, name, target, stages);
    else if (reference.root === "env") addEnv(from, reference, values);
    else addValue(from, reference.root, values);
  }
  return { values: Object.fromEntries(values), stages: Object.fromEntries(stages) };
}

/**
 * Why a stage whose component evaluates expressions itself must be skipped: one of them names a skipped stage, and
 * is not guarded. Null when none does. Those that the engine evaluates show it by themselves.
 */
export function missingUpstream(from: Viewpoint): string | null {
  const { deferred } = from.stage.inputs;
  if (deferred.length === 0) return null;
  const ownerNames = namesOfOwners(from.stage);
  for (const reference of deferred) {
    const name = reference.guarded ? undefined : stageNameIn(reference, ownerNames);
    const target =
      name === undefined ? undefined : resolveStageName(from.frame.pipeline.plan.stages, from.stage, name);
    if (target === undefined) continue;
    const view = viewStage(from.frame, from.stage, target);
    if (view.kind === "skipped") return `it needs what is not there: ${view.message}`;
  }
  return null;
}

function addValue(from: Viewpoint, root: string, values: Map<string, Json>): void {
  const value = valueOfName(from, root);
  if (value !== undefined) values.set(root, value);
}

function addStage(
  from: Viewpoint,
  name: string,
  target: StagePlan,
  stages: Map<string, StageOutcomeSnapshot>,
): void {
  if (!stages.has(name)) stages.set(name, snapshotView(target, viewStage(from.frame, from.stage, target)));
}

/** The environment holds much that is nobody's business: where they are named, only those variables go along. */
function addEnv(from: Viewpoint, reference: Reference, values: Map<string, Json>): void {
  const { env } = from.frame.pipeline.plan;
  const [name] = reference.path;
  if (typeof name !== "string") {
    values.set("env", env);
    return;
  }
  const before = values.get("env");
  const known = isJsonObject(before) ? before : {};
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  values.set("env", value === undefined ? known : { ...known, [name]: value });
}
