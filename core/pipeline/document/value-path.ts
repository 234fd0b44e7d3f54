import type { JsonNode, Span } from "../json-node.ts";
import type { Field, PipelineDocument } from "../model.ts";
import { stageAt, unitStart } from "./locate.ts";

/** Where in the file's values an offset is. */
export interface ValuePath {
  /** The innermost stage around it; null where there is none. */
  readonly stage: string | null;
  /** Keys, and indexes in lists, from that stage's object or the pipeline's; empty outside of every field. */
  readonly path: readonly string[];
  /** The text there as written, its quotes included, and where it begins; null where another value is, or a key. */
  readonly literal: { readonly text: string; readonly start: number } | null;
}

/** The value at an offset of the text. */
export function valuePathAt(document: PipelineDocument, offset: number): ValuePath {
  const stage = stageAt(document, offset);
  const base = stage === undefined ? 0 : unitStart(document, stage);
  const path: string[] = [];
  let fields: readonly Field[] = stage?.fields ?? document.pipeline.fields;
  let literal: ValuePath["literal"] = null;
  const includes = ({ start, end }: Span): boolean => start + base <= offset && offset <= end + base;
  for (;;) {
    const field = fields.findLast(({ keySpan, value }) =>
      includes({ start: keySpan.start, end: value.span.end }),
    );
    if (field === undefined) break;
    path.push(field.key);
    let node: JsonNode | undefined = field.value;
    while (node?.kind === "array") {
      const index: number = node.items.findLastIndex(({ span }) => includes(span));
      node = node.items[index];
      if (node !== undefined) path.push(String(index));
    }
    if (node?.kind === "string" && includes(node.span)) {
      const start = node.span.start + base;
      literal = { text: document.text.slice(start, node.span.end + base), start };
    }
    if (node?.kind !== "object" || !includes(node.span)) break;
    fields = node.properties;
  }
  return { stage: stage?.id ?? null, path, literal };
}
