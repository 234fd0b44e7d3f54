import type { PipelineContent, StageContent } from "../content/content.ts";
import type { WrittenStages } from "../content/read-alike.ts";
import { stageSpans } from "../content/stage-spans.ts";

/** Stages that were left out, by the key of the one that they follow. */
export type LeftOut = ReadonlyMap<string, readonly StageContent[]>;

/** Where stages that are left out stand in a list. */
export function leftOutOf(
  { stages }: Pick<WrittenStages, "stages">,
  left: ReadonlySet<StageContent>,
): LeftOut {
  const behind = new Map<string, StageContent[]>();
  let run: StageContent[] = [];
  for (const stage of stages) {
    if (!left.has(stage)) {
      run = [];
      behind.set(stage.key, run);
    } else {
      run.push(stage);
    }
  }
  return behind;
}

/** A pipeline with the stages that were left out of it. */
export function withLeftOut(content: PipelineContent, left: LeftOut): PipelineContent {
  return { ...content, stages: content.stages.flatMap((stage) => [stage, ...(left.get(stage.key) ?? [])]) };
}

/** A text as it is without the stages that are left out, and what stands between there and the next stages. */
export function textWithout(
  text: string,
  { spans, stages }: WrittenStages,
  left: ReadonlySet<StageContent>,
): { readonly text: string; readonly gaps: ReadonlyMap<string, string> } {
  const parts: string[] = [];
  const gaps = new Map<string, string>();
  let from = 0;
  let last = -1;
  stages.forEach((stage, index) => {
    if (left.has(stage)) return;
    const start = spans[last]?.end ?? 0;
    const end = spans[index - 1]?.end ?? 0;
    if (last >= 0 && last < index - 1) {
      parts.push(text.slice(from, start));
      gaps.set(stages[last]?.key ?? "", text.slice(start, end));
      from = end;
    }
    last = index;
  });
  parts.push(text.slice(from));
  return { text: parts.join(""), gaps };
}

/**
 * The text of a pipeline with what was left out of it; null where it does not say which stage is which, or one behind
 * which something stood is gone.
 */
export function textWithGaps(
  text: string,
  { stages }: PipelineContent,
  gaps: ReadonlyMap<string, string>,
): string | null {
  const items = stages.filter(({ place }) => place === null);
  const spans = stageSpans(text);
  if (spans === null || spans.length !== items.length || !haveOwnIds(items)) return null;
  const parts: string[] = [];
  let from = 0;
  let found = 0;
  items.forEach(({ key }, index) => {
    const gap = gaps.get(key);
    const end = spans[index]?.end ?? 0;
    if (gap === undefined) return;
    parts.push(text.slice(from, end), gap);
    from = end;
    found += 1;
  });
  parts.push(text.slice(from));
  return found === gaps.size ? parts.join("") : null;
}

/** Whether each of a list's stages has an id, and no other has it. */
export function haveOwnIds(items: readonly StageContent[]): boolean {
  const ids = new Set(items.map(({ id }) => id));
  return ids.size === items.length && !ids.has(null);
}
