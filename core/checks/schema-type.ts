import {
  anyType,
  listOf,
  neverType,
  nullType,
  objectWith,
  plain,
  tupleOf,
  unionOf,
  type ValueType,
} from "#core/expressions";
import { type JsonNode, type JsonValue, nodeToJson } from "#core/pipeline";

/** The type of what a JSON Schema lets through, of draft 7 or 2020-12; `anyType` where it does not say, or refers elsewhere. */
export function schemaType(schema: unknown, depth = 0): ValueType {
  // What stands beside `$ref` counts in one draft and not in the other.
  if (depth > DEEPEST || member(schema, "$ref") !== undefined) return anyType;
  const type = ownType(schema, depth);
  // As some older files write it, and as the validator takes it.
  return member(schema, "nullable") === true ? unionOf([type, nullType]) : type;
}

/** Deeper than anyone writes a schema. */
const DEEPEST = 16;

/** For each name that an `input_schema` declares, what a run can have there: null too where nothing may be there. */
export function inputTypes(schema: JsonNode | null): Readonly<Record<string, ValueType>> {
  const json: JsonValue = schema === null ? null : nodeToJson(schema);
  const required = member(json, "required");
  const types = entriesOf(member(json, "properties")).map(([name, property]) => {
    const isGiven = Array.isArray(required) && required.includes(name);
    const type = schemaType(property);
    return [name, isGiven ? type : unionOf([type, nullType])] as const;
  });
  return Object.fromEntries(types);
}

function ownType(schema: unknown, depth: number): ValueType {
  const type = member(schema, "type");
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const known = types.map((each) => typeNamed(each, schema, depth));
  if (known.every((each) => each !== undefined)) return unionOf(known);
  const options = member(schema, "anyOf") ?? member(schema, "oneOf");
  return Array.isArray(options) ? unionOf(options.map((each) => schemaType(each, depth + 1))) : anyType;
}

function typeNamed(name: unknown, schema: unknown, depth: number): ValueType | undefined {
  switch (name) {
    case "string":
      return plain("text");
    case "number":
    case "integer":
      return plain("number");
    case "boolean":
      return plain("boolean");
    case "null":
      return nullType;
    case "array":
      return listType(schema, depth + 1);
    case "object":
      return objectType(schema, depth + 1);
    default:
      return undefined;
  }
}

/** `prefixItems` says something in the newer draft only, a list of `items` in the older one. */
function listType(schema: unknown, depth: number): ValueType {
  const items = member(schema, "items");
  if (items === undefined || member(schema, "prefixItems") !== undefined) return plain("list");
  return Array.isArray(items)
    ? tupleOf(
        items.map((each) => schemaType(each, depth)),
        anyType,
      )
    : listOf(schemaType(items, depth));
}

function objectType(schema: unknown, depth: number): ValueType {
  const named = entriesOf(member(schema, "properties")).map(
    ([name, property]) => [name, schemaType(property, depth)] as const,
  );
  return objectWith(Object.fromEntries(named), othersType(schema, depth));
}

function othersType(schema: unknown, depth: number): ValueType {
  const additional = member(schema, "additionalProperties");
  if (additional === undefined || member(schema, "patternProperties") !== undefined) return anyType;
  return additional === false ? neverType : schemaType(additional, depth);
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  // It is an object that has the key.
  return (value as Readonly<Record<string, unknown>>)[key];
}
