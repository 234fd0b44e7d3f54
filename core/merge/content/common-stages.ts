import type { PipelineContent, StageContent } from "./content.ts";
import type { PipelineText } from "./read-alike.ts";

/** A pipeline beside the first, like which it was read; and which of its stages stand in the order that they have there. */
export interface Beside {
  readonly side: PipelineText;
  readonly isInOrder: (stage: StageContent, at: number) => boolean;
}

/**
 * The stages that some pipelines have alike and between the same two stages, which need not be alike, but are in order
 * too. `isNeeded` keeps some, by the keys that are not in all of the pipelines.
 */
export function commonStages(
  { content, written }: PipelineText,
  others: readonly Beside[],
  isNeeded: (loose: ReadonlySet<string>) => (stage: StageContent) => boolean,
): ReadonlySet<StageContent> {
  const none: ReadonlySet<StageContent> = new Set();
  if (written === null) return none;
  const { stages, entangled } = written;
  const inOthers: { readonly places: Int32Array; readonly items: readonly StageContent[] }[] = [];
  for (const { side, isInOrder } of others) {
    if (side.written === null || side.written.inLike === null) return none;
    const { stages: items, inLike, entangled: inSide } = side.written;
    const places = new Int32Array(stages.length).fill(-1);
    items.forEach((stage, at) => {
      const place = inLike[at] ?? -1;
      const same = stages[place];
      if (same === undefined || entangled.has(same) || inSide.has(stage) || !isInOrder(stage, at)) return;
      places[place] = at;
    });
    inOthers.push({ places, items });
  }
  const isBetweenTheSame = (index: number): boolean =>
    inOthers.every(({ places, items }) => {
      const at = places[index] ?? -1;
      return (
        at > FIRST &&
        items[at] === stages[index] &&
        places[index - 1] === at - 1 &&
        places[index + 1] === at + 1
      );
    });
  const common = new Set(stages.filter((_, index) => index > FIRST && isBetweenTheSame(index)));
  if (common.size === 0) return none;
  const needed = isNeeded(looseKeys([content, ...others.map(({ side }) => side.content)], common));
  for (const stage of common) if (needed(stage)) common.delete(stage);
  return common;
}

/** How a list is laid out is seen by its first two items. */
const FIRST = 1;

/** The keys of stages that are not in all of the pipelines. */
function looseKeys(
  pipelines: readonly PipelineContent[],
  common: ReadonlySet<StageContent>,
): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { stages } of pipelines)
    for (const stage of stages)
      if (!common.has(stage)) counts.set(stage.key, (counts.get(stage.key) ?? 0) + 1);
  return new Set([...counts].flatMap(([key, count]) => (count < pipelines.length ? [key] : [])));
}

/** A pipeline without some of its stages. */
export function withoutStages(content: PipelineContent, left: ReadonlySet<StageContent>): PipelineContent {
  return { ...content, stages: content.stages.filter((stage) => !left.has(stage)) };
}
