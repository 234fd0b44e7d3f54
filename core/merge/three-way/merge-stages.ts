import type { JsonValue } from "#core/pipeline";
import { isJsonObject } from "#core/pipeline";
import {
  type PipelineContent,
  placeText,
  type StageContent,
  type StagePlace,
  samePlace,
} from "../content/content.ts";
import { isAlike } from "../match/stage-features.ts";
import { addressOf, type Choice, type Side } from "./decision.ts";
import { keptOrGone } from "./kept-or-gone.ts";
import { mergeOrder } from "./merge-order.ts";
import { mergeValue } from "./merge-value.ts";
import { type At, decide, type Merging, type Three } from "./merging.ts";

type Stages = ReadonlyMap<string, StageContent>;

/** What each of the three has of one stage. */
type ThreeStages = Three<StageContent | undefined>;

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
    ours: touchedBy(merging, maps.base, maps.ours),
    theirs: touchedBy(merging, maps.base, maps.theirs),
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
  return inOrder(
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

function mergeStage(
  merging: Merging,
  key: string,
  three: ThreeStages,
  touched: Readonly<Record<Side, ReadonlySet<string>>>,
  fates: Map<string, Side>,
  origin: "common" | "none",
): StageContent | undefined {
  const { base, ours, theirs } = three;
  if (ours === undefined && theirs === undefined) return undefined;
  if (ours === undefined || theirs === undefined) {
    if (base === undefined) {
      const stage = ours ?? theirs;
      const values = { base: undefined, ours: ours?.value, theirs: theirs?.value };
      const value = mergeValue(merging, { stage: key, path: [] }, values);
      return stage === undefined || value === undefined ? undefined : { ...stage, value };
    }
    const side: Side = ours === undefined ? "theirs" : "ours";
    if (!touched[side].has(key)) return keptOrGone(merging, key, base, three[side], side);
    const message =
      side === "theirs"
        ? `Ours removed the stage "${key}", and theirs changed it${base.place === null ? "" : " or what is in it"}.`
        : `Theirs removed the stage "${key}", and ours changed it or what is in it.`;
    const values = { base: base.value, ours: ours?.value, theirs: theirs?.value };
    const choice = decide(merging, { stage: key, path: [] }, "changed-and-removed", values, message, [
      "ours",
      "theirs",
    ]);
    const chosen = sideOf(choice);
    fates.set(key, chosen);
    return choice === "base" ? base : three[chosen];
  }
  const at: At = { stage: key, path: [] };
  if (
    base === undefined &&
    origin === "common" &&
    !merging.same(ours.value, theirs.value) &&
    !isAlike(ours, theirs)
  ) {
    const message = `Both sides added a stage "${key}", and these are different stages.`;
    const values = { base: undefined, ours: ours.value, theirs: theirs.value };
    const choice = decide(merging, at, "added-twice", values, message, ["ours", "theirs", "both"]);
    return three[sideOf(choice)];
  }
  const value = mergeValue(merging, at, { base: base?.value, ours: ours.value, theirs: theirs.value });
  return { ...ours, place: mergePlace(merging, key, three), value: value ?? ours.value };
}

function sideOf(choice: Choice): Side {
  return choice === "theirs" ? "theirs" : "ours";
}

function mergePlace(merging: Merging, key: string, { base, ours, theirs }: ThreeStages): StagePlace | null {
  const own = ours?.place ?? null;
  const other = theirs?.place ?? null;
  const old = base?.place ?? null;
  if (base === undefined || samePlace(own, other) || samePlace(old, other)) return own;
  if (samePlace(old, own)) return other;
  const words = (place: StagePlace | null): string =>
    place === null ? "the pipeline itself" : `${place.path.at(-1) ?? ""} of "${place.owner}"`;
  const message = `Ours moved the stage "${key}" to ${words(own)}, and theirs moved it to ${words(other)}.`;
  const values = { base: textOf(old), ours: textOf(own), theirs: textOf(other) };
  const id = `${addressOf(key, [])}#place`;
  const choice = decide(
    merging,
    { stage: key, path: [] },
    "moved-twice",
    values,
    message,
    ["ours", "theirs", "base"],
    id,
  );
  return choice === "theirs" ? other : choice === "base" ? old : own;
}

function textOf(place: StagePlace | null): JsonValue {
  return place === null ? null : [place.owner, ...place.path];
}

function byKey({ stages }: PipelineContent): Stages {
  return new Map(stages.map((stage) => [stage.key, stage]));
}

/** Stages that a side added or changed, and the owners of these: where they are drawn does not count. */
function touchedBy(merging: Merging, base: Stages, side: Stages): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const { key, id, place, value } of side.values()) {
    const old = base.get(key);
    const isSame =
      old !== undefined &&
      old.id === id &&
      samePlace(old.place, place) &&
      (old.value === value || merging.same(withoutPosition(old.value), withoutPosition(value)));
    if (isSame) continue;
    touched.add(key);
    for (let owner = place?.owner; owner !== undefined; owner = side.get(owner)?.place?.owner)
      touched.add(owner);
  }
  return touched;
}

function withoutPosition(value: JsonValue): JsonValue {
  if (!isJsonObject(value) || !Object.hasOwn(value, "position")) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "position"));
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

function inOrder(
  merging: Merging,
  contents: Three<PipelineContent>,
  merged: ReadonlyMap<string, StageContent>,
): readonly StageContent[] {
  const places = new Map<string, Set<string>>();
  for (const { key, place } of merged.values()) {
    const text = placeText(place);
    const keys = places.get(text);
    if (keys === undefined) places.set(text, new Set([key]));
    else keys.add(key);
  }
  const lists = {
    base: byPlace(contents.base),
    ours: byPlace(contents.ours),
    theirs: byPlace(contents.theirs),
  };
  return [...places].flatMap(([place, kept]) => {
    const of = (side: ReadonlyMap<string, readonly string[]>): readonly string[] => side.get(place) ?? [];
    const three = { base: of(lists.base), ours: of(lists.ours), theirs: of(lists.theirs) };
    const { keys, movedTwice } = mergeOrder(
      merging.favor === "theirs" ? { ...three, ours: three.theirs, theirs: three.ours } : three,
      kept,
    );
    for (const key of movedTwice) {
      const message = `Both sides moved the stage "${key}" among those beside it, each to another place.`;
      const values = { base: three.base, ours: three.ours, theirs: three.theirs };
      merging.decisions.push({
        id: `${addressOf(key, [])}#order`,
        state: "automatic",
        reason: "moved-twice",
        stage: key,
        path: [],
        ...values,
        message,
        resolutions: ["ours"],
      });
    }
    return keys.flatMap((key) => merged.get(key) ?? []);
  });
}

function byPlace({ stages }: PipelineContent): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  for (const { key, place } of stages) {
    const text = placeText(place);
    const list = lists.get(text);
    if (list === undefined) lists.set(text, [key]);
    else list.push(key);
  }
  return lists;
}
