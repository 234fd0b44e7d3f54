import type { JsonValue } from "#core/pipeline";
import { limitInWords } from "./describe-limits.ts";
import { type FieldSchema, typesOf, type ValueLimits } from "./field-schema.ts";

/** What a schema asks of a value of one of some types, besides the type. */
export interface FieldLimits extends ValueLimits {
  readonly types: ReadonlySet<string>;
}

/** The limits of a schema, of each of its alternatives. */
export function limitsOf(schema: FieldSchema): readonly FieldLimits[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(limitsOf);
  const types = typesOf(schema);
  const limits = limiting.filter((keyword) => schema[keyword] !== undefined);
  if (types.size === 0) return [];
  return [{ types, ...Object.fromEntries(limits.map((keyword) => [keyword, schema[keyword]])) }];
}

const limiting = [
  "minimum",
  "exclusiveMinimum",
  "maximum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
] as const satisfies readonly (keyof FieldLimits & keyof FieldSchema)[];

/** How a value oversteps the limits of its type; null where it does not, and of a value with `{{ }}`, which is known in a run only. */
export function faultOf(limits: readonly FieldLimits[], value: JsonValue): string | null {
  if (JSON.stringify(value).includes("{{")) return null;
  const own = limits.filter(({ types }) => typesOfValue(value).some((type) => types.has(type)));
  // One that it fits is enough.
  if (own.length === 0 || own.some((each) => fits(each, value))) return null;
  return own.map(limitInWords).find((words) => words !== "") ?? null;
}

function fits(limits: FieldLimits, value: JsonValue): boolean {
  if (typeof value === "number") return isWithin(limits, value);
  if (typeof value === "string") {
    const { minLength, maxLength, pattern } = limits;
    const { length } = value;
    return (
      length >= (minLength ?? 0) &&
      length <= (maxLength ?? Number.POSITIVE_INFINITY) &&
      (pattern === undefined || new RegExp(pattern, "u").test(value))
    );
  }
  if (!Array.isArray(value)) return true;
  return (
    value.length >= (limits.minItems ?? 0) && value.length <= (limits.maxItems ?? Number.POSITIVE_INFINITY)
  );
}

function isWithin(
  { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf }: FieldLimits,
  value: number,
): boolean {
  return (
    value >= (minimum ?? Number.NEGATIVE_INFINITY) &&
    value > (exclusiveMinimum ?? Number.NEGATIVE_INFINITY) &&
    value <= (maximum ?? Number.POSITIVE_INFINITY) &&
    value < (exclusiveMaximum ?? Number.POSITIVE_INFINITY) &&
    // 0.3 is three times 0.1, though not in floating point.
    (multipleOf === undefined || Math.abs(value / multipleOf - Math.round(value / multipleOf)) < 1e-9)
  );
}

function typesOfValue(value: JsonValue): readonly string[] {
  if (value === null) return ["null"];
  if (Array.isArray(value)) return ["array"];
  if (typeof value === "number") return Number.isInteger(value) ? ["number", "integer"] : ["number"];
  return [typeof value];
}
