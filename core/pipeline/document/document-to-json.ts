import { type JsonValue, nodeToJson } from "../json/node-to-json.ts";
import type { PipelineDocument } from "../model.ts";

/** A pipeline as JSON, without comments; what could not be read is null. */
export function documentToJson({ pipeline, tree }: PipelineDocument): JsonValue {
  const units = tree.units.map(({ node, property }) => [property?.key ?? "", nodeToJson(node)] as const);
  const entries = pipeline.fields.map(({ key, value }): readonly [string, JsonValue] => {
    if (key !== "stages" || tree.container === null) return [key, nodeToJson(value)];
    return [key, tree.container.kind === "list" ? units.map(([, json]) => json) : Object.fromEntries(units)];
  });
  return Object.fromEntries(entries);
}
