import { indentAt } from "./surroundings.ts";

/** A piece of a text with its lines further in or out, as it has to be written on a line that begins with `indent`. */
export function reindented(text: string, offset: number, piece: string, indent: string, eol: string): string {
  const before = indentAt(text, offset);
  return piece
    .split(/\r\n|\n|\r/)
    .map((line, index) => (index > 0 && line.startsWith(before) ? indent + line.slice(before.length) : line))
    .join(eol);
}
