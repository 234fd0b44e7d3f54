import type { TextEdit } from "../text-edit.ts";
import type { ElementList } from "./element-list.ts";
import { beginsLine, commaAfter, endOfBlankRest, indentAt } from "./surroundings.ts";
import type { WritingStyle } from "./writing-style.ts";

/** New text for a list: behind which of its elements it goes (-1: before the first), and what it says. */
export interface Insertion {
  readonly after: number;
  /** Writes the element, given the indentation of its first line. */
  readonly write: (indent: string) => string;
}

/**
 * Inserts elements with the commas they need, each on a line of its own where the list has its elements so, else
 * in the line. An empty list gets lines when `whenEmpty` says so.
 */
export function insertElements(
  text: string,
  list: ElementList,
  insertions: readonly Insertion[],
  style: WritingStyle,
  whenEmpty: "lines" | "inline",
): readonly TextEdit[] {
  if (insertions.length === 0) return [];
  const first = list.elements[0];
  if (first === undefined) return [fillEmpty(text, list, insertions, style, whenEmpty)];
  const onLines = beginsLine(text, first.start);
  const indent = indentAt(text, first.start);
  const separator = onLines ? style.eol + indent : gapOf(text, list, style);
  const anchors = [...new Set(insertions.map(({ after }) => after))];
  return anchors.flatMap((after) => {
    const elements = insertions.filter((each) => each.after === after).map(({ write }) => write(indent));
    const anchor = list.elements[after];
    if (anchor === undefined) {
      return [
        { offset: first.start, length: 0, text: elements.map((each) => `${each},${separator}`).join("") },
      ];
    }
    const comma = commaAfter(text, anchor.end);
    if (comma !== undefined) {
      const offset = (onLines ? endOfBlankRest(text, comma + 1) : undefined) ?? comma + 1;
      return [{ offset, length: 0, text: elements.map((each) => `${separator}${each},`).join("") }];
    }
    const added = separator + elements.join(`,${separator}`);
    const offset = (onLines ? endOfBlankRest(text, anchor.end) : undefined) ?? anchor.end;
    if (text.slice(anchor.end, offset).trim() === "")
      return [{ offset: anchor.end, length: 0, text: `,${added}` }];
    return [
      { offset: anchor.end, length: 0, text: "," },
      { offset, length: 0, text: added },
    ];
  });
}

function fillEmpty(
  text: string,
  { span }: ElementList,
  insertions: readonly Insertion[],
  style: WritingStyle,
  whenEmpty: "lines" | "inline",
): TextEdit {
  const offset = span.start + 1;
  const inside = text.slice(offset, span.end - 1);
  const length = inside.trim() === "" ? inside.length : 0;
  const outer = indentAt(text, span.start);
  if (whenEmpty === "inline") {
    const gap = text.charAt(span.start) === "{" ? style.pad : "";
    const elements = insertions.map(({ write }) => write(outer)).join(`,${style.gap}`);
    return { offset, length, text: length === inside.length ? gap + elements + gap : elements };
  }
  const indent = outer + style.indent;
  const elements = insertions.map(({ write }) => style.eol + indent + write(indent)).join(",");
  return { offset, length, text: length === inside.length ? elements + style.eol + outer : elements };
}

/** What the list itself has after its commas. */
function gapOf(text: string, { elements }: ElementList, style: WritingStyle): string {
  const [first, second] = elements;
  if (first === undefined || second === undefined) return style.gap;
  const comma = commaAfter(text, first.end);
  const gap = text.slice(comma === undefined ? second.start : comma + 1, second.start);
  return /^[ \t]*$/.test(gap) ? gap : style.gap;
}
