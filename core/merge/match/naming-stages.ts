import type { WrittenItem, WrittenStages } from "../content/written-stages.ts";

/** To look for each of more takes longer than to read all. */
const MOST_IDS = 64;

/**
 * The stages of a text that may name one of some others, in whichever way: those in whose text an id is, or an escape in
 * which one may hide. Null where there are too many ids, or one that may be written in several ways.
 */
export function namingStages(
  text: string,
  { spans, items }: WrittenStages,
  ids: ReadonlySet<string>,
): ReadonlySet<WrittenItem> | null {
  if (ids.size > MOST_IDS || ![...ids].every((id) => /^[\w-]+$/.test(id))) return null;
  const naming = new Set<WrittenItem>();
  for (const word of [...ids, "\\u"]) {
    let index = 0;
    for (let at = text.indexOf(word); at >= 0; ) {
      while (index < spans.length && (spans[index]?.end ?? 0) <= at) index += 1;
      const [span, item] = [spans[index], items[index]];
      if (span === undefined || item === undefined) break;
      if (at >= span.start) naming.add(item);
      at = text.indexOf(word, at < span.start ? span.start : span.end);
    }
  }
  return naming;
}
