import type { Wire } from "./wires.ts";

/** With more wires than this that have a value, only those are labelled that somebody looks at. */
const MOST_LABELS = 40;

/** More characters of a value than these are not read at a glance. */
const LONGEST_VALUE = 24;

/** Of a value on a wire: the width of a character, of its frame around it, and what is left of the line on both sides. */
const CHARACTER = 6.65;
const FRAME = 10;
const LINE = 14;

/** With so many characters the beginning of an object tells something. */
const ENOUGH = 16;

/**
 * The wires that are labelled with the value that flows on them: of a few all, of many those that lead to or from the
 * stages that are looked at.
 */
export function labelledWires(
  wires: readonly Wire[],
  values: ReadonlyMap<string, unknown>,
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
  { text, brief }: { readonly text: string; readonly brief: string | null },
  room: number,
): { readonly text: string; readonly width: number } | null {
  const most = Math.min(LONGEST_VALUE, Math.floor((room - FRAME - LINE) / CHARACTER));
  if (most < 2) return null;
  const shown = fitting(text, brief, most);
  return { text: shown, width: shown.length * CHARACTER + FRAME };
}

function fitting(text: string, brief: string | null, most: number): string {
  if (text.length <= most) return text;
  // The first key of an object says less than how many there are, until its value is there too.
  if (brief === null || most >= ENOUGH) return beginning(text, most);
  const bare = brief.replace(/^\{(.*)\}$/, "$1");
  return [brief, bare].find(({ length }) => length <= most) ?? beginning(bare, most);
}

/** A text keeps its quotes, so that it is told from what is none. */
function beginning(text: string, most: number): string {
  const end = text.startsWith('"') && most > 3 ? '…"' : "…";
  // Neither half an escape nor half a character.
  return `${text.slice(0, most - end.length).replace(/[\\\uD800-\uDBFF]$/, "")}${end}`;
}
