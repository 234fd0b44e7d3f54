import {
  isTemplate,
  type ParsedExpression,
  type ParsedTemplate,
  parseExpression,
  parseTemplate,
  type Range,
  type Reference,
  references,
} from "#core/expressions";
import { absoluteSpan, stageAt } from "../document/locate.ts";
import type { Located, Span } from "../json-node.ts";
import type { PipelineDocument } from "../model.ts";
import { spanInString } from "../string-offsets.ts";
import { builtInDeferredFields } from "./deferred-fields.ts";
import { evaluatedTexts } from "./evaluated-texts.ts";

/**
 * The name at an offset of the text, with the path that leads to it: on `title` in `{{ upstream.fetch.title.x }}` it
 * is `upstream.fetch.title`. It is what a debugger shows the value of. The span is that of the path, in the document.
 * Names that only the place itself has (`item` of a filter, the variable of a comprehension) have no value outside
 * of it, and give undefined.
 */
export function pathAt(document: PipelineDocument, offset: number): Located<string> | undefined {
  const stage = stageAt(document, offset);
  if (stage === undefined) return undefined;
  for (const { node, field } of evaluatedTexts(stage, builtInDeferredFields)) {
    const literal = absoluteSpan(document, stage, node.span);
    if (offset < literal.start || offset >= literal.end) continue;
    if (field.kind === "template" && !isTemplate(node.value)) return undefined;
    const parsed = field.kind === "template" ? parseTemplate(node.value) : parseExpression(node.value);
    const written = document.text.slice(literal.start, literal.end);
    const inDocument = (part: Range): Span => {
      const span = spanInString(written, part);
      return { start: literal.start + span.start, end: literal.start + span.end };
    };
    return pathIn(parsed, field.names, inDocument, offset);
  }
  return undefined;
}

/**
 * All paths of names in the stage that an offset is in, each whole, in the order of the text: what a debugger that is
 * stopped there shows the values of. Those that only a place in the text knows are left out, as {@link pathAt} has it.
 */
export function pathsOfStage(document: PipelineDocument, offset: number): readonly Located<string>[] {
  const stage = stageAt(document, offset);
  if (stage === undefined) return [];
  const paths: Located<string>[] = [];
  for (const { node, field } of evaluatedTexts(stage, builtInDeferredFields)) {
    if (field.kind === "template" && !isTemplate(node.value)) continue;
    const literal = absoluteSpan(document, stage, node.span);
    const parsed = field.kind === "template" ? parseTemplate(node.value) : parseExpression(node.value);
    const written = document.text.slice(literal.start, literal.end);
    for (const reference of references(parsed)) {
      if (field.names.includes(reference.root)) continue;
      const end = stepEnds(parsed.text, reference).at(-1) ?? reference.end;
      const { start: from, end: to } = spanInString(written, { start: reference.start, end });
      const span = { start: literal.start + from, end: literal.start + to };
      paths.push({ value: parsed.text.slice(reference.start, end), span });
    }
  }
  return paths.toSorted((a, b) => a.span.start - b.span.start);
}

function pathIn(
  parsed: ParsedTemplate | ParsedExpression,
  foreign: readonly string[],
  inDocument: (part: Range) => Span,
  offset: number,
): Located<string> | undefined {
  for (const reference of references(parsed)) {
    if (foreign.includes(reference.root)) continue;
    for (const end of stepEnds(parsed.text, reference)) {
      const span = inDocument({ start: reference.start, end });
      if (offset < span.start) break;
      if (offset < span.end) return { value: parsed.text.slice(reference.start, end), span };
    }
  }
  return undefined;
}

/** Where the path of a reference can be cut, in the text that was parsed: after its root and after each step, the bracket that closes it included. */
export function stepEnds(text: string, { rootRange, pathRanges }: Reference): readonly number[] {
  return [rootRange.end, ...pathRanges.map((step) => closed(text, step))];
}

function closed(text: string, { start, end }: Range): number {
  const opening = text.slice(0, start).trimEnd().at(-1);
  const closing = opening === "[" ? "]" : opening === "(" ? ")" : undefined;
  const at = closing === undefined ? -1 : text.indexOf(closing, end);
  return at < 0 ? end : at + 1;
}
