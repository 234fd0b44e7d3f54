import { type JsonValue, nodeToJson, type PipelineDocument, stageById } from "#core/pipeline";
import type { DocumentState } from "../model/document-state.ts";

/** The value at a path of a stage, or of the pipeline where `stage` is null; undefined where there is none. */
export function valueAt(
  document: PipelineDocument,
  stage: string | null,
  path: readonly string[],
): JsonValue | undefined {
  const fields = stage === null ? document.pipeline.fields : stageById(document, stage)?.fields;
  const [key, ...inner] = path;
  const field = fields?.findLast((each) => each.key === key);
  if (field === undefined) return undefined;
  return inner.reduce<JsonValue | undefined>(memberOf, nodeToJson(field.value));
}

/** The JSON of what a form shows there: of a stage, what it inherits too; empty where there is none. */
export function jsonShown(
  { shown, drawn }: Pick<DocumentState, "shown" | "drawn">,
  stage: string | null,
  path: readonly string[],
): string {
  return jsonAt(stage === null ? shown : drawn, stage, path);
}

/** The JSON of it; empty where there is none. */
export function jsonAt(document: PipelineDocument, stage: string | null, path: readonly string[]): string {
  return jsonOf(valueAt(document, stage, path));
}

/** The JSON of a value; empty where there is none. */
export function jsonOf(value: JsonValue | undefined): string {
  return value === undefined ? "" : JSON.stringify(value);
}

function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  // An index of a list is a key of it too.
  return (value as { readonly [key: string]: JsonValue })[key];
}
