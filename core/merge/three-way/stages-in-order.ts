import { type PipelineContent, placeText, type StageContent } from "../content/content.ts";
import { addressOf } from "./decision.ts";
import { mergeOrder } from "./merge-order.ts";
import type { Merging, Three } from "./merging.ts";

/** The merged stages, each list of them in the order that both sides made of it; what each moved elsewhere is told. */
export function stagesInOrder(
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
