import type { PipelineReference } from "#core/pipeline";
import type { Json } from "#core/ports";
import type { PipelinePlan, StagePlan } from "./run-plan.ts";
import { workOf } from "./work-of.ts";

/** The component that calls another pipeline. */
export const CALL = "subpipeline";

/** A stage that says in plain text which pipeline it calls. */
export interface StaticCall {
  readonly stage: StagePlan;
  readonly reference: PipelineReference;
}

/** The calls of a pipeline that are known before it runs; those that an expression names come up as it runs. */
export function calledIn(plan: PipelinePlan): readonly StaticCall[] {
  const calls: StaticCall[] = [];
  for (const named of plan.stages.values()) {
    if (named.definition.type !== CALL || !named.enabled) continue;
    const stage = workOf(named);
    const pipeline = constantField(stage, "pipeline_id");
    const version = constantField(stage, "pipeline_version");
    if (typeof pipeline !== "string" || (version !== null && typeof version !== "string")) continue;
    calls.push({ stage, reference: { pipeline, version } });
  }
  return calls;
}

/** A field's value where it is written without an expression: null when it is not given, undefined when it is no constant. */
export function constantField(stage: StagePlan, field: string): Json | undefined {
  const written = stage.inputs.fields.find((each) => each.field === field);
  if (written === undefined) return null;
  return written.value.kind === "constant" ? written.value.value : undefined;
}
