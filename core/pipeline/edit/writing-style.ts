import type { JsonProperty, Span } from "../json-node.ts";
import type { PipelineDocument } from "../model.ts";
import { beginsLine, indentAt } from "./surroundings.ts";

/** How the person who wrote a file writes, as far as new lines have to follow it. */
export interface WritingStyle {
  readonly eol: string;
  /** One level of indentation. */
  readonly indent: string;
  /** What stands between a key and its value. */
  readonly colon: string;
  /** What follows a comma in a line. */
  readonly gap: string;
  /** What stands inside the braces of an object in one line. */
  readonly pad: string;
  /** True when the file has its properties on lines of their own. */
  readonly lines: boolean;
}

/** Reads the style off the file; where it shows none, two blanks and LF. */
export function writingStyleOf({ text, tree }: PipelineDocument): WritingStyle {
  const root = tree.root === null ? undefined : { span: tree.root, properties: tree.properties };
  return styleOfObject(text, root);
}

/** Reads the style off an object, whose spans are absolute; where it shows none, two blanks and LF. */
export function styleOfObject(
  text: string,
  object: { readonly span: Span; readonly properties: readonly JsonProperty[] } | undefined,
): WritingStyle {
  const first = object?.properties[0];
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  if (first === undefined) return { eol, indent: "  ", colon: ": ", gap: " ", pad: " ", lines: true };
  const colon = text.slice(first.keySpan.end, first.value.span.start);
  const lines = beginsLine(text, first.span.start);
  const outer = indentAt(text, object?.span.start ?? 0);
  const inner = indentAt(text, first.span.start);
  const gap = colon === ":" ? "" : " ";
  return {
    eol,
    indent: lines && inner.length > outer.length ? inner.slice(outer.length) : "  ",
    colon: /^ ?: ?$/.test(colon) ? colon : ": ",
    gap,
    pad: (lines || object === undefined ? undefined : padOf(text, object)) ?? gap,
    lines,
  };
}

/** What an object that is written in one line has inside its braces; undefined where that is more than blanks. */
export function padOf(
  text: string,
  { span, properties: [first] }: { readonly span: Span; readonly properties: readonly JsonProperty[] },
): string | undefined {
  if (first === undefined) return undefined;
  const pad = text.slice(span.start + 1, first.span.start);
  return /^[ \t]*$/.test(pad) ? pad : undefined;
}

/** `"key": value` in that style. */
export function writeProperty(style: WritingStyle, key: string, value: string): string {
  return `${JSON.stringify(key)}${style.colon}${value}`;
}

/** An object in one line. */
export function writeInlineObject(
  style: WritingStyle,
  entries: readonly (readonly [string, string])[],
): string {
  const properties = entries.map(([key, value]) => writeProperty(style, key, value));
  return `{${style.pad}${properties.join(`,${style.gap}`)}${style.pad}}`;
}
