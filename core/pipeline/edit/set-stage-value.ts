import { stageById, unitStart } from "../document/locate.ts";
import type { JsonValue } from "../json/node-to-json.ts";
import type { JsonNode } from "../json-node.ts";
import type { PipelineDocument } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { replaceSpan, setProperty } from "./edit-properties.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { writingStyleOf } from "./writing-style.ts";

/**
 * Sets what stands at a path of a stage, as the file has it: `["config", "prompt"]`. What is on the way and not there is
 * added; an item of a list has to be there.
 */
export function setStageValue(
  document: PipelineDocument,
  id: string,
  path: readonly string[],
  value: JsonValue,
): EditResult {
  const stage = stageById(document, id);
  if (stage?.node.kind !== "object") return refuse(`There is no stage "${id}" in this file.`);
  const base = unitStart(document, stage);
  let node: JsonNode = stage.node;
  for (const [depth, name] of path.entries()) {
    const next = childOf(node, name);
    if (next !== undefined) {
      node = next;
      continue;
    }
    if (node.kind !== "object")
      return refuse(`"${path.slice(0, depth + 1).join(".")}" of stage "${id}" is not there.`);
    const rest = path.slice(depth + 1).reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value);
    const place = { node, base };
    return done(
      setProperty(document.text, place, name, () => JSON.stringify(rest), writingStyleOf(document)),
    );
  }
  return done([replaceSpan(node.span, base, JSON.stringify(value))]);
}

function childOf(node: JsonNode, name: string): JsonNode | undefined {
  if (node.kind === "object") return fieldNamed(node.properties, name)?.value;
  return node.kind === "array" && /^\d{1,9}$/.test(name) ? node.items[Number(name)] : undefined;
}
