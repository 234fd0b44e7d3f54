import type { ComponentDefinition } from "#core/component-definitions";
import { nearest } from "#core/expressions";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A key that the component has no field for does nothing. Names of one's own are allowed in the map dialect's `inputs`. */
export function* unknownConfigKey({ definition, definitions, inputs }: StageFacts): Iterable<Finding> {
  if (definition === undefined) return;
  for (const { key, keySpan, field, from } of inputs) {
    if (field !== undefined || from === "inputs") continue;
    yield {
      rule: "unknown-config-key",
      message: `${definition.title} has no input "${key}", so this does nothing.${hint(key, definition, [...definitions.values()])}`,
      span: keySpan,
    };
  }
}

function hint(key: string, definition: ComponentDefinition, all: readonly ComponentDefinition[]): string {
  const fields = Object.keys(definition.input.shape);
  const near = nearest(key, [...fields, ...Object.keys(definition.inputAliases)]);
  if (near !== undefined) return ` Did you mean "${near}"?`;
  const other = all.find((one) => one !== definition && one.inputAliases[key] !== undefined);
  return other === undefined ? ` Its inputs are ${fields.join(", ")}.` : ` It is an input of ${other.type}.`;
}
