import {
  absoluteSpan,
  type Field,
  type PipelineDocument,
  type Span,
  type Stage,
  stageAt,
} from "#core/pipeline";

/** What is written at the cursor, as far as the line before it tells: the rest may not be there yet. */
export type CursorPlace =
  /** The component type of a stage. */
  | { readonly kind: "component-type"; readonly stage: Stage | undefined; readonly token: Span }
  /** A key of the stage's config or input mapping. */
  | { readonly kind: "input-key"; readonly stage: Stage; readonly token: Span; readonly hasValue: boolean }
  /** The value of such a key. */
  | { readonly kind: "input-value"; readonly stage: Stage; readonly key: string; readonly token: Span };

/** How far back of the cursor anything matters. */
const reach = 400;

const typeKeys = /"(component_type|component|type|uses)"\s*:\s*("[^"\\\n]*)$/;
const valueBefore = /"([^"\\\n]+)"\s*:\s*("[^"\\\n]*|[\w.-]*)$/;
const keyBefore = /[{,]\s*("[^"\\\n]*|)$/;

/** Finds the place at an offset of the text. `token` is what a completion replaces, with its quotes. */
export function cursorPlace(document: PipelineDocument, offset: number): CursorPlace | undefined {
  const { text } = document;
  const before = text.slice(Math.max(0, offset - reach), offset);
  const stage = stageAt(document, offset);
  const [, typeKey, written] = typeKeys.exec(before) ?? [];
  if (typeKey !== undefined && written !== undefined) {
    // `type` is a key of many things; of a stage where it stands in one directly.
    const isStages =
      typeKey.startsWith("component") ||
      (stage !== undefined && fieldAt(document, stage, offset)?.key === typeKey);
    return isStages ? { kind: "component-type", stage, token: tokenOf(text, offset, written) } : undefined;
  }
  if (stage === undefined || !isInInputs(document, stage, offset)) return undefined;
  const [, key, value] = valueBefore.exec(before) ?? [];
  if (key !== undefined && value !== undefined) {
    return { kind: "input-value", stage, key, token: tokenOf(text, offset, value) };
  }
  const [, started] = keyBefore.exec(before) ?? [];
  if (started === undefined) return undefined;
  const token = tokenOf(text, offset, started);
  return { kind: "input-key", stage, token, hasValue: /^\s*:/.test(text.slice(token.end, token.end + 40)) };
}

/** The field of a stage whose key or value is at an offset. */
function fieldAt(document: PipelineDocument, stage: Stage, offset: number): Field | undefined {
  const at = offset - absoluteSpan(document, stage, { start: 0, end: 0 }).start;
  return stage.fields.findLast(({ keySpan, value }) => keySpan.start <= at && at <= value.span.end);
}

/** Whether the offset is in the object itself that gives a stage its inputs, and not in an object within. */
function isInInputs(document: PipelineDocument, stage: Stage, offset: number): boolean {
  const field = fieldAt(document, stage, offset);
  if (field === undefined || !["config", "input_mapping", "inputs"].includes(field.key)) return false;
  if (field.value.kind !== "object") return false;
  const at = offset - absoluteSpan(document, stage, { start: 0, end: 0 }).start;
  return !field.value.properties.some(
    ({ value }) =>
      (value.kind === "object" || value.kind === "array") && value.span.start < at && at < value.span.end,
  );
}

/** What has been written of a token and, where it is there already, the rest of it. */
function tokenOf(text: string, offset: number, written: string): Span {
  const rest = written.startsWith('"') ? /^[\w@.^~<>=*-]*"/ : /^[\w.-]*/;
  const after = rest.exec(text.slice(offset, offset + reach))?.[0] ?? "";
  return { start: offset - written.length, end: offset + after.length };
}
