import type { TextEdit } from "vscode-languageserver";
import { lineIndex } from "#core/pipeline";
import { rangeToLsp } from "./convert.ts";

/**
 * The edits that make one text of another, line by line, so that an editor keeps cursors, folds and breakpoints where
 * nothing changes. Where lines are added or removed, what is between the first and the last difference is one edit.
 */
export function lineEdits(before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  const lines = lineIndex(before);
  const [old, now] = [linesOf(before), linesOf(after)];
  const changed = (start: number, end: number, newText: string): TextEdit => ({
    range: rangeToLsp({ start, end }, lines),
    newText,
  });
  if (old.length === now.length) {
    let offset = 0;
    return old.flatMap((line, index) => {
      const start = offset;
      offset += line.length;
      const text = now[index] ?? "";
      return line === text ? [] : [changed(start, offset, text)];
    });
  }
  let first = 0;
  while (first < old.length && old[first] === now[first]) first += 1;
  let last = 0;
  const most = Math.min(old.length, now.length) - first;
  while (last < most && old.at(-1 - last) === now.at(-1 - last)) last += 1;
  const start = lengthOf(old.slice(0, first));
  const end = before.length - lengthOf(old.slice(old.length - last));
  return [changed(start, end, now.slice(first, now.length - last).join(""))];
}

/** The lines of a text, each with its break. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((length, line) => length + line.length, 0);
}
