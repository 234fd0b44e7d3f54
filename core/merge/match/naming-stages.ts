import type { StageContent } from "../content/content.ts";
import type { WrittenStages } from "../content/read-alike.ts";

/** To look for each of more takes longer than to read all. */
const MOST_IDS = 64;

/**
 * The stages of a text that may name one of some others, in whichever way: those in whose text an id is, or an escape in
 * which one may hide. Null where there are too many ids, or one that may be written in several ways.
 */
export function namingStages(
  text: string,
  { spans, stages }: WrittenStages,
  ids: ReadonlySet<string>,
): ReadonlySet<StageContent> | null {
  if (ids.size > MOST_IDS || ![...ids].every((id) => /^[\w-]+$/.test(id))) return null;
  const naming = new Set<StageContent>();
  for (const word of [...ids, "\\u"]) {
    let at = text.indexOf(word);
    spans.forEach(({ start, end }, index) => {
      if (at >= 0 && at < start) at = text.indexOf(word, start);
      const stage = stages[index];
      if (at < 0 || at >= end || stage === undefined) return;
      naming.add(stage);
      at = text.indexOf(word, end);
    });
  }
  return naming;
}
