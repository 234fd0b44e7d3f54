import type { ComponentDefinition } from "#core/component-definitions";
import { nearest } from "#core/expressions";
import { question } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A key that the component has no field for does nothing. Names of one's own are allowed in the map dialect's `inputs`. */
export function* unknownConfigKey({ definition, definitions, inputs }: StageFacts): Iterable<Finding> {
  if (definition === undefined) return;
  for (const { key, keySpan, field, from } of inputs) {
    if (field !== undefined || from === "inputs") continue;
    const near = nearest(key, [
      ...Object.keys(definition.input.shape),
      ...Object.keys(definition.inputAliases),
    ]);
    const hint = question(near) || instead(key, definition, [...definitions.values()]);
    yield {
      rule: "unknown-config-key",
      message: `${definition.title} has no input "${key}", so this does nothing.${hint}`,
      span: keySpan,
      fix: near === undefined ? { kind: "remove" } : { kind: "replace-key", key: near },
    };
  }
}

function instead(key: string, definition: ComponentDefinition, all: readonly ComponentDefinition[]): string {
  const other = all.find((one) => one !== definition && Object.hasOwn(one.inputAliases, key));
  const fields = Object.keys(definition.input.shape);
  return other === undefined ? ` Its inputs are ${fields.join(", ")}.` : ` It is an input of ${other.type}.`;
}
