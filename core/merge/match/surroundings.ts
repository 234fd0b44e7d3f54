import { type PipelineContent, placeText, type StageContent } from "../content/content.ts";

/** The nearest stages before and behind one in the same list that are in both pipelines: `null` at its ends. */
export interface Surroundings {
  readonly before: string | null;
  readonly behind: string | null;
}

/**
 * Between which stages each of `wanted` stands. `keyOf` gives a stage the key that it has in the other pipeline, and null
 * where it is not in that: so that a row of stages that all have other ids stands where it stood.
 */
export function surroundingsOf(
  { stages }: PipelineContent,
  wanted: readonly StageContent[],
  keyOf: (key: string) => string | null,
): ReadonlyMap<string, Surroundings> {
  const keys = new Set(wanted.map(({ key }) => key));
  const before = nearest(stages, keys, keyOf);
  const behind = nearest(stages.toReversed(), keys, keyOf);
  return new Map(
    wanted.map(({ key }) => [key, { before: before.get(key) ?? null, behind: behind.get(key) ?? null }]),
  );
}

function nearest(
  stages: readonly StageContent[],
  wanted: ReadonlySet<string>,
  keyOf: (key: string) => string | null,
): ReadonlyMap<string, string | null> {
  const last = new Map<string, string>();
  const found = new Map<string, string | null>();
  for (const { key, place } of stages) {
    const list = placeText(place);
    if (wanted.has(key)) found.set(key, last.get(list) ?? null);
    const other = keyOf(key);
    if (other !== null) last.set(list, other);
  }
  return found;
}
