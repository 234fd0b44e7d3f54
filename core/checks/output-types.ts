import * as z from "zod";
import type { ComponentDefinition } from "#core/component-definitions";
import type { ValueType } from "#core/expressions";
import { schemaType } from "./schema-type.ts";

type TypesByField = ReadonlyMap<string, ValueType>;

const known = new WeakMap<ComponentDefinition, TypesByField>();

/** The types of the fields of a component's output, as its schema says. */
export function outputTypes(definition: ComponentDefinition): TypesByField {
  let types = known.get(definition);
  if (types === undefined) {
    const { properties = {} } = z.toJSONSchema(definition.output, { io: "output", unrepresentable: "any" });
    types = new Map(Object.entries(properties).map(([field, schema]) => [field, schemaType(schema)]));
    known.set(definition, types);
  }
  return types;
}
