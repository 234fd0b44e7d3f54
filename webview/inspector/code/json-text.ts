import { type JsonNode, readJson, type Span, spanInString, unitsBefore } from "#core/pipeline";

/** A text that is a value in JSON; the JSON may be half typed. */
export interface JsonText {
  /** Keys, and indexes in lists, from the whole value. */
  readonly path: readonly string[];
  readonly value: string;
  /** Where it is written, with its quotes. */
  readonly span: Span;
}

/** Every text of JSON that is a value, in order; keys are none. */
export function jsonTexts(json: string): readonly JsonText[] {
  return [...textsOf(readJson(json), [])];
}

/** The text around an offset of JSON; null where a key or another value is. */
export function jsonTextAt(json: string, offset: number): JsonText | null {
  const around = jsonTexts(json).find(({ span }) => span.start < offset && offset <= span.end);
  // Behind its closing quote it is over.
  return around !== undefined && offset <= contentSpan(json, around).end ? around : null;
}

/** The text at a path of JSON; null where none is. */
export function jsonTextAtPath(json: string, path: readonly string[]): JsonText | null {
  return jsonTexts(json).findLast((text) => sameKeys(text.path, path)) ?? null;
}

/** How many UTF-16 units of a text's value stand before an offset of the JSON. */
export function unitAt(json: string, { span }: JsonText, offset: number): number {
  // Of a text that is not closed yet the last character counts too.
  return unitsBefore(`${json.slice(span.start, span.end)}"`, offset - span.start);
}

/** Where a part of a text's value is written in the JSON. */
export function placeInJson(json: string, { span }: JsonText, part: Span): Span {
  const { start, end } = spanInString(json.slice(span.start, span.end), part);
  return { start: span.start + start, end: span.start + end };
}

function contentSpan(json: string, text: JsonText): Span {
  return placeInJson(json, text, { start: 0, end: text.value.length });
}

function* textsOf(node: JsonNode, path: readonly string[]): Iterable<JsonText> {
  switch (node.kind) {
    case "string":
      yield { path, value: node.value, span: node.span };
      return;
    case "array":
      for (const [index, item] of node.items.entries()) yield* textsOf(item, [...path, String(index)]);
      return;
    case "object":
      for (const { key, value } of node.properties) yield* textsOf(value, [...path, key]);
      return;
    case "number":
    case "boolean":
    case "null":
    case "error":
      return;
  }
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}
