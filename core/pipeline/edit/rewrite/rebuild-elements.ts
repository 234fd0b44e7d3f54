import type { ElementList } from "../element-list.ts";
import { type Chunk, chunksOf, endsInComment } from "../permute-elements.ts";
import { beginsLine, indentAt } from "../surroundings.ts";
import type { WritingStyle } from "../writing-style.ts";

/** An element of a list or object as it is to be: one that is there, with its new text, or one that is new. */
export type RebuiltElement =
  | { readonly from: number; readonly text: string }
  | { readonly from: null; readonly write: (indent: string) => string };

/**
 * The text of a list or object, brackets included, with the elements that it is to have, in that order. Those that are
 * there keep what stands around them, and comments on lines of their own above one that goes stay, but for those that
 * `isGone` says go with it.
 */
export function rebuildElements(
  text: string,
  list: ElementList,
  wanted: readonly RebuiltElement[],
  style: WritingStyle,
  whenEmpty: "lines" | "inline",
  isGone: (comment: string) => boolean,
): string {
  if (isInPlace(list, wanted)) return spliced(text, list, wanted);
  const { chunks, end } = chunksOf(text, list);
  const open = text.charAt(list.span.start);
  const close = text.charAt(list.span.end - 1);
  const [first] = list.elements;
  if (first === undefined) return filled(text, list, wanted, style, whenEmpty);
  const tail = text.slice(end, list.span.end - 1);
  const onLines = beginsLine(text, first.start);
  const indent = indentAt(text, first.start);
  const between = onLines ? style.eol + indent : chunks[1]?.blanks || style.gap;
  const kept = new Set(wanted.flatMap(({ from }) => (from === null ? [] : [from])));
  const left = leftComments(chunks, kept, isGone);
  if (wanted.length === 0)
    return left.last === "" ? open + close : `${open}${between}${left.last}${tail}${close}`;
  const trailing = chunks.at(-1)?.comma === true;
  let result = open;
  let isOpen = false;
  wanted.forEach((element, place) => {
    const comma = trailing || place < wanted.length - 1;
    const chunk = element.from === null ? undefined : chunks[element.from];
    const blanks = blanksAt(place, element.from, chunks, between, onLines);
    result += isOpen && !/^[ \t]*[\r\n]/.test(blanks) ? style.eol + blanks : blanks;
    if (element.from === null || chunk === undefined) {
      if (element.from === null) result += element.write(indent) + (comma ? "," : "");
      isOpen = false;
      return;
    }
    const { before, behind, rest } = chunk;
    const moved = endsInComment(behind) && comma && !chunk.comma;
    result += (left.before.get(element.from) ?? "") + before + element.text;
    result += (moved ? `,${behind}` : behind + (comma ? "," : "")) + rest;
    isOpen = endsInComment(behind + rest);
  });
  const closing = left.last === "" ? tail : between + left.last.trimEnd() + tail;
  return result + (isOpen && !/^[ \t]*[\r\n]/.test(closing) ? style.eol : "") + closing + close;
}

function isInPlace({ elements }: ElementList, wanted: readonly RebuiltElement[]): boolean {
  return wanted.length === elements.length && wanted.every(({ from }, place) => from === place);
}

function spliced(text: string, { span, elements }: ElementList, wanted: readonly RebuiltElement[]): string {
  const parts: string[] = [];
  let done = span.start;
  elements.forEach(({ start, end }, index) => {
    const element = wanted[index];
    if (element === undefined || element.from === null) return;
    parts.push(text.slice(done, start), element.text);
    done = end;
  });
  parts.push(text.slice(done, span.end));
  return parts.join("");
}

/** What stands before an element: the blanks it had, or those of its new place where that is in a line. */
function blanksAt(
  place: number,
  from: number | null,
  chunks: readonly Chunk[],
  between: string,
  onLines: boolean,
): string {
  if (place === 0 && !onLines) return chunks[0]?.blanks ?? "";
  if (from === null || (from === 0 && !onLines)) return between;
  const blanks = chunks[from]?.blanks ?? between;
  // An empty line above the first would set it off from nothing.
  return place === 0 ? (chunks[0]?.blanks ?? blanks) : blanks;
}

/** The comments above elements that go, by the element that follows them; `last` has none behind it. */
function leftComments(
  chunks: readonly Chunk[],
  kept: ReadonlySet<number>,
  isGone: (comment: string) => boolean,
): { readonly before: ReadonlyMap<number, string>; readonly last: string } {
  const before = new Map<number, string>();
  let open = "";
  chunks.forEach((chunk, index) => {
    if (!kept.has(index)) {
      open += withoutGone(chunk.before, isGone);
    } else if (open !== "") {
      before.set(index, open);
      open = "";
    }
  });
  return { before, last: open };
}

/** Comments without those that go, each with the blanks behind it. */
function withoutGone(comments: string, isGone: (comment: string) => boolean): string {
  return comments.replace(COMMENT, (whole: string, comment: string) =>
    isGone(comment.trimEnd()) ? "" : whole,
  );
}

const COMMENT = /(\/\/[^\r\n]*|\/\*[^]*?\*\/)\s*/g;

function filled(
  text: string,
  { span }: ElementList,
  wanted: readonly RebuiltElement[],
  style: WritingStyle,
  whenEmpty: "lines" | "inline",
): string {
  const open = text.charAt(span.start);
  const close = text.charAt(span.end - 1);
  const inside = text.slice(span.start + 1, span.end - 1);
  const comments = inside.trim() === "" ? "" : inside.trimEnd();
  const outer = indentAt(text, span.start);
  const indent = outer + style.indent;
  const added = wanted.flatMap((element) => (element.from === null ? [element.write] : []));
  if (whenEmpty === "inline" && comments === "") {
    const gap = open === "{" ? style.pad : "";
    return `${open}${gap}${added.map((write) => write(outer)).join(`,${style.gap}`)}${gap}${close}`;
  }
  const lines = added.map((write) => style.eol + indent + write(indent)).join(",");
  return `${open}${comments}${lines}${style.eol}${outer}${close}`;
}
