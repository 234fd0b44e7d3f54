import { whyUnwritable } from "#core/journal";
import { type JsonNode, nodeToJson } from "#core/pipeline";
import type { Json, JsonObject } from "#core/ports";
import { isJsonObject } from "../json-object.ts";

/** A run's input as the pipeline takes it, or what is wrong with it. */
export type CheckedInput =
  | {
      readonly ok: true;
      /** With the defaults of the schema. */
      readonly input: Json;
      /** The same, and null for each optional property that was not given. */
      readonly visible: Json;
    }
  | { readonly ok: false; readonly messages: readonly string[] };

/** Checks an input against `input_schema`: required properties, their types, defaults. Unknown keywords and types pass. */
export function checkInput(schema: JsonNode | null, given: Json): CheckedInput {
  const { properties, required } = readSchema(schema);
  const unwritable = whyUnwritable(given);
  if (unwritable !== null) return { ok: false, messages: [`The pipeline's input is ${unwritable}.`] };
  if (!isJsonObject(given)) {
    if (properties.size === 0 && required.length === 0) return { ok: true, input: given, visible: given };
    return {
      ok: false,
      messages: [`The pipeline's input must be an object; this one is ${typeName(given)}.`],
    };
  }
  const messages: string[] = [];
  const input = new Map(Object.entries(given));
  const absent: [string, null][] = [];
  for (const [name, property] of properties) {
    const value = input.get(name);
    if (value !== undefined) {
      const message = typeProblem(name, property, value);
      if (message !== null) messages.push(message);
    } else if (Object.hasOwn(property, "default")) {
      input.set(name, property["default"] ?? null);
    } else if (!required.includes(name)) {
      absent.push([name, null]);
    }
  }
  for (const name of required) {
    if (!input.has(name)) messages.push(missing(name, properties.get(name)));
  }
  if (messages.length > 0) return { ok: false, messages };
  const complete = Object.fromEntries(input);
  return {
    ok: true,
    input: complete,
    visible: absent.length === 0 ? complete : { ...complete, ...Object.fromEntries(absent) },
  };
}

interface Schema {
  readonly properties: ReadonlyMap<string, JsonObject>;
  readonly required: readonly string[];
}

function readSchema(node: JsonNode | null): Schema {
  const schema = node === null ? null : nodeToJson(node);
  if (!isJsonObject(schema)) return { properties: new Map(), required: [] };
  const { properties, required } = schema;
  const listed = isJsonObject(properties) ? Object.entries(properties) : [];
  return {
    properties: new Map(listed.map(([name, property]) => [name, isJsonObject(property) ? property : {}])),
    required: Array.isArray(required) ? required.filter((name: Json) => typeof name === "string") : [],
  };
}

function missing(name: string, property: JsonObject | undefined): string {
  const description = property?.["description"];
  const about = typeof description === "string" ? ` (${description})` : "";
  return `The input "${name}"${about} is required and was not given. Give it with --input, or in the launch configuration.`;
}

function typeProblem(name: string, property: JsonObject, value: Json): string | null {
  const { type } = property;
  const wanted = (Array.isArray(type) ? type : [type]).filter(
    (each: Json | undefined) => typeof each === "string",
  );
  if (wanted.length === 0 || wanted.some((each) => fits(each, value))) return null;
  return `The input "${name}" must be ${wanted.join(" or ")}; it is ${typeName(value)}.`;
}

/** Names that JSON Schema does not know fit everything: older files have some of their own. */
function fits(type: string, value: Json): boolean {
  switch (type) {
    case "string":
    case "boolean":
    case "number":
      return typeof value === type;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return isJsonObject(value);
    case "null":
      return value === null;
    default:
      return true;
  }
}

function typeName(value: Json): string {
  return value === null
    ? "null"
    : Array.isArray(value)
      ? "an array"
      : typeof value === "object"
        ? "an object"
        : `a ${typeof value}`;
}
