import type { CommonStages } from "../content/common-stages.ts";
import type { PipelineContent, StageContent } from "../content/content.ts";
import { readContent } from "../content/read-content.ts";
import { stageSpans } from "../content/stage-spans.ts";
import type { WrittenItem, WrittenStages } from "../content/written-stages.ts";

/** Stages that all pipelines of a merge have alike, and that were left out of them. */
export interface LeftOut {
  readonly has: (id: string) => boolean;
  /** A pipeline with them. */
  readonly whole: (content: PipelineContent) => PipelineContent;
}

/** Where nothing was left out. */
export const nothingLeftOut: LeftOut = { has: () => false, whole: (content) => content };

/** Stages of a list that are left out; each is still behind the one that it is behind there. */
export function leftOutOf({ items, places }: WrittenStages, left: CommonStages): LeftOut {
  let behind: ReadonlyMap<string, readonly StageContent[]> | undefined;
  return {
    has: (id) => {
      const item = items[places()?.of(id) ?? -1];
      return item !== undefined && left.has(item);
    },
    whole: (content) => {
      behind ??= stagesBehind(items, left);
      const stages = content.stages.flatMap((stage) => [stage, ...(behind?.get(stage.key) ?? [])]);
      return { ...content, stages };
    },
  };
}

/** What stands behind each item that is not left out: few ask for it. */
function stagesBehind(
  items: readonly WrittenItem[],
  left: CommonStages,
): ReadonlyMap<string, readonly StageContent[]> {
  const { stages } = readContent({ stages: items.filter((item) => left.has(item)).map(({ json }) => json) });
  const behind = new Map<string, StageContent[]>();
  let run: StageContent[] = [];
  let next = 0;
  for (const item of items) {
    const stage = stages[next];
    if (!left.has(item)) {
      run = [];
      behind.set(item.id, run);
    } else if (stage !== undefined) {
      run.push(stage);
      next += 1;
    }
  }
  return behind;
}

/** A text as it is without the stages that are left out, and what stands between there and the next stages. */
export function textWithout(
  text: string,
  { spans, items }: WrittenStages,
  left: CommonStages,
): { readonly text: string; readonly gaps: ReadonlyMap<string, string> } {
  const gaps = new Map<string, string>();
  let less = "";
  let from = 0;
  let last = -1;
  items.forEach((item, index) => {
    if (left.has(item)) return;
    const start = spans[last]?.end ?? 0;
    const end = spans[index - 1]?.end ?? 0;
    if (last >= 0 && last < index - 1) {
      less += text.slice(from, start);
      gaps.set(items[last]?.id ?? "", text.slice(start, end));
      from = end;
    }
    last = index;
  });
  return { text: less + text.slice(from), gaps };
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
  let whole = "";
  let from = 0;
  let found = 0;
  items.forEach(({ key }, index) => {
    const gap = gaps.get(key);
    const end = spans[index]?.end ?? 0;
    if (gap === undefined) return;
    whole += text.slice(from, end) + gap;
    from = end;
    found += 1;
  });
  return found === gaps.size ? whole + text.slice(from) : null;
}

/** Whether each of a list's stages has an id, and no other has it. */
export function haveOwnIds(items: readonly StageContent[]): boolean {
  const ids = new Set(items.map(({ id }) => id));
  return ids.size === items.length && !ids.has(null);
}
