import type { Reference } from "#core/expressions";
import type { Span } from "#core/pipeline";

/** Where a part of a path is written in an expression's text: 0 is the root, 1 the first name after it. */
export function segmentSpan(text: string, reference: Reference, index: number): Span {
  let start = reference.start;
  let end = start + reference.root.length;
  for (const segment of reference.path.slice(0, index)) {
    const written = String(segment);
    const found = text.indexOf(written, end);
    // Written in another way, as in a["\x62"]: the whole path then.
    if (found < 0 || found + written.length > reference.end)
      return { start: reference.start, end: reference.end };
    start = found;
    end = found + written.length;
  }
  return { start, end };
}
