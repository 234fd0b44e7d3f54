import type { Span } from "./json-node.ts";

/**
 * Where a part of a string's value is written. `literal` is the string as written, from its opening quote; `part`
 * counts UTF-16 units of the value. The result counts from the start of the literal. An escape such as `\n` or
 * `\u00e9` is one unit of the value and longer in the text.
 */
export function spanInString(literal: string, part: Span): Span {
  if (!literal.includes("\\")) return { start: part.start + 1, end: part.end + 1 };
  let offset = 1;
  let units = 0;
  const forward = (to: number): number => {
    for (; units < to; units += 1) offset += unitLength(literal, offset);
    return offset;
  };
  const start = forward(part.start);
  return { start, end: forward(part.end) };
}

/**
 * How many UTF-16 units of a string's value stand before an offset of it as written, which counts from the start of
 * the literal: the way back from {@link spanInString}.
 */
export function unitsBefore(literal: string, offset: number): number {
  let units = 0;
  for (let at = 1; at < offset && at < literal.length - 1; at += unitLength(literal, at)) units += 1;
  return units;
}

/** A backslash that begins no escape of JSON stands for itself, as the reader takes it. */
function unitLength(literal: string, offset: number): number {
  if (literal.charCodeAt(offset) !== 0x5c) return 1;
  const letter = literal.charAt(offset + 1);
  if (letter === "u") return /^[0-9a-fA-F]{4}$/.test(literal.slice(offset + 2, offset + 6)) ? 6 : 1;
  return letter !== "" && '"\\/bfnrt'.includes(letter) ? 2 : 1;
}
