import { type PipelineContent, placeText, type StageContent } from "../content/content.ts";
import { componentOf, featuresOf, likeness, type StageFeatures } from "./stage-features.ts";

/** Below this two stages are different ones. */
const ALIKE = 0.6;
/** By how much a stage has to be more alike than any other to be the one. */
const MARGIN = 0.1;
/** What more stages than this say tells none of them apart. */
const COMMON = 6;

/**
 * Which stages are others under a new id: those of `gone` and `come` of one component in one place that are alike, and
 * more so than with any other. A pair that might as well be another pair is none. Keys to keys.
 */
export function findRenames(
  before: PipelineContent,
  after: PipelineContent,
  gone: readonly StageContent[],
  come: readonly StageContent[],
  placeBefore: (stage: StageContent) => string,
): ReadonlyMap<string, string> {
  if (gone.length === 0 || come.length === 0) return new Map();
  const featuresBefore = featuresOf(before, new Set(gone.map(({ key }) => key)));
  const featuresAfter = featuresOf(after, new Set(come.map(({ key }) => key)));
  const kindBefore = new Map(gone.map((stage) => [stage.key, `${componentOf(stage)} ${placeBefore(stage)}`]));
  const kindAfter = new Map(
    come.map((stage) => [stage.key, `${componentOf(stage)} ${placeText(stage.place)}`]),
  );
  const pairs: Pair[] = [];
  for (const [from, candidates] of candidatesOf(featuresBefore, featuresAfter)) {
    for (const to of candidates) {
      if (kindBefore.get(from) !== kindAfter.get(to)) continue;
      const score = likeness(featuresBefore.get(from) ?? none, featuresAfter.get(to) ?? none);
      if (score >= ALIKE) pairs.push({ from, to, score });
    }
  }
  return clearPairs(pairs);
}

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly score: number;
}

const none: StageFeatures = new Map();

/** Pairs that share something that few others say: all pairs would be too many to look at. */
function candidatesOf(
  before: ReadonlyMap<string, StageFeatures>,
  after: ReadonlyMap<string, StageFeatures>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const having = new Map<string, string[]>();
  for (const [key, features] of after) {
    for (const feature of features.keys()) {
      const list = having.get(feature);
      if (list === undefined) having.set(feature, [key]);
      else list.push(key);
    }
  }
  const found = new Map<string, Set<string>>();
  for (const [key, features] of before) {
    const candidates = new Set<string>();
    for (const feature of features.keys()) {
      const list = having.get(feature) ?? [];
      if (list.length <= COMMON) for (const other of list) candidates.add(other);
    }
    if (candidates.size > 0) found.set(key, candidates);
  }
  return found;
}

/** The pairs that are each other's best by far. */
function clearPairs(pairs: readonly Pair[]): ReadonlyMap<string, string> {
  const best = new Map<string, { score: number; second: number }>();
  const note = (name: string, score: number): void => {
    const known = best.get(name);
    if (known === undefined) best.set(name, { score, second: 0 });
    else if (score > known.score) best.set(name, { score, second: known.score });
    else known.second = Math.max(known.second, score);
  };
  for (const { from, to, score } of pairs) {
    note(`<${from}`, score);
    note(`>${to}`, score);
  }
  const isClear = (name: string, score: number): boolean => {
    const known = best.get(name);
    return known !== undefined && known.score === score && score - known.second >= MARGIN;
  };
  return new Map(
    pairs
      .filter(({ from, to, score }) => isClear(`<${from}`, score) && isClear(`>${to}`, score))
      .map(({ from, to }) => [from, to]),
  );
}
