import { type PipelineContent, placeText, type StageContent, type StagePlace } from "../content/content.ts";
import { addressOf, type Choice, type Side } from "./decision.ts";
import { mergeOrder, orderAsIn } from "./merge-order.ts";
import type { Merging, Three } from "./merging.ts";

/** The merged stages, each list of them in the order that both sides made of it; what both put elsewhere is told. */
export function stagesInOrder(
  merging: Merging,
  contents: Three<PipelineContent>,
  merged: ReadonlyMap<string, StageContent>,
): readonly StageContent[] {
  const places = new Map<string, { readonly place: StagePlace | null; readonly kept: Set<string> }>();
  for (const { key, place } of merged.values()) {
    const list = places.get(placeText(place));
    if (list === undefined) places.set(placeText(place), { place, kept: new Set([key]) });
    else list.kept.add(key);
  }
  const lists = {
    base: byPlace(contents.base),
    ours: byPlace(contents.ours),
    theirs: byPlace(contents.theirs),
  };
  return [...places].flatMap(([text, { place, kept }]) => {
    const of = (side: ReadonlyMap<string, readonly string[]>): readonly string[] => side.get(text) ?? [];
    const three = { base: of(lists.base), ours: of(lists.ours), theirs: of(lists.theirs) };
    return orderOf(merging, place, three, kept).flatMap((key) => merged.get(key) ?? []);
  });
}

/** The order of one list of stages. */
function orderOf(
  merging: Merging,
  place: StagePlace | null,
  three: Three<readonly string[]>,
  kept: ReadonlySet<string>,
): readonly string[] {
  const { keys, movedTwice } = mergeOrder(
    merging.favor === "theirs" ? { ...three, ours: three.theirs, theirs: three.ours } : three,
    kept,
  );
  if (movedTwice.length === 0) return keys;
  const id = `${addressOf(place?.owner ?? null, place?.path ?? [])}#order`;
  const choice = merging.choiceOf(id);
  const where = place === null ? "" : ` in "${place.owner}"`;
  merging.decisions.push({
    id,
    state: choice === undefined ? "automatic" : "chosen",
    reason: "moved-twice",
    stage: place?.owner ?? null,
    path: place?.path ?? [],
    ...three,
    message: `Both sides put stages${where} in another order, and these orders do not go together: what both have is in that of ${sideOf(choice) ?? merging.favor ?? "ours"}.`,
    resolutions: ["ours", "theirs", "base"],
  });
  const side = sideOf(choice);
  return side === null ? keys : orderAsIn(side, three, kept);
}

/** Whose order was chosen; only a whole order can be. */
function sideOf(choice: Choice | undefined): Side | "base" | null {
  return choice === "ours" || choice === "theirs" || choice === "base" ? choice : null;
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
