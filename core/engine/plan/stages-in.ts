import { calledIn } from "./called-in.ts";
import type { Callees } from "./callees.ts";
import type { PipelinePlan, StagePlan } from "./run-plan.ts";

/** A stage, the pipeline that it is of, and the pipelines that are open there, `pipeline` last. */
export interface OpenedStage {
  readonly around: readonly PipelinePlan[];
  readonly pipeline: PipelinePlan;
  readonly stage: StagePlan;
}

/** Each stage of the last of `around`, and of what it calls by name. */
export function* stagesIn(around: readonly PipelinePlan[], callees: Callees): Iterable<OpenedStage> {
  const pipeline = around.at(-1);
  if (pipeline === undefined) return;
  for (const stage of pipeline.stages.values()) yield { around, pipeline, stage };
  for (const { reference } of calledIn(pipeline)) {
    const found = callees.find(reference, around);
    if (found.ok) yield* stagesIn([...around, found.plan], callees);
  }
}
