import type { Wire } from "./wires.ts";

/** With more wires than this that have a value, only those are labelled that somebody looks at. */
const MOST_LABELS = 40;

/** More characters of a value than these are not read at a glance. */
const LONGEST_VALUE = 24;

/** Of a value on a wire: the width of a character, of its frame around it, and what is left of the line on both sides. */
const CHARACTER = 6.8;
const FRAME = 12;
const LINE = 16;

/**
 * The wires that are labelled with the value that flows on them: of a few all, of many those that lead to or from the
 * stages that are looked at.
 */
export function labelledWires(
  wires: readonly Wire[],
  values: ReadonlyMap<string, string>,
  lookedAt: ReadonlySet<string>,
): ReadonlySet<string> {
  const valued = values.size === 0 ? [] : wires.filter(({ fromStage }) => values.has(fromStage));
  const shown =
    valued.length <= MOST_LABELS
      ? valued
      : valued.filter(({ fromStage, toStage }) => lookedAt.has(fromStage) || lookedAt.has(toStage));
  return new Set(shown.slice(0, MOST_LABELS).map(({ id }) => id));
}

/** What of a value stands on a wire that is so long, and how wide its frame is; null where there is no room for any. */
export function shownValue(
  value: string,
  room: number,
): { readonly text: string; readonly width: number } | null {
  const most = Math.min(LONGEST_VALUE, Math.floor((room - FRAME - LINE) / CHARACTER));
  if (most < 2) return null;
  const text = value.length > most ? `${value.slice(0, most - 1)}…` : value;
  return { text, width: text.length * CHARACTER + FRAME };
}
