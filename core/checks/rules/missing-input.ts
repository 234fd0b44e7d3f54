import { type ComponentDefinition, inputSchemaOf } from "#core/component-definitions";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** What a component cannot do without must be given. A list of stages may also stand beside `config`. */
export function* missingInput({ stage, definition, inputs }: StageFacts): Iterable<Finding> {
  if (definition === undefined) return;
  const given = new Set(inputs.map(({ field }) => field));
  for (const field of inputSchemaOf(definition).required) {
    if (given.has(field) || (field === "routes" && stage.arms.length > 0)) continue;
    const about = definition.input.shape[field]?.description ?? "";
    yield {
      rule: "missing-input",
      message: `The stage "${stage.id}" needs "${field}" in its config. ${about}`.trim(),
      span: stage.writtenType?.span ?? stage.idSpan,
      ...fixOf(definition, field),
    };
  }
  const either = eitherOf.get(definition.type);
  if (either === undefined || either.some((field) => given.has(field))) return;
  yield {
    rule: "missing-input",
    message: `The stage "${stage.id}" needs "${either.join('" or "')}" in its config.`,
    span: stage.writtenType?.span ?? stage.idSpan,
  };
}

/** Components that need one of some fields, and which. */
const eitherOf: ReadonlyMap<string, readonly string[]> = new Map([
  ["json_transform", ["data", "template"]],
  ["filter", ["condition", "field_conditions"]],
]);

/** A value with which the stage can be saved and read; the writer says the rest. None where every simple one is refused. */
function fixOf(definition: ComponentDefinition, field: string): Pick<Finding, "fix"> {
  const shape = definition.input.shape[field];
  const members = inputSchemaOf(definition).properties[field]?.enum ?? [];
  const value = [...members, "", [], {}, 1, false].find((each) => shape?.safeParse(each).success === true);
  return value === undefined ? {} : { fix: { kind: "add-input", field, json: JSON.stringify(value) } };
}
