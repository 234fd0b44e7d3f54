import { type ComponentDefinition, inputSchemaOf, type ValueSchema } from "#core/component-definitions";

/** What a component is, takes and gives, in Markdown. */
export function describeDefinition(definition: ComponentDefinition): string {
  const { title, type, version, description, unusable } = definition;
  if (unusable !== null) return `\`${type}\` cannot be used.\n\n${unusable}`;
  const inputs = Object.keys(definition.input.shape).map((field) => `- ${describeInput(definition, field)}`);
  const outputs = Object.entries(definition.output.shape).map(
    ([name, { description: about }]) => `- \`${name}\`${about === undefined ? "" : `: ${about}`}`,
  );
  return [
    `**${title}** \`${type}\` ${version}${description === "" ? "" : `\n\n${description}`}`,
    ...(inputs.length === 0 ? [] : [`Config:\n\n${inputs.join("\n")}`]),
    ...(outputs.length === 0 ? [] : [`Output:\n\n${outputs.join("\n")}`]),
  ].join("\n\n");
}

/** What a field of a component takes, in a line of Markdown. */
export function describeInput(definition: ComponentDefinition, field: string): string {
  const { properties, required } = inputSchemaOf(definition);
  const schema = properties[field];
  const about = definition.input.shape[field]?.description;
  const notes = [
    schema === undefined ? "" : typeOf(schema),
    required.includes(field) ? "required" : defaultOf(schema),
  ];
  const told = notes.filter((note) => note !== "").join(", ");
  return `\`${field}\`${told === "" ? "" : ` (${told})`}${about === undefined ? "" : `: ${about}`}`;
}

function defaultOf(schema: ValueSchema | undefined): string {
  return schema?.default === undefined ? "" : `default \`${JSON.stringify(schema.default)}\``;
}

/** The type as people say it. */
export function typeOf(schema: ValueSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].filter(Boolean).join(" or ");
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
  return types.map((type) => names[type] ?? type).join(" or ");
}

const names: Readonly<Record<string, string>> = { array: "list", boolean: "true or false" };
