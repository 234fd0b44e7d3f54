import { isJsonObject, type JsonValue } from "#core/pipeline";
import { sameValue } from "./merging.ts";

/**
 * Whether two values say the same, also where one dialect refers to a stage as `upstream.a.x`, another as `stages.a.x` or
 * `a.output.x`: for pipelines that are written in different dialects.
 */
export function sameMeaning(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return (
    sameValue(one, other) || (one !== undefined && other !== undefined && sameValue(plain(one), plain(other)))
  );
}

function plain(value: JsonValue): JsonValue {
  if (typeof value === "string") return value.includes("{{") ? value.replace(TEMPLATE, plainTemplate) : value;
  if (Array.isArray(value)) return value.map(plain);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

const TEMPLATE = /\{\{[^]*?\}\}/g;

function plainTemplate(template: string): string {
  return template
    .replaceAll(/\b(?:upstream|stages)\.([A-Za-z][\w-]*)(?:\.output\b)?/g, "$1")
    .replaceAll(/\b([A-Za-z][\w-]*)\.output\b/g, "$1")
    .replaceAll(/\s+/g, " ");
}
