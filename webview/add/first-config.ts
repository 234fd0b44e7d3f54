import type { JsonMembers, JsonValue } from "#core/pipeline";
import type { FieldSchema, FieldSchemas } from "../inspector/form/field-schema.ts";

/**
 * The config that a new stage begins with: every required field of one type, empty. One that takes anything is left
 * out: any value would be a choice nobody has made, and the checks say that it is missing.
 */
export function firstConfig(fields: FieldSchemas, required: readonly string[]): JsonMembers {
  return Object.fromEntries(
    required.flatMap((name): readonly (readonly [string, JsonValue])[] => {
      const schema = Object.hasOwn(fields, name) ? fields[name] : undefined;
      const value = schema === undefined ? undefined : emptyValue(schema);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function emptyValue(schema: FieldSchema): JsonValue | undefined {
  const { anyOf, type, enum: members, const: only, minimum } = schema;
  const fixed = only ?? members?.[0];
  if (typeof fixed === "string" || typeof fixed === "number" || typeof fixed === "boolean") return fixed;
  if (anyOf !== undefined) return anyOf.map(emptyValue).find((value) => value !== undefined);
  switch (typeof type === "string" ? type : type?.[0]) {
    case "string":
      return "";
    case "number":
    case "integer":
      return minimum ?? 0;
    case "boolean":
      return false;
    case "array":
      return [];
    case "object":
      return {};
    case "null":
      return null;
    case undefined:
      return undefined;
    default:
      return undefined;
  }
}
