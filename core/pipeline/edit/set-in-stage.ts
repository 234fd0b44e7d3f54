import { stageById, unitStart } from "../document/locate.ts";
import type { JsonValue } from "../json/node-to-json.ts";
import type { JsonNode } from "../json-node.ts";
import type { PipelineDocument } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { done, type EditResult } from "./edit-result.ts";
import { valueFormOf } from "./file-habits.ts";
import { inSteps } from "./in-steps.ts";
import { addProperties, fillValue, trimValue, type ValuePlace } from "./rewrite-value.ts";

/**
 * Makes what stands at a path of a stage say `value`, in the way the file is written: what stays the same is not
 * touched, what is on the way and missing is added. An item of a list has to be there.
 */
export function setInStage(
  document: PipelineDocument,
  id: string,
  path: readonly string[],
  value: JsonValue,
): EditResult {
  return inSteps(document, [
    (current) => {
      const found = placeIn(current, id, path);
      if (!found.ok) return found;
      return done(found.rest.length > 0 ? [] : trimValue(current.text, found.place, value));
    },
    (current) => {
      const found = placeIn(current, id, path);
      if (!found.ok) return found;
      const { place, rest } = found;
      const form = valueFormOf(current);
      const [key, ...deeper] = rest;
      if (key === undefined) return done(fillValue(current.text, place, value, form));
      const { node, base } = place;
      const wrapped = deeper.reduceRight<JsonValue>((inner, name) => ({ [name]: inner }), value);
      if (node.kind === "object")
        return done(
          addProperties(current.text, { node, base }, [[key, wrapped]], form, indexFor(node, path, key)),
        );
      // What is null says nothing, so an object may take its place.
      return done(fillValue(current.text, place, { [key]: wrapped }, form));
    },
  ]);
}

type Found =
  | { readonly ok: true; readonly place: ValuePlace; readonly rest: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** The deepest value on a path that is there, and what of the path is missing from it. */
function placeIn(document: PipelineDocument, id: string, path: readonly string[]): Found {
  const stage = stageById(document, id);
  if (stage?.node.kind !== "object") return { ok: false, message: `There is no stage "${id}" in this file.` };
  const base = unitStart(document, stage);
  let node: JsonNode = stage.node;
  for (const [depth, name] of path.entries()) {
    const next = childOf(node, name);
    if (next === undefined) {
      if (node.kind === "object" || (node.kind === "null" && depth > 0)) {
        return { ok: true, place: { node, base }, rest: path.slice(depth) };
      }
      const written = path.slice(0, depth).join(".");
      return {
        ok: false,
        message: `"${written}" of "${id}" has no "${name}" to set. Mend it in the text first.`,
      };
    }
    node = next;
  }
  return { ok: true, place: { node, base }, rest: [] };
}

function childOf(node: JsonNode, name: string): JsonNode | undefined {
  if (node.kind === "object") return fieldNamed(node.properties, name)?.value;
  return node.kind === "array" && /^\d{1,9}$/.test(name) ? node.items[Number(name)] : undefined;
}

/** A new field of a stage stands before its position; within one, at the end. */
function indexFor(node: Extract<JsonNode, { kind: "object" }>, path: readonly string[], key: string): number {
  const last = node.properties.length - 1;
  if (path[0] !== key) return last;
  const position = node.properties.findIndex((property) => property.key === "position");
  return position < 0 ? last : position - 1;
}
