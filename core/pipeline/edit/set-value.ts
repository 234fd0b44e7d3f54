import { type JsonValue, nodeToJson } from "../json/node-to-json.ts";
import type { PipelineDocument } from "../model.ts";
import { replaceSpan, setProperty } from "./edit-properties.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { findValue } from "./find-value.ts";
import { printValue } from "./print-value.ts";
import { indentAt } from "./surroundings.ts";
import { writingStyleOf } from "./writing-style.ts";

/**
 * Sets what stands at a path of a stage, or of the pipeline where `stage` is null, as the file has it: `["config",
 * "prompt"]`. Objects on the way that are not there are added; an item of a list has to be there.
 */
export function setValue(
  document: PipelineDocument,
  stage: string | null,
  path: readonly string[],
  value: JsonValue,
): EditResult {
  const found = findValue(document, stage, path);
  if (!found.ok) return found;
  const { text } = document;
  const style = writingStyleOf(document);
  const { node, base, missing } = found;
  const [key, ...inner] = missing;
  if (key === undefined) {
    // What means the same stays as it is written: 1.0, a comment within.
    if (JSON.stringify(nodeToJson(node)) === JSON.stringify(value)) return done([]);
    const indent = indentAt(text, node.span.start + base);
    return done([replaceSpan(node.span, base, printValue(value, style, indent))]);
  }
  if (node.kind !== "object")
    return refuse(`"${path.slice(0, path.length - missing.length).join(".")}" is no object in { }.`);
  const added = inner.reduceRight<JsonValue>((within, name) => ({ [name]: within }), value);
  const write = (indent: string): string => printValue(added, style, indent);
  const places = placesOf(stage, path, key);
  return done(setProperty(text, { node, base }, key, write, style, places));
}

/** Where people look for a new key: what a stage is named by stands on top, what it is given before what it waits for. */
function placesOf(
  stage: string | null,
  path: readonly string[],
  key: string,
): Parameters<typeof setProperty>[5] {
  if (stage === null || path[0] !== key) return {};
  const top = ["name", "component_type", "component", "type", "uses", "id"];
  switch (key) {
    case "name":
      return { after: top.slice(1) };
    case "description":
      return { after: top };
    case "config":
      return { after: ["description", ...top], before: ["depends_on"] };
    case "input_mapping":
      return { after: ["config", "description", ...top] };
    default:
      return {};
  }
}
