import type { Span } from "../json-node.ts";
import type { TextEdit } from "../text-edit.ts";
import type { ElementList } from "./element-list.ts";
import {
  afterLineBreak,
  afterSpaces,
  beforeSpaces,
  beginsLine,
  commaAfter,
  endOfBlankRest,
  lineStart,
} from "./surroundings.ts";

/**
 * Removes elements with their commas: whole lines where an element has its lines for itself, and in a line only
 * what belongs to it. Comments on lines of their own stay.
 */
export function removeElements(
  text: string,
  list: ElementList,
  indexes: ReadonlySet<number>,
): readonly TextEdit[] {
  if (indexes.size === 0) return [];
  const { elements, span } = list;
  const lastKept = elements.findLastIndex((_, index) => !indexes.has(index));
  if (lastKept < 0 && !hasComment(text, list)) {
    return [{ offset: span.start + 1, length: span.end - span.start - 2, text: "" }];
  }
  const edits: TextEdit[] = [];
  const last = elements.at(-1);
  const hadTrailingComma = last !== undefined && commaAfter(text, last.end) !== undefined;
  const kept = elements[lastKept];
  if (kept !== undefined && lastKept < elements.length - 1 && !hadTrailingComma) {
    const comma = commaAfter(text, kept.end);
    if (comma !== undefined) edits.push({ offset: comma, length: 1, text: "" });
  }
  let done = 0;
  elements.forEach((element, index) => {
    if (!indexes.has(index)) return;
    const removed = regionOf(text, element, index > lastKept ? "before" : "after");
    const start = Math.max(done, removed.start);
    edits.push({ offset: start, length: removed.end - start, text: "" });
    done = removed.end;
  });
  return edits;
}

/** In a line, the blanks on one side go with the element: those that would be left over. */
function regionOf(text: string, element: Span, blanks: "before" | "after"): Span {
  const comma = commaAfter(text, element.end);
  const end = comma === undefined ? element.end : comma + 1;
  const restEnd = endOfBlankRest(text, end);
  if (restEnd !== undefined && restEnd < text.length && beginsLine(text, element.start)) {
    return { start: lineStart(text, element.start), end: afterLineBreak(text, restEnd) };
  }
  if (blanks === "before" || restEnd !== undefined) return { start: beforeSpaces(text, element.start), end };
  return { start: element.start, end: afterSpaces(text, end) };
}

/** Whether there is anything but elements, commas and white space between the brackets. */
function hasComment(text: string, { span, elements }: ElementList): boolean {
  let from = span.start + 1;
  for (const element of elements) {
    if (text.slice(from, element.start).includes("/")) return true;
    from = element.end;
  }
  return text.slice(from, span.end - 1).includes("/");
}
