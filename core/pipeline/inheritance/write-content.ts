import { parsePipeline } from "../document/parse-pipeline.ts";
import type { JsonNode, Span } from "../json-node.ts";
import type { PipelineDocument } from "../model.ts";
import { type Content, itemsOf, type Member, membersOf, type Spot, spotIn, spotOf } from "./content.ts";
import type { Origin, PipelineFile, Source } from "./origin.ts";

/** A list of scalars up to this length stays on its line. */
const LINE_WIDTH = 100;

/** A stretch of a written text, in the order of their starts and the outer before the inner. */
interface Stretch {
  readonly start: number;
  end: number;
  /** The index of the stretch around it. */
  readonly around: number;
  readonly spot: Spot;
  /** Whether it is the same text as at the spot, character by character. */
  readonly exact: boolean;
  /** Those inside a piece that was written before, counted from its start. */
  readonly inside?: readonly Stretch[];
}

/** A text and its stretches. */
interface Piece {
  readonly text: string;
  readonly stretches: readonly Stretch[];
}

/** How far stages are indented. */
const STAGE_INDENT = "    ";

/** Stages as they were written last: an edit of the child leaves those of its parent as they are. */
const writtenStages = new WeakMap<JsonNode, Piece & Pick<Copy, "source" | "base">>();

type Copy = Extract<Content, { kind: "copy" }>;

/**
 * Writes content out as pretty JSON and reads it as a pipeline, reusing what did not change of `previous`. The result
 * knows where each part of it is written; what is written nowhere counts as written in `file` as a whole.
 */
export function writeContent(
  members: readonly Member[],
  file: PipelineFile,
  previous: PipelineDocument | undefined,
): Source {
  const { text, stretches } = write(({ putMembers, put }) => {
    putMembers(members);
    put("\n");
  });
  const whole: Origin = { file, span: file.document.tree.root ?? { start: 0, end: 0 } };
  return {
    document: parsePipeline(text, previous),
    originOf: (span) => {
      const found = innermost(stretches, span, 0);
      if (found === undefined) return whole;
      const { source, span: at } = found.stretch.spot;
      if (!found.stretch.exact) return source.originOf(at);
      const shift = at.start - found.start;
      return source.originOf({ start: span.start + shift, end: span.end + shift });
    },
  };
}

interface Writer {
  put(text: string): void;
  putMembers(members: readonly Member[]): void;
  putWhole(content: Content, indent: string): void;
}

function write(compose: (writer: Writer) => void): Piece {
  const parts: string[] = [];
  const stretches: Stretch[] = [];
  let length = 0;
  let around = -1;

  const put = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  const within = (spot: Spot | null, inner: () => void): void => {
    if (spot === null) return inner();
    const outer = around;
    const stretch: Stretch = { start: length, end: length, around: outer, spot, exact: false };
    around = stretches.push(stretch) - 1;
    inner();
    stretch.end = length;
    around = outer;
  };
  const copy = (spot: Spot): void => {
    const { source, span } = spot;
    stretches.push({ start: length, end: length + span.end - span.start, around, spot, exact: true });
    put(source.document.text.slice(span.start, span.end));
  };

  const putAll = <T>(
    brackets: readonly [string, string],
    all: readonly T[],
    indent: string,
    putOne: (each: T, indent: string) => void,
  ): void => {
    const [open, close] = brackets;
    if (all.length === 0) return put(open + close);
    const inner = `${indent}  `;
    all.forEach((each, index) => {
      put(`${index === 0 ? open : ","}\n${inner}`);
      putOne(each, inner);
    });
    put(`\n${indent}${close}`);
  };
  const putMember = (member: Member, indent: string): void =>
    within(member.spot, () => {
      const { key, keySpot, value } = member;
      if (keySpot === null) put(JSON.stringify(key));
      else copy(keySpot);
      put(": ");
      putContent(value, indent);
    });
  const putContent = (content: Content, indent: string): void => {
    if (content.kind !== "copy" || content.node.kind !== "object" || indent !== STAGE_INDENT)
      return putWhole(content, indent);
    const { text, stretches: inside } = stagePiece(content);
    const spot = spotOf(content.source, content.node.span, content.base);
    stretches.push({ start: length, end: length + text.length, around, spot, exact: false, inside });
    put(text);
  };
  const putWhole = (content: Content, indent: string): void => {
    const spot = spotIn(content);
    const inner = membersOf(content);
    if (inner !== null) return within(spot, () => putAll(["{", "}"], inner, indent, putMember));
    const items = itemsOf(content);
    if (items !== null) {
      return within(spot, () => {
        if (!fitsOnLine(items)) return putAll(["[", "]"], items, indent, putContent);
        put("[");
        items.forEach((item, index) => {
          if (index > 0) put(", ");
          putContent(item, indent);
        });
        put("]");
      });
    }
    if (content.kind === "copy" && content.node.kind !== "error" && spot !== null) return copy(spot);
    within(spot, () => put(content.kind === "scalar" ? content.literal : "null"));
  };

  compose({ put, putWhole, putMembers: (members) => putAll(["{", "}"], members, "", putMember) });
  return { text: parts.join(""), stretches };
}

function stagePiece(content: Copy): Piece {
  const { node, source, base } = content;
  const before = writtenStages.get(node);
  if (before?.source === source && before.base === base) return before;
  const piece = { ...write(({ putWhole }) => putWhole(content, STAGE_INDENT)), source, base };
  writtenStages.set(node, piece);
  return piece;
}

function fitsOnLine(items: readonly Content[]): boolean {
  let width = 0;
  for (const item of items) {
    if (membersOf(item) !== null || itemsOf(item) !== null) return false;
    const span = item.kind === "copy" ? item.node.span : { start: 0, end: literalLength(item) };
    width += span.end - span.start + 2;
  }
  return width <= LINE_WIDTH;
}

function literalLength(content: Content): number {
  return content.kind === "scalar" ? content.literal.length : LINE_WIDTH;
}

/** The smallest stretch that the span is in, and where it starts; `base` is where the first could start. */
function innermost(
  stretches: readonly Stretch[],
  span: Span,
  base: number,
): { readonly stretch: Stretch; readonly start: number } | undefined {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.start ?? 0) + base <= span.start) low = middle + 1;
    else high = middle;
  }
  let stretch = stretches[low - 1];
  while (stretch !== undefined && stretch.end + base < span.end) stretch = stretches[stretch.around];
  if (stretch === undefined) return undefined;
  const start = stretch.start + base;
  return (stretch.inside && innermost(stretch.inside, span, start)) ?? { stretch, start };
}
