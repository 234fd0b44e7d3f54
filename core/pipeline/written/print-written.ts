import type { WritingStyle } from "../edit/writing-style.ts";
import type { Comment, Trivia, Written, WrittenItem, WrittenList, WrittenObject } from "./written-json.ts";

/** What of a writing style the printer follows. */
export type PrintStyle = Pick<WritingStyle, "eol" | "indent" | "colon" | "gap">;

/** Writes a value down. `indent` is that of the line it begins in. */
export function printWritten(value: Written, style: PrintStyle, indent = ""): string {
  switch (value.kind) {
    case "text":
      return value.text;
    case "object": {
      const elements = value.members.map((each) => ({
        trivia: each,
        write: (inner: string) => `${each.keyText}${style.colon}${printWritten(each.value, style, inner)}`,
      }));
      return printContainer(["{", "}"], elements, value, style, indent);
    }
    case "list": {
      const elements = value.items.map((each) => ({
        trivia: each,
        write: (inner: string) => printWritten(each.value, style, inner),
      }));
      return printContainer(["[", "]"], elements, value, style, indent);
    }
  }
}

/** Comments a line each, for before and after a whole text. */
export function printComments(comments: readonly Comment[], style: PrintStyle, indent: string): string {
  return comments
    .map(({ text, blank }, index) => `${blank && index > 0 ? style.eol : ""}${indent}${text}${style.eol}`)
    .join("");
}

interface Element {
  readonly trivia: Trivia;
  readonly write: (indent: string) => string;
}

function printContainer(
  [open, close]: readonly [string, string],
  elements: readonly Element[],
  value: WrittenObject | WrittenList,
  style: PrintStyle,
  indent: string,
): string {
  const { end } = value;
  if (elements.length === 0 && end.length === 0) return `${open}${close}`;
  if (isInLine(value)) return printInLine(open, close, elements, value.end, style, indent);
  const inner = indent + style.indent;
  const lines = elements.map(({ trivia, write }, index) => {
    const { before, after } = trivia;
    const comma = index + 1 < elements.length ? "," : "";
    // Only the last comment of a line may run to its end.
    const misplaced = after.slice(0, -1).filter(({ text }) => needsLine(text));
    const behind = after.filter((comment) => !misplaced.includes(comment));
    const own = [...before, ...misplaced];
    return [
      ...own.map((comment, at) => `${gapBefore(comment, index + at, style)}${inner}${comment.text}`),
      `${gapBefore(trivia, index + own.length, style)}${inner}${write(inner)}${comma}${behind.map(({ text }) => ` ${text}`).join("")}`,
    ].join(style.eol);
  });
  const last = end.map(
    (comment, at) => `${gapBefore(comment, elements.length + at, style)}${inner}${comment.text}`,
  );
  return `${open}${style.eol}${[...lines, ...last].join(style.eol)}${style.eol}${indent}${close}`;
}

/** The blank line that set something off from what stood before it; nothing where nothing does now. */
function gapBefore({ blank }: { readonly blank: boolean }, linesBefore: number, style: PrintStyle): string {
  return blank && linesBefore > 0 ? style.eol : "";
}

function printInLine(
  open: string,
  close: string,
  elements: readonly Element[],
  end: readonly Comment[],
  style: PrintStyle,
  indent: string,
): string {
  const parts = elements.map(({ trivia: { before, after }, write }) =>
    [...before.map(({ text }) => text), write(indent), ...after.map(({ text }) => text)].join(" "),
  );
  const inside = [parts.join(`,${style.gap}`), ...end.map(({ text }) => text)]
    .filter((part) => part !== "")
    .join(" ");
  const gap = open === "{" ? style.gap : "";
  return `${open}${gap}${inside}${gap}${close}`;
}

/** Whether a value can stand in one line, with all that is in it. */
function isInLine(value: Written): boolean {
  if (value.kind === "text") return true;
  const elements: readonly WrittenItem[] = value.kind === "object" ? value.members : value.items;
  const fits = ({ text }: Comment): boolean => !needsLine(text);
  return (
    value.layout === "line" &&
    value.end.every(fits) &&
    elements.every((each) => isInLine(each.value) && each.before.every(fits) && each.after.every(fits))
  );
}

function needsLine(comment: string): boolean {
  return comment.startsWith("//");
}
