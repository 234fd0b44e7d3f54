import { fieldNamed, type JsonNode } from "#core/pipeline";

/** The names of an `input_schema`; empty when it is open, or says nothing. */
export function declaredInputs(schema: JsonNode | null): readonly string[] {
  if (schema?.kind !== "object") return [];
  const properties = fieldNamed(schema.properties, "properties")?.value;
  const others = fieldNamed(schema.properties, "additionalProperties")?.value;
  const open = others !== undefined && !(others.kind === "boolean" && !others.value);
  if (properties?.kind !== "object" || open) return [];
  return properties.properties.map(({ key }) => key);
}
