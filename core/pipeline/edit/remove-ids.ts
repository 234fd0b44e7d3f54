import { unitStart } from "../document/locate.ts";
import type { JsonNode, Located } from "../json-node.ts";
import type { Field, PipelineDocument, Stage } from "../model.ts";
import type { TextEdit } from "../text-edit.ts";
import { replaceSpan } from "./edit-properties.ts";
import { elementsOf } from "./element-list.ts";
import { removeElements } from "./remove-elements.ts";

/** Removes from a list in the text the items that mean a stage of `gone`. */
export function removeIds(
  document: PipelineDocument,
  stage: Stage,
  { value }: Field,
  meanings: readonly Located<string>[],
  gone: ReadonlySet<string>,
): readonly TextEdit[] {
  const starts = new Set(meanings.filter((meaning) => gone.has(meaning.value)).map(({ span }) => span.start));
  const isGone = (node: JsonNode): boolean => node.kind === "string" && starts.has(node.span.start);
  if (starts.size === 0) return [];
  const base = unitStart(document, stage);
  if (value.kind === "string") return isGone(value) ? [replaceSpan(value.span, base, "[]")] : [];
  if (value.kind !== "array") return [];
  const indexes = new Set(value.items.flatMap((item, index) => (isGone(item) ? [index] : [])));
  return removeElements(document.text, elementsOf(value, base), indexes);
}
