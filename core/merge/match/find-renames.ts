import { type PipelineContent, placeText, type StageContent, type StagePlace } from "../content/content.ts";
import { featureNumbers } from "./feature-numbers.ts";
import { componentOf, featuresOf, likeness, type StageFeatures } from "./stage-features.ts";
import { surroundingsOf } from "./surroundings.ts";

/** Below this two stages are different ones. */
const ALIKE = 0.6;
/** What stands elsewhere and is connected with others has to be more alike: stages that are made in one manner share a lot. */
const ALIKE_ELSEWHERE = 0.9;
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
  matched: { readonly to: ReadonlyMap<string, string>; readonly from: ReadonlyMap<string, string> },
): ReadonlyMap<string, string> {
  if (gone.length === 0 || come.length === 0) return new Map();
  const numbers = featureNumbers();
  const featuresBefore = featuresOf(before, new Set(gone.map(({ key }) => key)), numbers);
  const featuresAfter = featuresOf(after, new Set(come.map(({ key }) => key)), numbers);
  const keyNow = (key: string): string | null => matched.to.get(key) ?? null;
  const kindBefore = new Map(
    gone.map((stage) => [stage.key, `${componentOf(stage)} ${placeText(placeNow(stage, matched.to))}`]),
  );
  const kindAfter = new Map(
    come.map((stage) => [stage.key, `${componentOf(stage)} ${placeText(stage.place)}`]),
  );
  const around = {
    before: surroundingsOf(before, gone, keyNow),
    after: surroundingsOf(after, come, (key) => (matched.from.has(key) ? key : null)),
  };
  const isBetweenTheSame = (from: string, to: string): boolean => {
    const [was, is] = [around.before.get(from), around.after.get(to)];
    return was?.before === is?.before || was?.behind === is?.behind;
  };
  const pairs: Pair[] = [];
  for (const [from, candidates] of candidatesOf(featuresBefore, featuresAfter)) {
    for (const to of candidates) {
      if (kindBefore.get(from) !== kindAfter.get(to)) continue;
      const [one, other] = [featuresBefore.get(from), featuresAfter.get(to)];
      if (one === undefined || other === undefined) continue;
      const score = likeness(one, other);
      if (score < ALIKE) continue;
      if (score >= ALIKE_ELSEWHERE || isBetweenTheSame(from, to) || shareConnection(one, other))
        pairs.push({ from, to, score });
    }
  }
  return clearPairs(pairs);
}

/** Where a stage would be now: inside its owner, whatever that is called. */
export function placeNow({ place }: StageContent, to: ReadonlyMap<string, string>): StagePlace | null {
  return place === null ? null : { ...place, owner: to.get(place.owner) ?? place.owner };
}

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly score: number;
}

function shareConnection({ connections }: StageFeatures, { said }: StageFeatures): boolean {
  return connections.some((feature) => said.has(feature));
}

/** Pairs that share something that few others say: all pairs would be too many to look at. */
function candidatesOf(
  before: ReadonlyMap<string, StageFeatures>,
  after: ReadonlyMap<string, StageFeatures>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const having = new Map<number, string[]>();
  for (const [key, { said }] of after) {
    for (const feature of said.keys()) {
      const list = having.get(feature);
      if (list === undefined) having.set(feature, [key]);
      else list.push(key);
    }
  }
  const found = new Map<string, Set<string>>();
  for (const [key, { said }] of before) {
    const candidates = new Set<string>();
    for (const feature of said.keys()) {
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
