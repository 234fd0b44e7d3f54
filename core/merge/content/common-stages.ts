import type { JsonValue } from "#core/pipeline";
import type { PipelineContent, StageContent } from "./content.ts";
import { itemStages, readContent } from "./read-content.ts";
import type { WrittenItem, WrittenStages } from "./written-stages.ts";

/** A pipeline beside the first, like which it was read; and which of its stages, by places, stand in the order that they have there. */
export interface Beside {
  readonly side: WrittenStages;
  readonly isInOrder: (at: number) => boolean;
}

/** Stages that some pipelines have in common. */
export interface CommonStages {
  readonly size: number;
  readonly has: (item: WrittenItem) => boolean;
}

/** Pipelines without what they have in common. */
export interface WithoutCommon {
  /** What was left out. */
  readonly common: CommonStages;
  /** What the first, and the others in order, say without that. */
  readonly contents: readonly PipelineContent[];
}

/**
 * Leaves out the stages that some pipelines have alike and between the same two stages, which need not be alike, but are
 * in order too. `isNeeded` keeps some, by the keys that are not in all of the pipelines.
 */
export function leaveOutCommon(
  first: WrittenStages,
  others: readonly Beside[],
  isNeeded: (loose: ReadonlySet<string>) => (item: WrittenItem) => boolean,
): WithoutCommon {
  const all = [first, ...others.map(({ side }) => side)];
  const flags = flagsOfCommon(first, others);
  const read = new Map<WrittenItem, StageContent>();
  const without = contentsWithout(all, commonOf(flags), read);
  const needed = isNeeded(looseKeys(without.contents));
  let isChanged = false;
  for (const [place, item] of first.items.entries()) {
    if (flags[place] !== 1 || !needed(item)) continue;
    flags[place] = 0;
    isChanged = true;
  }
  return isChanged ? contentsWithout(all, commonOf(flags), read) : without;
}

function commonOf(flags: Uint8Array): CommonStages {
  return {
    size: flags.reduce((sum, flag) => sum + flag, 0),
    has: ({ place }) => flags[place] === 1,
  };
}

/** For each item of the first list 1 where it is in all of the others alike, between the same two, and in order. */
function flagsOfCommon({ items }: WrittenStages, others: readonly Beside[]): Uint8Array {
  const flags = new Uint8Array(items.length).fill(1, FIRST + 1);
  for (const { side, isInOrder } of others) {
    const places = new Int32Array(items.length).fill(-1);
    side.items.forEach((item, at) => {
      const place = side.inLike?.[at] ?? -1;
      const isKnown = items[place]?.isOwner === false && !item.isOwner;
      if (isKnown && isInOrder(at)) places[place] = at;
    });
    for (let index = FIRST + 1; index < items.length; index += 1) {
      const at = places[index] ?? -1;
      const isBetweenTheSame =
        at > FIRST &&
        side.items[at] === items[index] &&
        places[index - 1] === at - 1 &&
        places[index + 1] === at + 1;
      if (!isBetweenTheSame) flags[index] = 0;
    }
  }
  return flags;
}

/** How a list is laid out is seen by its first two items. */
const FIRST = 1;

/** The keys of stages that are not in all of the pipelines. */
function looseKeys(contents: readonly PipelineContent[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { stages } of contents)
    for (const { key } of stages) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Set([...counts].flatMap(([key, count]) => (count < contents.length ? [key] : [])));
}

/** What pipelines say without some stages; an item that several have is one stage: `read` has those that are known. */
function contentsWithout(
  pipelines: readonly WrittenStages[],
  common: CommonStages,
  read: Map<WrittenItem, StageContent>,
): WithoutCommon {
  const contents = pipelines.map(({ items, fields }) => {
    const kept = items.filter((item) => !common.has(item));
    const known = kept.map((item) => (item.isOwner ? null : (read.get(item) ?? null)));
    const stages: readonly JsonValue[] = kept.flatMap(({ json }, at) => (known[at] === null ? [json] : []));
    const content = readContent({ ...fields, stages }, known);
    itemStages(content).forEach((stage, at) => {
      const item = kept[at];
      if (item !== undefined) read.set(item, stage);
    });
    return content;
  });
  return { common, contents };
}
