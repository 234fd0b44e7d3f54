import type { PipelineContent } from "../content/content.ts";
import { matchStages, type StageMatch } from "../match/match-stages.ts";
import { componentOf, isAlike } from "../match/stage-features.ts";
import type { Three } from "./merging.ts";

/** Which stage of the base is which of either side, where each side helps to tell what the other did. */
export function matchSides({ base, ours, theirs }: Three<PipelineContent>): {
  readonly ours: StageMatch;
  readonly theirs: StageMatch;
} {
  const [one, other] = [matchStages(base, ours), matchStages(base, theirs)];
  const toOurs = withRenamesOfBoth(one, ours, other, theirs);
  const toTheirs = withRenamesOfBoth(other, theirs, one, ours);
  return {
    ours: withoutAddedByBoth(toOurs, ours, toTheirs, theirs),
    theirs: withoutAddedByBoth(toTheirs, theirs, toOurs, ours),
  };
}

/**
 * A match with the renames that the other side made too, which this one's changes have hidden: the old stage is gone here,
 * and one of the new id and the same component has come.
 */
function withRenamesOfBoth(
  match: StageMatch,
  side: PipelineContent,
  otherMatch: StageMatch,
  other: PipelineContent,
): StageMatch {
  const added = new Map(
    side.stages.flatMap((stage) => (match.from.has(stage.key) ? [] : [[stage.key, stage] as const])),
  );
  if (added.size === 0) return match;
  const inOther = new Map(other.stages.map((stage) => [stage.key, stage]));
  const both = [...otherMatch.to].filter(([from, to]) => {
    const [one, another] = [added.get(to), inOther.get(to)];
    if (from === to || match.to.has(from) || one === undefined || another === undefined) return false;
    return componentOf(one) === componentOf(another);
  });
  if (both.length === 0) return match;
  const to = new Map([...match.to, ...both]);
  return { to, from: new Map([...to].map(([one, another]) => [another, one])) };
}

/**
 * A match without the renames to an id that the other side gave a stage that it added: where that is alike, or the old
 * stage is gone there too, both sides added a stage of that id, and the old one was removed.
 */
function withoutAddedByBoth(
  match: StageMatch,
  side: PipelineContent,
  otherMatch: StageMatch,
  other: PipelineContent,
): StageMatch {
  const own = new Map(side.stages.map((stage) => [stage.key, stage]));
  const addedByOther = new Map(
    other.stages.flatMap((stage) => (otherMatch.from.has(stage.key) ? [] : [[stage.key, stage] as const])),
  );
  const refused = [...match.to].filter(([from, to]) => {
    const [one, added] = [own.get(to), addedByOther.get(to)];
    if (from === to || one === undefined || added === undefined) return false;
    return !otherMatch.to.has(from) || isAlike(one, added);
  });
  if (refused.length === 0) return match;
  const isLeft = ([from]: readonly [string, string]): boolean =>
    !refused.some(([old]) => from === old || from.startsWith(`${old}/`));
  const to = new Map([...match.to].filter(isLeft));
  return { to, from: new Map([...to].map(([one, another]) => [another, one])) };
}
