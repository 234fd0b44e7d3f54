import { type PipelineContent, placeText, type StageContent } from "../content/content.ts";
import { findRenames, placeNow } from "./find-renames.ts";
import { componentOf } from "./stage-features.ts";

/** Which stage of one pipeline is which of another: keys to keys, both ways. */
export interface StageMatch {
  readonly to: ReadonlyMap<string, string>;
  readonly from: ReadonlyMap<string, string>;
}

/**
 * Matches stages by id; then those that are written in another body with the same name and component; then those that
 * have another id and are alike.
 */
export function matchStages(before: PipelineContent, after: PipelineContent): StageMatch {
  const keys = new Set(after.stages.map(({ key }) => key));
  const to = new Map<string, string>();
  const from = new Map<string, string>();
  const match = (one: string, other: string): void => {
    to.set(one, other);
    from.set(other, one);
  };
  for (const { key } of before.stages) if (keys.has(key)) match(key, key);
  const gone = before.stages.filter(({ key, id }) => id !== null && !to.has(key));
  const come = after.stages.filter(({ key, id }) => id !== null && !from.has(key));
  for (const [one, other] of movedStages(gone, come)) match(one, other);
  const left = (stages: readonly StageContent[], matched: ReadonlyMap<string, string>): StageContent[] =>
    stages.filter(({ key }) => !matched.has(key));
  // A stage inside another one that has a new id is found once that is.
  for (;;) {
    const renames = findRenames(before, after, left(gone, to), left(come, from), { to, from });
    for (const [one, other] of renames) match(one, other);
    const inside = insideMatched(left(gone, to), left(come, from), to);
    for (const [one, other] of inside) match(one, other);
    if (renames.size === 0 && inside.size === 0) return { to, from };
  }
}

function movedStages(
  gone: readonly StageContent[],
  come: readonly StageContent[],
): ReadonlyMap<string, string> {
  return onlyPairs(
    gone,
    come,
    (stage) => `${stage.id} ${componentOf(stage)}`,
    (stage) => `${stage.id} ${componentOf(stage)}`,
  );
}

/** The same names inside owners that are the same. */
function insideMatched(
  gone: readonly StageContent[],
  come: readonly StageContent[],
  to: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return onlyPairs(
    gone.filter(({ place }) => place !== null),
    come.filter(({ place }) => place !== null),
    (stage) => `${stage.id} ${placeText(placeNow(stage, to))}`,
    ({ id, place }) => `${id} ${placeText(place)}`,
  );
}

/** Pairs of stages with the same name, where no other has it. */
function onlyPairs(
  gone: readonly StageContent[],
  come: readonly StageContent[],
  nameBefore: (stage: StageContent) => string,
  nameAfter: (stage: StageContent) => string,
): ReadonlyMap<string, string> {
  const byName = new Map<string, string | null>();
  for (const stage of come) byName.set(nameAfter(stage), byName.has(nameAfter(stage)) ? null : stage.key);
  const seen = new Map<string, number>();
  for (const stage of gone) seen.set(nameBefore(stage), (seen.get(nameBefore(stage)) ?? 0) + 1);
  const pairs = new Map<string, string>();
  for (const stage of gone) {
    const other = byName.get(nameBefore(stage)) ?? null;
    if (other !== null && seen.get(nameBefore(stage)) === 1) pairs.set(stage.key, other);
  }
  return pairs;
}
