import type { PipelineContent, StageContent } from "../content/content.ts";
import { addressOf, type Side } from "./decision.ts";
import { mergeStage, type ThreeStages } from "./merge-stage.ts";
import type { Merging, Three } from "./merging.ts";
import { stagesInOrder } from "./stages-in-order.ts";
import { touchedBy } from "./touched-stages.ts";

type Stages = ReadonlyMap<string, StageContent>;

/** Merges the stages: which there are, what each says, where it is written and in which order. */
export function mergeStages(
  merging: Merging,
  contents: Three<PipelineContent>,
  /** Without a base, two stages of one id are the same one that both sides wrote. */
  origin: "common" | "none",
): readonly StageContent[] {
  const maps: Three<Stages> = {
    base: byKey(contents.base),
    ours: byKey(contents.ours),
    theirs: byKey(contents.theirs),
  };
  const touched = {
    ours: touchedBy(merging, maps.base, maps.ours, maps.theirs),
    theirs: touchedBy(merging, maps.base, maps.theirs, maps.ours),
  };
  const fates = new Map<string, Side>();
  const merged = new Map<string, StageContent>();
  const keys = new Set([...maps.base.keys(), ...maps.ours.keys(), ...maps.theirs.keys()]);
  for (const key of ownersFirst(keys, maps)) {
    const three: ThreeStages = {
      base: maps.base.get(key),
      ours: maps.ours.get(key),
      theirs: maps.theirs.get(key),
    };
    const fate = merging.forced.get(addressOf(key, [])) ?? fateOfOwner(three, fates);
    const stage = fate === undefined ? mergeStage(merging, key, three, touched, fates, origin) : three[fate];
    if (fate !== undefined && fate !== merging.forced.get(addressOf(key, []))) fates.set(key, fate);
    if (stage !== undefined) merged.set(key, stage);
  }
  return stagesInOrder(
    merging,
    contents,
    withoutOrphans(merged, merging.favor === "theirs" ? [maps.theirs, maps.ours] : [maps.ours, maps.theirs]),
  );
}

/** What becomes of a stage with its owner; nothing where the sides have it in different ones, or one has it in none. */
function fateOfOwner(
  { base, ours, theirs }: ThreeStages,
  fates: ReadonlyMap<string, Side>,
): Side | undefined {
  const here = [ours, theirs].filter((stage) => stage !== undefined);
  const owners = new Set((here.length === 0 ? [base] : here).map((stage) => stage?.place?.owner));
  const [owner] = owners;
  return owners.size === 1 && owner !== undefined ? fates.get(owner) : undefined;
}

function byKey({ stages }: PipelineContent): Stages {
  return new Map(stages.map((stage) => [stage.key, stage]));
}

/** Owners before what is written inside them on any side, so that the fate of one is known. */
function ownersFirst(keys: ReadonlySet<string>, { base, ours, theirs }: Three<Stages>): readonly string[] {
  const depthOf = (stages: Stages, key: string): number => {
    let depth = 0;
    for (
      let owner = stages.get(key)?.place?.owner;
      owner !== undefined;
      owner = stages.get(owner)?.place?.owner
    )
      depth += 1;
    return depth;
  };
  const depths = new Map(
    [...keys].map((key) => [key, Math.max(depthOf(base, key), depthOf(ours, key), depthOf(theirs, key))]),
  );
  return [...keys].toSorted((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0));
}

/** A stage whose owner is gone is where the first side has it whose place for it is there; else it is gone with its owner. */
function withoutOrphans(
  merged: ReadonlyMap<string, StageContent>,
  sides: readonly Stages[],
): ReadonlyMap<string, StageContent> {
  const kept = new Map(merged);
  for (const [key, stage] of merged) {
    if (stage.place === null || merged.has(stage.place.owner)) continue;
    const places = sides.flatMap((side) => {
      const found = side.get(key);
      return found !== undefined && (found.place === null || merged.has(found.place.owner))
        ? [found.place]
        : [];
    });
    const [place] = places;
    if (place === undefined) kept.delete(key);
    else kept.set(key, { ...stage, place });
  }
  return kept.size === merged.size ? kept : withoutOrphans(kept, sides);
}
