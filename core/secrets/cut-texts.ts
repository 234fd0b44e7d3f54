import type { Needle } from "./needle.ts";
import { CUT, SHORTEST_SECRET, secretMarker } from "./secret-marker.ts";

/** Without what a message quotes of a secret when it cuts a long text short: the beginning of one, and `…`. */
export function withoutBeginnings(text: string, needles: readonly Needle[], mark: string): string {
  const [first = "", ...others] = text.split("…");
  let done = "";
  let before = first;
  for (const next of others) {
    const cut = longestBeginning(before, needles);
    done +=
      cut === undefined ? before : before.slice(0, -cut.length) + secretMarker(cut.needle.source, CUT, mark);
    done += "…";
    before = next;
  }
  return done + before;
}

/** The longest beginning of a secret that a text ends with. */
function longestBeginning(
  text: string,
  needles: readonly Needle[],
): { readonly length: number; readonly needle: Needle } | undefined {
  if (text.length < SHORTEST_SECRET) return undefined;
  const end = text.slice(-SHORTEST_SECRET);
  let longest: { readonly length: number; readonly needle: Needle } | undefined;
  for (const needle of needles) {
    // A marker is no secret, nor is how one begins.
    if (needle.text === needle.marker) continue;
    for (let at = needle.text.indexOf(end); at >= 0; at = needle.text.indexOf(end, at + 1)) {
      const length = at + SHORTEST_SECRET;
      if (length > (longest?.length ?? 0) && text.endsWith(needle.text.slice(0, length)))
        longest = { length, needle };
    }
  }
  return longest;
}
