import type { GraphView } from "./graph-view.ts";

/** Of some boxes, those that are inside none of the others; what is inside goes along. */
export function outermostOf(items: GraphView["items"], keys: Iterable<string>): readonly string[] {
  const chosen = new Set(keys);
  return [...chosen].filter((key) => {
    for (let at = items.get(key)?.parent; at != null; at = items.get(at)?.parent)
      if (chosen.has(at)) return false;
    return true;
  });
}
