import * as z from "zod";
import type { ComponentDefinition } from "#core/component-definitions";
import type { Kind } from "#core/expressions";
import { schemaKinds } from "./schema-kinds.ts";

type KindsByField = ReadonlyMap<string, ReadonlySet<Kind>>;

const known = new WeakMap<ComponentDefinition, KindsByField>();

/** The kinds of the fields of a component's output, of those whose schema says it. */
export function outputKinds(definition: ComponentDefinition): KindsByField {
  let kinds = known.get(definition);
  if (kinds === undefined) {
    kinds = findOut(definition);
    known.set(definition, kinds);
  }
  return kinds;
}

function findOut({ output }: ComponentDefinition): KindsByField {
  const { properties = {} } = z.toJSONSchema(output, { io: "output", unrepresentable: "any" });
  const found = new Map<string, ReadonlySet<Kind>>();
  for (const [field, schema] of Object.entries(properties)) {
    const kinds = schemaKinds(schema);
    if (kinds !== undefined) found.set(field, kinds);
  }
  return found;
}
