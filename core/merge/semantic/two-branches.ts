import type { PipelineContent } from "../content/content.ts";
import { pathWords } from "../report/describe-change.ts";
import { addressOf, type Decision } from "../three-way/decision.ts";
import type { LeftOut } from "../three-way/left-out.ts";
import { sameValue } from "../three-way/merging.ts";
import { linksOf } from "./mentions.ts";
import { drop, type SemanticRule, stateOf } from "./orders.ts";
import { idsIn, idsOf } from "./waits.ts";

/** Each side put a stage into another branch, so that it would be in both. */
export const twoBranches: SemanticRule = ({ contents, merged, leftOut, orders, choiceOf }) => {
  const { base } = contents;
  if (![contents.ours, contents.theirs].every((side) => changesBranches(base, side, leftOut))) return [];
  const now = branchesOf(leftOut.whole(merged));
  const ours = branchesOf(leftOut.whole(contents.ours));
  const theirs = branchesOf(leftOut.whole(contents.theirs));
  const decisions: Decision[] = [];
  for (const [stage, places] of now) {
    const own = ours.get(stage) ?? [];
    const other = theirs.get(stage) ?? [];
    if (places.length < 2 || places.length <= Math.max(own.length, other.length)) continue;
    const onlyTheirs = places.filter((place) => !own.some((each) => each.address === place.address));
    const onlyOurs = places.filter((place) => !other.some((each) => each.address === place.address));
    const [first] = onlyTheirs;
    if (first === undefined || onlyOurs.length === 0) continue;
    // In an order that neither side has made.
    const inOurs = onlyOurs.map(placeWords).toSorted();
    const inTheirs = onlyTheirs.map(placeWords).toSorted();
    const id = `branches:${stage}`;
    const choice = choiceOf(id) ?? "ours";
    decisions.push({
      id,
      state: stateOf(choiceOf(id)),
      reason: "moved-twice",
      stage: first.owner,
      path: first.path,
      base: undefined,
      ours: inOurs,
      theirs: inTheirs,
      message: `Ours put the stage "${stage}" into ${inOurs.join(" and ")}, and theirs into ${inTheirs.join(" and ")}; a stage is in one branch.`,
      resolutions: ["ours", "theirs", "both"],
    });
    if (choice === "both") continue;
    for (const { address } of choice === "theirs" ? onlyOurs : onlyTheirs) drop(orders, address, stage);
  }
  return decisions;
};

interface BranchPlace {
  readonly owner: string;
  readonly path: readonly string[];
  readonly address: string;
}

/** Whether a side has a stage with branches that the base has not as it is: most changes are no branches'. */
function changesBranches(base: PipelineContent, side: PipelineContent, leftOut: LeftOut): boolean {
  const old = new Map(base.stages.map(({ key, value }) => [key, value]));
  const changed = side.stages.filter(({ key, value }) => !sameValue(old.get(key), value));
  const branching = changed.filter((stage) => linksOf(stage, EVERY).some(({ kind }) => kind === "arm"));
  if (branching.length === 0) return false;
  const ids = idsIn(side, leftOut);
  return branching.some((stage) => linksOf(stage, ids).some(({ kind }) => kind === "arm"));
}

const EVERY = { has: () => true };

function branchesOf({ stages }: PipelineContent): ReadonlyMap<string, readonly BranchPlace[]> {
  const ids = idsOf({ stages });
  const branches = new Map<string, BranchPlace[]>();
  for (const stage of stages) {
    for (const { id, path, kind } of linksOf(stage, ids)) {
      if (kind !== "arm") continue;
      const place = { owner: stage.key, path, address: addressOf(stage.key, path) };
      const list = branches.get(id);
      if (list === undefined) branches.set(id, [place]);
      else list.push(place);
    }
  }
  return branches;
}

function placeWords({ owner, path }: BranchPlace): string {
  return `${pathWords(path.slice(-1))} of "${owner}"`;
}
