/** A JSON Schema, as far as types are read off it. */
export interface TypeSchema {
  readonly [keyword: string]: unknown;
}

/** What a value may be, in words: "list of text", "whole number from 1 to 10". */
export function valueType(schema: TypeSchema): string {
  const options = listIn(schema, "anyOf");
  if (options.length > 0) return [...new Set(options.map(valueType))].join(" or ");
  const members = schema["enum"];
  if (Array.isArray(members)) return members.map((member) => `\`${String(member)}\``).join(", ");
  if ("const" in schema) return `\`${String(schema["const"])}\``;
  const { type } = schema;
  if (Array.isArray(type)) return type.map((each) => valueType({ ...schema, type: each })).join(" or ");
  switch (type) {
    case "string":
      return "text";
    case "integer":
      return `whole number${range(schema)}`;
    case "number":
      return `number${range(schema)}`;
    case "boolean":
      return "true or false";
    case "null":
      return "null";
    case "array": {
      const { items } = schema;
      const least = schema["minItems"];
      const of = isSchema(items) && Object.keys(items).length > 0 ? ` of ${valueType(items)}` : "";
      return `list${of}${typeof least === "number" && least > 0 ? `, at least ${least}` : ""}`;
    }
    case "object": {
      const values = schema["additionalProperties"];
      const of = isSchema(values) && Object.keys(values).length > 0 ? ` of ${valueType(values)}` : "";
      return `object${of}`;
    }
    default:
      return "anything";
  }
}

/** The properties of an object schema, by name. */
export function propertiesOf(schema: TypeSchema): readonly (readonly [string, TypeSchema])[] {
  const { properties } = schema;
  return isSchema(properties)
    ? Object.entries(properties).map(([name, each]) => [name, isSchema(each) ? each : {}])
    : [];
}

/** The names of the properties that must be there. */
export function requiredOf(schema: TypeSchema): ReadonlySet<string> {
  const { required } = schema;
  return new Set(Array.isArray(required) ? required.map(String) : []);
}

export function isSchema(value: unknown): value is TypeSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The schemas in a list of a schema. */
export function listIn(schema: TypeSchema, keyword: string): readonly TypeSchema[] {
  const list = schema[keyword];
  return Array.isArray(list) ? list.filter(isSchema) : [];
}

/** zod bounds every whole number by what JavaScript can count; that is no limit to tell. */
function range(schema: TypeSchema): string {
  const bound = (keyword: string): number | null => {
    const value = schema[keyword];
    return typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;
  };
  const from = bound("minimum");
  const above = bound("exclusiveMinimum");
  const to = bound("maximum");
  const start = from === null ? (above === null ? "" : ` above ${above}`) : ` from ${from}`;
  return to === null ? start : `${start} to ${to}`;
}
