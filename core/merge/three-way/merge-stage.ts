import type { JsonValue } from "#core/pipeline";
import { type StageContent, type StagePlace, samePlace } from "../content/content.ts";
import { isAlike } from "../match/stage-features.ts";
import { addressOf, type Choice, type Side } from "./decision.ts";
import { keptOrGone } from "./kept-or-gone.ts";
import { mergeValue } from "./merge-value.ts";
import { type At, addedTwice, decide, type Merging, type Three } from "./merging.ts";
import { isOtherStage } from "./touched-stages.ts";

/** What each of the three has of one stage. */
export type ThreeStages = Three<StageContent | undefined>;

/** Merges one stage: whether it is there, what it says and where it is written. `fates` gets the side that decides of it. */
export function mergeStage(
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
    const kept = three[side];
    const what = kept === undefined || isOtherStage(merging, base, kept) ? "it" : "what is in it";
    const message =
      side === "theirs"
        ? `Ours removed the stage "${key}", and theirs changed ${what}.`
        : `Theirs removed the stage "${key}", and ours changed ${what}.`;
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
    const values = { base: undefined, ours: ours.value, theirs: theirs.value };
    return three[sideOf(addedTwice(merging, key, values))];
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
