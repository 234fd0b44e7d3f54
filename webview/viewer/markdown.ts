import { type Inline, inlinesOf } from "./markdown-inline.ts";

/** A part of a text in Markdown. HTML is text as any other: nothing of it is ever made into elements. */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "list"; readonly first: number | null; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | { readonly kind: "table"; readonly rows: readonly (readonly (readonly Inline[])[])[] }
  | { readonly kind: "rule" };

/** What is deeper is text. */
const DEEPEST = 12;

/** Reads what models write of Markdown: headings, paragraphs, lists, quotes, tables, fences, rules. It never fails. */
export function readMarkdown(text: string): readonly Block[] {
  return blocksOf(text.split(/\r?\n/), 0);
}

const fence = /^ {0,3}(```|~~~)/;
const heading = /^ {0,3}(#{1,6}) +(.{0,2000}?)(?: +#{1,6})?$/;
const rule = /^ {0,3}(?:-[ -]{2,80}|\*[ *]{2,80}|_[ _]{2,80})$/;
const item = /^( {0,3})([-*+]|\d{1,9}[.)]) +(.*)$/;
const tableRule = /^ {0,3}\|?(?: *:?-{2,80}:? *\|){1,100} *(?::?-{2,80}:? *)?$/;

function blocksOf(lines: readonly string[], depth: number): readonly Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const taken = depth > DEEPEST ? paragraph(lines, at) : blockAt(lines, at, depth);
    if (taken.block !== null) blocks.push(taken.block);
    at = Math.max(taken.next, at + 1);
  }
  return blocks;
}

interface Taken {
  readonly block: Block | null;
  /** The line after it. */
  readonly next: number;
}

function blockAt(lines: readonly string[], at: number, depth: number): Taken {
  const line = lines[at] ?? "";
  if (line.trim() === "") return { block: null, next: at + 1 };
  const [, mark] = fence.exec(line) ?? [];
  if (mark !== undefined) return fenced(lines, at, mark);
  const title = heading.exec(line);
  if (title !== null)
    return {
      block: { kind: "heading", level: title[1]?.length ?? 1, content: inlinesOf(title[2] ?? "") },
      next: at + 1,
    };
  if (rule.test(line)) return { block: { kind: "rule" }, next: at + 1 };
  if (line.startsWith(">")) return quoted(lines, at, depth);
  if (item.test(line)) return listed(lines, at, depth);
  if (line.includes("|") && tableRule.test(lines[at + 1] ?? "")) return tabled(lines, at);
  return paragraph(lines, at);
}

function fenced(lines: readonly string[], at: number, mark: string): Taken {
  let end = at + 1;
  while (end < lines.length && !(lines[end] ?? "").trimStart().startsWith(mark)) end += 1;
  return { block: { kind: "code", text: lines.slice(at + 1, end).join("\n") }, next: end + 1 };
}

function quoted(lines: readonly string[], at: number, depth: number): Taken {
  let end = at;
  while (lines[end]?.startsWith(">") === true) end += 1;
  const inside = lines.slice(at, end).map((line) => line.replace(/^> ?/, ""));
  return { block: { kind: "quote", blocks: blocksOf(inside, depth + 1) }, next: end };
}

function listed(lines: readonly string[], at: number, depth: number): Taken {
  const first = item.exec(lines[at] ?? "");
  const isOrdered = /\d/.test(first?.[2] ?? "");
  const inner = (first?.[1]?.length ?? 0) + 2;
  const items: string[][] = [];
  let end = at;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? "";
    const found = item.exec(line);
    const isInside = (/^[ \t]+/.exec(line)?.[0].replaceAll("\t", "    ").length ?? 0) >= inner;
    if (found !== null && !isInside) {
      if (/\d/.test(found[2] ?? "") !== isOrdered) break;
      items.push([found[3] ?? ""]);
      continue;
    }
    if (!isInside && !goesOn(lines, end)) break;
    items.at(-1)?.push(line.replace(/^(?:\t| {1,4})/, ""));
  }
  return {
    block: {
      kind: "list",
      first: isOrdered ? Number.parseInt(first?.[2] ?? "1", 10) : null,
      items: items.map((inside) => blocksOf(inside, depth + 1)),
    },
    next: end,
  };
}

/** Whether a line that is not further in belongs to an item: a line of its paragraph, or one that is empty before more of it. */
function goesOn(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  if (line.trim() === "") return /^(?: {2}|\t)\s*\S|^ {0,3}(?:[-*+]|\d{1,9}[.)]) /.test(lines[at + 1] ?? "");
  return (
    (lines[at - 1] ?? "").trim() !== "" && !line.startsWith(">") && !fence.test(line) && !heading.test(line)
  );
}

function tabled(lines: readonly string[], at: number): Taken {
  const rows = [cellsOf(lines[at] ?? "")];
  let end = at + 2;
  for (; (lines[end] ?? "").includes("|"); end += 1) rows.push(cellsOf(lines[end] ?? ""));
  return {
    block: { kind: "table", rows: rows.map((cells) => cells.map((cell) => inlinesOf(cell))) },
    next: end,
  };
}

function cellsOf(line: string): readonly string[] {
  const inner = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return inner.split("|").map((cell) => cell.trim());
}

function paragraph(lines: readonly string[], at: number): Taken {
  let end = at + 1;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? "";
    if (
      line.trim() === "" ||
      fence.test(line) ||
      heading.test(line) ||
      item.test(line) ||
      line.startsWith(">")
    )
      break;
  }
  return { block: { kind: "paragraph", content: inlinesOf(lines.slice(at, end).join("\n")) }, next: end };
}
