import type { PipelineContent, StageContent } from "../content/content.ts";
import { respelledAs } from "../content/spelling.ts";
import type { Three } from "./merging.ts";

/**
 * The same three, where each stage is spelled as ours spells it, or theirs where ours has none: a file may be written in
 * several dialects at once, and a side may have respelled some of it.
 */
export function inSameSpelling({ base, ours, theirs }: Three<PipelineContent>): Three<PipelineContent> {
  const inOurs = byKey(ours);
  const inTheirs = byKey(theirs);
  const spelled = (content: PipelineContent): PipelineContent => {
    const stages = content.stages.map((stage) => {
      const like = inOurs.get(stage.key) ?? inTheirs.get(stage.key) ?? stage;
      const value = like === stage ? stage.value : respelledAs(stage.value, like.value);
      return value === stage.value ? stage : { ...stage, value };
    });
    return { ...content, stages };
  };
  return { base: spelled(base), ours, theirs: spelled(theirs) };
}

function byKey({ stages }: PipelineContent): ReadonlyMap<string, StageContent> {
  return new Map(stages.map((stage) => [stage.key, stage]));
}
