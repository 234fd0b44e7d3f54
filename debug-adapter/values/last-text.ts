import type { Json } from "#core/ports";
import { fullText } from "../variables.ts";

/** Characters beyond which a text is made anew for each page rather than kept. */
const LONGEST_KEPT = 100_000_000;

/** All of a value as text. */
export type TextOf = (value: Json) => string;

/**
 * Texts of values, of which the last is kept: pages of one value are asked for one after the other, and to write the JSON
 * of a large one takes seconds. No text is kept of a text, which is one already.
 */
export function createLastText(write: TextOf = fullText, longest = LONGEST_KEPT): TextOf {
  let last: { readonly value: object; readonly text: string } | null = null;
  return (value) => {
    if (typeof value !== "object" || value === null) return write(value);
    if (last?.value === value) return last.text;
    // Not two of them at a time.
    last = null;
    const text = write(value);
    if (text.length <= longest) last = { value, text };
    return text;
  };
}
