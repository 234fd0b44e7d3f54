import { encodeJson, type PipelineIdentity } from "#core/journal";
import { fieldNamed, isJsonObject, nodeToJson, type Stage, stageById } from "#core/pipeline";
import type { Json, JsonObject } from "#core/ports";
import type { PipelinePlan, RunPlan } from "../plan/run-plan.ts";
import { readsRoot } from "./reads.ts";
import type { FrameRecord, StageRecord } from "./record-index.ts";

/**
 * Tells of each stage of a record what makes it another in `after` than it was in `before`: what it says, the settings
 * it takes from its pipeline, the input that it reads. How long it may take and how often it is tried do not count, nor
 * what only people read.
 */
export function changesBetween(before: RunPlan, after: RunPlan): (stage: StageRecord) => string | null {
  const isInputChanged = differs(before.visibleInput, after.visibleInput);
  /** Of each file, by the ids of its stages: what they say is the same in all their rounds. */
  const said = new Map<PipelinePlan, Map<string, string | null>>();
  const saidOtherwise = (old: PipelinePlan, now: PipelinePlan, id: string): string | null => {
    const known = said.get(now) ?? new Map<string, string | null>();
    said.set(now, known);
    const found = known.get(id);
    if (found !== undefined) return found;
    const change = changeInFile(old, now, id);
    known.set(id, change);
    return change;
  };
  return (stage) => {
    const called = calledAround(stage.frame);
    const path = called?.path ?? null;
    const old = path === null ? before : before.callees.at(path);
    const now = path === null ? after : after.callees.at(path);
    // One that an expression named is not in the record: what its file says now may not be what ran.
    if (old === undefined || now === undefined || (called !== null && old.pipeline.hash !== called.hash))
      return "the pipeline it is in";
    const change = saidOtherwise(old, now, stage.address.stage);
    if (change !== null) return change;
    const { plan } = stage;
    if (plan.definition.requiresModel && before.provider !== after.provider) return "provider";
    if (plan.definition.requiresModel && differs({ ...old.defaults }, { ...now.defaults })) return "defaults";
    const readsEnv = readsRoot(plan, new Set(["env"])) || plan.definition.reads.includes("env");
    if (readsEnv && differs(old.declaredEnv, now.declaredEnv)) return "env";
    if (path === null && isInputChanged && readsRoot(plan, new Set(["input", "context"]))) return "input";
    return null;
  };
}

/** The innermost called pipeline around a frame, as it was; null for the run's own. */
function calledAround(frame: FrameRecord): PipelineIdentity | null {
  for (let each: FrameRecord | undefined = frame; each !== undefined; each = each.owner?.frame) {
    if (each.opened?.kind === "call-started") return each.opened.pipeline;
  }
  return null;
}

function changeInFile(old: PipelinePlan, now: PipelinePlan, id: string): string | null {
  if (old.resolved.document === now.resolved.document) return null;
  const was = stageById(old.resolved.document, id);
  const is = stageById(now.resolved.document, id);
  if (was === undefined || is === undefined) return "it is new";
  const [before, after] = [meaningOf(was), meaningOf(is)];
  for (const [name, value] of Object.entries(after)) {
    const other = before[name] ?? null;
    if (differs(other, value)) return where(name, other, value);
  }
  return null;
}

/** What a stage says that a run can tell. */
function meaningOf(stage: Stage): JsonObject {
  const list = (fields: Stage["config"]): JsonObject =>
    Object.fromEntries(fields.map(({ key, value }) => [key, nodeToJson(value)]));
  const more = Object.fromEntries(
    ["strategy", "secrets", "approval"].map((name) => {
      const field = fieldNamed(stage.fields, name);
      return [name, field === undefined ? null : nodeToJson(field.value)];
    }),
  );
  return {
    component_type: stage.componentType,
    version: stage.versionRange,
    config: list(stage.config),
    input_mapping: list(stage.inputMapping),
    outputs: list(stage.outputs),
    depends_on: stage.dependsOn.map(({ value }) => value),
    when: stage.when === null ? null : [nodeToJson(stage.when.condition), stage.when.negated],
    trigger_rule: stage.triggerRule?.value ?? null,
    enabled: stage.enabled,
    llm_settings: {
      provider: stage.model.provider?.value ?? null,
      model: stage.model.model?.value ?? null,
      temperature: stage.model.temperature?.value ?? null,
      max_tokens: stage.model.maxTokens?.value ?? null,
      top_p: stage.model.topP?.value ?? null,
      stop_sequences: stage.model.stopSequences,
    },
    stages: stage.arms.map(({ arm, stages }) => [arm, ...stages.map(({ value }) => value)]),
    ...more,
  };
}

function where(name: string, before: Json, after: Json): string {
  if (!isJsonObject(before) || !isJsonObject(after)) return name;
  const key = [...Object.keys(after), ...Object.keys(before)].find((each) =>
    differs(before[each] ?? null, after[each] ?? null),
  );
  return key === undefined ? name : `${name}.${key}`;
}

function differs(a: Json, b: Json): boolean {
  return encodeJson(a).text !== encodeJson(b).text;
}
