import { isJsonObject } from "#core/pipeline";
import type { Json, JsonObject } from "#core/ports";
import { beginValidation, compileSchema, TooMuchWork } from "../schema-validate/compile-schema.ts";
import { readablePath } from "../schema-validate/readable-path.ts";

/** What of a value does not fit a schema, a line each: `items[0].name must be string`. Null when everything does. */
export function misfits(schema: JsonObject | boolean, value: Json): readonly string[] | null {
  const compiled = compileSchema(isJsonObject(schema) ? readable(schema) : schema, {
    coerceTypes: false,
    allErrors: true,
  });
  if (!compiled.ok) return [`the schema cannot be used: ${compiled.reason}`];
  try {
    beginValidation(value);
    if (compiled.validate(value)) return null;
  } catch (error) {
    // A schema that refers to itself without end uses up the stack.
    if (error instanceof RangeError) return ["the schema refers to itself without end"];
    if (error instanceof TooMuchWork) return ["the schema asks the same over and over, and was given up"];
    throw error;
  }
  const lines = (compiled.validate.errors ?? []).map(({ instancePath, message }) => {
    const path = readablePath(instancePath);
    return `${path === "" ? "it" : path} ${message ?? "is not valid"}`;
  });
  return [...new Set(lines)];
}

/** The value with the defaults of the schema at every depth: of properties, of items, through $ref and allOf. */
export function withDefaults(schema: Json, value: Json, root: Json = schema, depth = 0): Json {
  if (!isJsonObject(schema) || depth > DEEPEST) return value;
  let complete = value;
  const { $ref, allOf, properties, items } = schema;
  if (typeof $ref === "string") complete = withDefaults(followPointer(root, $ref), complete, root, depth + 1);
  if (Array.isArray(allOf))
    for (const part of allOf) complete = withDefaults(part, complete, root, depth + 1);
  if (isJsonObject(complete) && isJsonObject(properties)) {
    const members = new Map(Object.entries(complete));
    for (const [name, property] of Object.entries(properties)) {
      const given = members.get(name) ?? defaultOf(property, root);
      if (members.has(name) || given !== undefined)
        members.set(name, withDefaults(property, given ?? null, root, depth + 1));
    }
    return Object.fromEntries(members);
  }
  if (Array.isArray(complete) && isJsonObject(items))
    return complete.map((item: Json) => withDefaults(items, item, root, depth + 1));
  return complete;
}

/** Deeper than any input that a person writes a schema for; a schema that refers to itself ends here. */
const DEEPEST = 64;

function defaultOf(property: Json, root: Json): Json | undefined {
  if (!isJsonObject(property)) return undefined;
  if (Object.hasOwn(property, "default")) return property["default"];
  const { $ref } = property;
  const target = typeof $ref === "string" ? followPointer(root, $ref) : undefined;
  return isJsonObject(target) && Object.hasOwn(target, "default") ? target["default"] : undefined;
}

/** `#/definitions/name` in the schema; null for what it does not lead to. */
function followPointer(root: Json, pointer: string): Json {
  let at: Json = pointer.startsWith("#") ? root : null;
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    at = isJsonObject(at) && Object.hasOwn(at, key) ? (at[key] ?? null) : null;
  }
  return at;
}

const TYPES: ReadonlySet<Json> = new Set([
  "string",
  "number",
  "integer",
  "boolean",
  "array",
  "object",
  "null",
]);

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const SCHEMAS: ReadonlySet<string> = new Set([
  ...["items", "additionalItems", "additionalProperties", "contains", "propertyNames", "not"],
  ...["if", "then", "else", "allOf", "anyOf", "oneOf"],
]);
const SCHEMAS_BY_NAME: ReadonlySet<string> = new Set([
  ...["properties", "patternProperties", "definitions", "$defs", "dependencies"],
]);

/** The schema without what older files say in words of their own: types that JSON Schema does not know, `required: true`. */
function readable(schema: JsonObject): JsonObject {
  const kept: [string, Json][] = [];
  for (const [key, value] of Object.entries(schema)) {
    if (key === "type" && !(Array.isArray(value) ? value : [value]).every((type: Json) => TYPES.has(type)))
      continue;
    if (key === "required" && !Array.isArray(value)) continue;
    kept.push([key, readablePart(key, value)]);
  }
  return Object.fromEntries(kept);
}

function readablePart(key: string, value: Json): Json {
  const inner = (part: Json): Json => (isJsonObject(part) ? readable(part) : part);
  if (SCHEMAS.has(key)) return Array.isArray(value) ? value.map(inner) : inner(value);
  if (SCHEMAS_BY_NAME.has(key) && isJsonObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inner(part)]));
  return value;
}
