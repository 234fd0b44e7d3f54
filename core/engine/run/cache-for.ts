import type { AttemptCache } from "#core/ports";
import type { PipelinePlan, StagePlan } from "../plan/run-plan.ts";

/** What an attempt is told of the cache: of the pipeline that its stage is written in, called or not. */
export function cacheFor({ id, cache }: StagePlan, { pipeline }: PipelinePlan): AttemptCache | null {
  if (cache === null) return null;
  const { scope, ...rest } = cache;
  const group =
    scope === "workspace" ? `workspace#${id}` : `pipeline:${pipeline.path ?? pipeline.name}#${id}`;
  return { ...rest, group };
}
