import type { TextEdit } from "../text-edit.ts";

/** The one change between two texts: what is left without their common beginning and end. */
export function differenceOf(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end += 1;
  }
  return { offset: start, length: before.length - end - start, text: after.slice(start, after.length - end) };
}
