import type { Span } from "../json-node.ts";
import type { Comment, Trivia } from "./written-json.ts";

/** What stands around the elements of a list or object; all spans are absolute, brackets included in `container`. */
export function readTrivia(
  text: string,
  container: Span,
  elements: readonly Span[],
): { readonly each: readonly Trivia[]; readonly end: readonly Comment[] } {
  const each: { blank: boolean; before: readonly Comment[]; after: readonly Comment[] }[] = [];
  let from = container.start + 1;
  for (const { start, end } of elements) {
    const gap = readGap(text.slice(from, start), each.length === 0 ? "opening" : "between");
    const previous = each.at(-1);
    if (previous !== undefined) previous.after = gap.after;
    each.push({ blank: gap.blank, before: gap.before, after: [] });
    from = end;
  }
  const gap = readGap(text.slice(from, container.end - 1), each.length === 0 ? "opening" : "between");
  const last = each.at(-1);
  if (last !== undefined) last.after = gap.after;
  return { each, end: gap.before };
}

/** The comments of a stretch of text that holds nothing else but white space. */
export function readComments(gap: string): readonly Comment[] {
  return readGap(gap, "opening").before;
}

interface Gap {
  /** Comments that belong to the element before. */
  readonly after: readonly Comment[];
  readonly before: readonly Comment[];
  /** Whether an empty line stands before what follows the gap. */
  readonly blank: boolean;
}

/** A comment belongs to what it stands behind in a line; to what follows it where it has its line for itself. */
function readGap(gap: string, place: "opening" | "between"): Gap {
  const comments: { readonly text: string; readonly blank: boolean; readonly isBehind: boolean }[] = [];
  let breaks = 0;
  let hasBreak = place === "opening";
  let hasComma = false;
  for (let at = 0; at < gap.length; ) {
    if (gap.startsWith("//", at) || gap.startsWith("/*", at)) {
      const end = endOfComment(gap, at);
      comments.push({
        text: gap.slice(at, end).trimEnd(),
        blank: breaks > 1,
        isBehind: !hasBreak && !hasComma,
      });
      breaks = 0;
      at = end;
      continue;
    }
    const isBreak = gap.charAt(at) === "\n" || (gap.charAt(at) === "\r" && gap.charAt(at + 1) !== "\n");
    if (isBreak) {
      // What stands behind the comma in the element's line is still about the element.
      if (!hasBreak)
        for (const [index, comment] of comments.entries()) comments[index] = { ...comment, isBehind: true };
      hasBreak = true;
      breaks += 1;
    } else if (gap.charAt(at) === ",") {
      hasComma = true;
    }
    at += 1;
  }
  return {
    after: comments.filter(({ isBehind }) => isBehind).map(({ text }) => ({ text, blank: false })),
    before: comments.filter(({ isBehind }) => !isBehind).map(({ text, blank }) => ({ text, blank })),
    blank: breaks > 1,
  };
}

function endOfComment(gap: string, start: number): number {
  if (gap.startsWith("/*", start)) {
    const close = gap.indexOf("*/", start + 2);
    return close < 0 ? gap.length : close + 2;
  }
  const end = gap.slice(start).search(/[\r\n]/);
  return end < 0 ? gap.length : start + end;
}
