import { sameJson } from "#core/pipeline";
import type { PipelineContent, StageContent } from "../content/content.ts";
import type { Three } from "./merging.ts";

/**
 * The same three, where stages that say the same have the same value: to compare them again, which a merge does many
 * times, is then to compare two references.
 */
export function sharingValues({ base, ours, theirs }: Three<PipelineContent>): Three<PipelineContent> {
  const own = byKey(ours);
  const shared = sharedWith(base, [own]);
  return { base: shared, ours, theirs: sharedWith(theirs, [own, byKey(shared)]) };
}

function byKey({ stages }: PipelineContent): ReadonlyMap<string, StageContent> {
  return new Map(stages.map((stage) => [stage.key, stage]));
}

function sharedWith(
  content: PipelineContent,
  others: readonly ReadonlyMap<string, StageContent>[],
): PipelineContent {
  const stages = content.stages.map((stage) => {
    const like = others
      .map((other) => other.get(stage.key))
      .find((other) => other !== undefined && sameJson(other.value, stage.value));
    return like === undefined ? stage : { ...stage, value: like.value };
  });
  return { ...content, stages };
}
