import { isJsonObject, type JsonNode, nodeToJson } from "#core/pipeline";
import type { Json, JsonObject } from "#core/ports";
import { misfits, withDefaults } from "./json-schema.ts";

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

/**
 * Checks an input against `input_schema`, a JSON Schema of draft 7, and fills in its defaults at every depth. Types that
 * JSON Schema does not know pass: older files have some of their own.
 */
export function fitInput(schema: JsonNode | null, given: Json): CheckedInput {
  const contract = schema === null ? null : contractOf(schema);
  const whole = contract?.whole ?? null;
  const { properties, required } = contract ?? NOTHING;
  if (!isJsonObject(given)) {
    if (properties.size === 0 && required.length === 0) {
      const messages = whole === null ? null : misfits(whole, given);
      return messages === null
        ? { ok: true, input: given, visible: given }
        : { ok: false, messages: messages.map(misfit) };
    }
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
  const complete = withDefaults(whole, Object.fromEntries(input));
  const more = whole === null ? null : misfits(whole, complete);
  if (more !== null) return { ok: false, messages: more.map(misfit) };
  return {
    ok: true,
    input: complete,
    visible:
      absent.length === 0 || !isJsonObject(complete)
        ? complete
        : { ...complete, ...Object.fromEntries(absent) },
  };
}

interface Contract {
  /** The schema itself; null where it is none. */
  readonly whole: JsonObject | boolean | null;
  readonly properties: ReadonlyMap<string, JsonObject>;
  readonly required: readonly string[];
}

const NOTHING: Contract = { whole: null, properties: new Map(), required: [] };

/** A called pipeline's schema is looked at with each call. */
const contracts = new WeakMap<JsonNode, Contract>();

function contractOf(node: JsonNode): Contract {
  let contract = contracts.get(node);
  if (contract === undefined) {
    contract = readContract(nodeToJson(node));
    contracts.set(node, contract);
  }
  return contract;
}

function readContract(schema: Json): Contract {
  if (!isJsonObject(schema)) return { ...NOTHING, whole: typeof schema === "boolean" ? schema : null };
  const { properties, required } = schema;
  const listed = isJsonObject(properties) ? Object.entries(properties) : [];
  return {
    whole: schema,
    properties: new Map(listed.map(([name, property]) => [name, isJsonObject(property) ? property : {}])),
    required: Array.isArray(required) ? required.filter((name: Json) => typeof name === "string") : [],
  };
}

function misfit(line: string): string {
  return `The pipeline's input does not fit its input_schema: ${line}.`;
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
