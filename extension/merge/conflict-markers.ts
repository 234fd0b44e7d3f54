import type { IndexStages } from "./index-stages.ts";

/** What Git writes where it could not merge lines, at the beginning of one. */
const marker = /^<{7} /m;

/** Whether a text is full of what Git writes where it could not merge lines. */
export function hasMarkers(text: string): boolean {
  return marker.test(text);
}

/**
 * Whether nobody has written into a text since Git filled it with markers, as far as its lines tell: all of them are of some
 * version; with ours in place of each conflict it has each line that only ours has, and with theirs each of theirs. Where
 * somebody solved one of the conflicts, one side's lines are missing or new ones are there. What Git leaves always passes.
 */
export function isAsGitMarkedIt(text: string, { base, ours, theirs }: IndexStages): boolean {
  const sides = hasMarkers(text) ? readConflicts(text) : null;
  if (sides === null) return false;
  const [old, own, other] = [base, ours, theirs].map((version) => new Set(linesOf(version ?? "")));
  if (old === undefined || own === undefined || other === undefined) return false;
  const [withOurs, withTheirs] = [new Set(sides.ours), new Set(sides.theirs)];
  return (
    [...withOurs, ...withTheirs].every((line) => old.has(line) || own.has(line) || other.has(line)) &&
    [...own].every((line) => old.has(line) || other.has(line) || withOurs.has(line)) &&
    [...other].every((line) => old.has(line) || own.has(line) || withTheirs.has(line))
  );
}

/** What a text with markers says with either side in place of each conflict; null where markers do not go together. */
function readConflicts(
  text: string,
): { readonly ours: readonly string[]; readonly theirs: readonly string[] } | null {
  const [ours, theirs]: [string[], string[]] = [[], []];
  let place: Place = "between";
  for (const line of linesOf(text)) {
    const next = placeAfter(line);
    if (next === undefined) {
      if (place === "between" || place === "ours") ours.push(line);
      if (place === "between" || place === "theirs") theirs.push(line);
    } else if (next.after.includes(place)) {
      place = next.place;
    } else {
      return null;
    }
  }
  return place === "between" ? { ours, theirs } : null;
}

type Place = "between" | "ours" | "base" | "theirs";

/** Where what follows a marker belongs, and behind what the marker can stand; undefined for a line that is none. */
function placeAfter(line: string): { readonly place: Place; readonly after: readonly Place[] } | undefined {
  if (line.startsWith("<<<<<<< ")) return { place: "ours", after: ["between"] };
  if (/^\|{7}(?: |$)/.test(line)) return { place: "base", after: ["ours"] };
  if (line === "=======") return { place: "theirs", after: ["ours", "base"] };
  return /^>{7} /.test(line) ? { place: "between", after: ["theirs"] } : undefined;
}

/** The lines that say something. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== "");
}
