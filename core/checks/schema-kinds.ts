import { type Kind, kindsOf } from "#core/expressions";
import type { JsonNode } from "#core/pipeline";
import { type JsonValue, nodeToJson } from "#core/pipeline";

/** The kinds of value that a JSON Schema lets through; undefined where it does not say. */
export function schemaKinds(schema: unknown): ReadonlySet<Kind> | undefined {
  if (typeof schema !== "object" || schema === null) return undefined;
  const options = member(schema, "anyOf") ?? member(schema, "oneOf");
  if (Array.isArray(options)) {
    const kinds = options.map(schemaKinds);
    return kinds.every((each) => each !== undefined)
      ? new Set(kinds.flatMap((each) => [...each]))
      : undefined;
  }
  const type = member(schema, "type");
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const kinds = types.map((each) => (typeof each === "string" ? kindOfType.get(each) : undefined));
  return kinds.every((each) => each !== undefined) ? kindsOf(...kinds) : undefined;
}

/** For each name that an `input_schema` declares, the kinds that a run can have there: null too where it may be left out. */
export function inputKinds(schema: JsonNode | null): Readonly<Record<string, readonly Kind[]>> {
  const json: JsonValue = schema === null ? null : nodeToJson(schema);
  const properties = member(json, "properties");
  if (typeof properties !== "object" || properties === null) return {};
  const required = member(json, "required");
  const kinds: [string, readonly Kind[]][] = [];
  for (const [name, property] of Object.entries(properties)) {
    const known = schemaKinds(property);
    if (known === undefined) continue;
    const isGiven = Array.isArray(required) && required.includes(name);
    kinds.push([name, isGiven ? [...known] : [...known, "null"]]);
  }
  return Object.fromEntries(kinds);
}

const kindOfType: ReadonlyMap<string, Kind> = new Map([
  ["string", "text"],
  ["number", "number"],
  ["integer", "number"],
  ["boolean", "boolean"],
  ["null", "null"],
  ["array", "list"],
  ["object", "object"],
]);

function member(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  // It is an object that has the key.
  return (value as Readonly<Record<string, unknown>>)[key];
}
