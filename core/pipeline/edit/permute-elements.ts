import { differenceOf } from "../document/difference.ts";
import type { TextEdit } from "../text-edit.ts";
import type { ElementList } from "./element-list.ts";
import { commaAfter, endOfBlankRest } from "./surroundings.ts";

/** An element with the comments that belong to it, without the blanks before it. */
export interface Chunk {
  readonly blanks: string;
  readonly before: string;
  readonly element: string;
  /** Between the element and its comma, and behind that to the end of the line. */
  readonly behind: string;
  readonly comma: boolean;
  readonly rest: string;
}

/**
 * Puts the elements of a list in another order: `order` has for each place the index of what goes there. Each takes
 * its comments with it, those on lines of their own above it and that behind it in its line.
 */
export function permuteElements(
  text: string,
  list: ElementList,
  order: readonly number[],
  eol: string,
): readonly TextEdit[] {
  const { chunks, end } = chunksOf(text, list);
  const trailing = chunks.at(-1)?.comma === true;
  const written = order.map((index, place) => {
    const chunk = chunks[index];
    if (chunk === undefined) throw new Error(`A list of ${chunks.length} elements has no element ${index}.`);
    const comma = trailing || place < order.length - 1 ? "," : "";
    const behind =
      endsInComment(chunk.behind) && comma !== "" && !chunk.comma
        ? [comma, chunk.behind]
        : [chunk.behind, comma];
    return {
      content: chunk.before + chunk.element + behind.join("") + chunk.rest,
      isOpen: endsInComment(chunk.behind + chunk.rest),
    };
  });
  const tail = text.slice(end, list.span.end);
  const after = written.map(({ content, isOpen }, place) => {
    const next = chunks[place + 1]?.blanks ?? tail;
    const closing = isOpen && !/^[ \t]*[\r\n]/.test(next) ? eol : "";
    return (chunks[place]?.blanks ?? "") + content + closing;
  });
  const start = list.span.start + 1;
  const { offset, length, text: changed } = differenceOf(text.slice(start, end), after.join(""));
  return [{ offset: start + offset, length, text: changed }];
}

/** Takes a list apart into its elements with their comments; `end` is where the last one's line ends. */
export function chunksOf(
  text: string,
  { span, elements }: ElementList,
): { readonly chunks: readonly Chunk[]; readonly end: number } {
  let from = span.start + 1;
  const chunks = elements.map((element): Chunk => {
    const comma = commaAfter(text, element.end);
    const close = comma === undefined ? element.end : comma + 1;
    const end = Math.min(endOfBlankRest(text, close) ?? close, span.end - 1);
    const before = text.slice(from, element.start);
    const blanks = /^\s*/.exec(before)?.[0] ?? "";
    from = end;
    return {
      blanks,
      before: before.slice(blanks.length),
      element: text.slice(element.start, element.end),
      behind: text.slice(element.end, comma ?? element.end),
      comma: comma !== undefined,
      rest: text.slice(close, end),
    };
  });
  return { chunks, end: from };
}

/** Whether a stretch of blanks and comments ends in a comment that goes to the end of its line. */
export function endsInComment(gap: string): boolean {
  let at = 0;
  while (at < gap.length) {
    if (gap.startsWith("/*", at)) {
      const close = gap.indexOf("*/", at + 2);
      at = close < 0 ? gap.length : close + 2;
    } else if (gap.startsWith("//", at)) {
      const end = gap.slice(at).search(/[\r\n]/);
      if (end < 0) return true;
      at += end;
    } else {
      at += 1;
    }
  }
  return false;
}
