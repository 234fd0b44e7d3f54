import { isJsonObject } from "#core/pipeline";
import type { Json } from "#core/ports";

/** The part of JSON Schema that zod writes for component inputs and that conversion needs. */
export interface ValueSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  /** Values to offer where others are taken too. */
  readonly examples?: readonly unknown[];
  readonly items?: ValueSchema | boolean;
  readonly properties?: { readonly [key: string]: ValueSchema };
  readonly additionalProperties?: ValueSchema | boolean;
  readonly anyOf?: readonly ValueSchema[];
  /** What the component takes where nothing is given. */
  readonly default?: unknown;
}

/**
 * The value as the type that a field declares, where it can be read as one (facts, section 2, and design,
 * "Expressions"); otherwise the value itself, for the validator to refuse. Converting twice changes nothing more.
 */
export function convertValue(value: Json, schema: ValueSchema): Json {
  if (schema.anyOf !== undefined) return convertToOneOf(value, schema.anyOf);
  if (schema.enum !== undefined) return convertToMember(value, schema.enum);
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
  if (types.length === 0 || types.some((type) => hasType(value, type))) return convertWithin(value, schema);
  for (const type of types) {
    const converted = convertToType(value, type);
    if (converted !== undefined) return convertWithin(converted, schema);
  }
  return value;
}

function convertToOneOf(value: Json, options: readonly ValueSchema[]): Json {
  const fits = (option: ValueSchema): boolean =>
    typeof option.type === "string" && hasType(value, option.type);
  const fitting = options.find(fits);
  if (fitting !== undefined) return convertValue(value, fitting);
  for (const option of options) {
    const converted = convertValue(value, option);
    if (converted !== value) return converted;
  }
  return value;
}

function convertToMember(value: Json, members: readonly unknown[]): Json {
  if (typeof value !== "string" || members.includes(value)) return value;
  const lower = value.trim().toLowerCase();
  const member = members.find(
    (candidate) => typeof candidate === "string" && candidate.toLowerCase() === lower,
  );
  return typeof member === "string" ? member : value;
}

function hasType(value: Json, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return isJsonObject(value);
    default:
      return typeof value === type;
  }
}

function convertToType(value: Json, type: string): Json | undefined {
  switch (type) {
    case "string":
      return value === null ? undefined : typeof value === "string" ? value : JSON.stringify(value);
    case "number":
    case "integer":
      return toNumber(value);
    case "boolean":
      return toBoolean(value);
    case "array":
      return toList(value);
    case "object":
      return typeof value === "string" ? parsed(value, isJsonObject) : undefined;
    default:
      return undefined;
  }
}

function toNumber(value: Json): number | undefined {
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function toBoolean(value: Json): boolean | undefined {
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== "string") return undefined;
  const word = value.trim().toLowerCase();
  if (["true", "yes", "1", "on", "enabled"].includes(word)) return true;
  return ["false", "no", "0", "off", "disabled"].includes(word) ? false : undefined;
}

function toList(value: Json): Json | undefined {
  if (value === null || isJsonObject(value)) return undefined;
  const list = typeof value === "string" ? parsed(value, Array.isArray) : undefined;
  return list ?? [value];
}

function parsed(text: string, wanted: (value: Json) => boolean): Json | undefined {
  const first = text.trimStart()[0];
  if (first !== "{" && first !== "[") return undefined;
  try {
    const value: Json = JSON.parse(text);
    return wanted(value) ? value : undefined;
  } catch {
    // Text that only looks like JSON is text: the validator says what the field wants.
    return undefined;
  }
}

function convertWithin(value: Json, schema: ValueSchema): Json {
  if (Array.isArray(value)) {
    const { items } = schema;
    return typeof items === "object" ? value.map((item: Json) => convertValue(item, items)) : value;
  }
  const { properties, additionalProperties: others } = schema;
  if (!isJsonObject(value) || (properties === undefined && typeof others !== "object")) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const declared = properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : others;
      return [key, typeof declared === "object" ? convertValue(member, declared) : member];
    }),
  );
}
