import * as z from "zod";
import type { ComponentDefinition } from "#core/component-definitions";
import { examples } from "./examples.ts";
import { isSchema, listIn, propertiesOf, requiredOf, type TypeSchema } from "./value-type.ts";

/** A pipeline that uses a component and has no error: one written for it, else its required inputs made up. */
export function exampleOf({ type, input }: ComponentDefinition): object {
  const written = examples.get(type);
  if (written !== undefined) return written;
  const schema: TypeSchema = z.toJSONSchema(input, { io: "input" });
  const required = requiredOf(schema);
  const config = propertiesOf(schema)
    .filter(([name]) => required.has(name))
    .map(([name, field]) => [name, sample(name, field)] as const);
  return {
    name: type.replaceAll("_", "-"),
    stages: [{ id: type, component_type: type, config: Object.fromEntries(config) }],
  };
}

function sample(name: string, schema: TypeSchema): unknown {
  if ("default" in schema) return schema["default"];
  const members = schema["enum"];
  if (Array.isArray(members)) return members[0];
  const [first] = listIn(schema, "anyOf");
  if (first !== undefined) return sample(name, first);
  switch (schema["type"]) {
    case "integer":
    case "number":
      return typeof schema["minimum"] === "number" ? Math.max(1, schema["minimum"]) : 1;
    case "boolean":
      return true;
    case "array": {
      const { items, minItems } = schema;
      const item = sample(name, isSchema(items) ? items : {});
      return Array.from({ length: typeof minItems === "number" ? minItems : 1 }, () => item);
    }
    case "object":
      return {};
    default:
      return `some ${name}`;
  }
}
