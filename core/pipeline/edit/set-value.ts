import type { JsonValue } from "../json/node-to-json.ts";
import type { PipelineDocument } from "../model.ts";
import { setProperty } from "./edit-properties.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { findValue } from "./find-value.ts";
import { inSteps } from "./in-steps.ts";
import { fillValue, formInside, trimValue } from "./rewrite-value.ts";
import { shortForm, type ValueForm, writeJson } from "./write-json.ts";
import { writingStyleOf } from "./writing-style.ts";

/**
 * Sets what stands at a path of a stage, or of the pipeline where `stage` is null, as the file has it: `["config",
 * "prompt"]`. Objects on the way that are not there are added; an item of a list has to be there. Of objects and
 * lists, the parts that stay the same are not touched.
 */
export function setValue(
  document: PipelineDocument,
  stage: string | null,
  path: readonly string[],
  value: JsonValue,
  form: ValueForm = shortForm(writingStyleOf(document)),
): EditResult {
  const found = findValue(document, stage, path);
  if (!found.ok) return found;
  if (found.missing.length === 0) {
    return inSteps(document, [
      (current) => done(trimValue(current.text, found, value)),
      (current) => {
        const left = findValue(current, stage, path);
        return left.ok ? done(fillValue(current.text, left, value, form)) : left;
      },
    ]);
  }
  const { node, base, missing } = found;
  const [key = "", ...inner] = missing;
  const added = inner.reduceRight<JsonValue>((within, name) => ({ [name]: within }), value);
  const above = path.slice(0, path.length - missing.length);
  // What is null says nothing, so an object may take its place.
  if (node.kind === "null" && above.length > 0)
    return setValue(document, stage, above, { [key]: added }, form);
  if (node.kind !== "object") return refuse(`"${above.join(".")}" is no object in { }.`);
  const inside = formInside(document.text, { node, base }, form);
  const write = (indent: string): string => writeJson(added, inside, indent);
  return done(setProperty(document.text, { node, base }, key, write, form.style, placesOf(stage, path, key)));
}

/** Where people look for a new key: what a stage is named by stands on top, what it is given before what it waits for. */
function placesOf(
  stage: string | null,
  path: readonly string[],
  key: string,
): Parameters<typeof setProperty>[5] {
  if (stage === null) return key === "overrides" ? { after: ["extends"] } : {};
  if (path[0] !== key) return {};
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
      return { before: ["position"] };
  }
}
