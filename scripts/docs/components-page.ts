import * as z from "zod";
import { type ComponentDefinition, componentDefinitions } from "#core/component-definitions";
import { exampleOf } from "./example-of.ts";
import { code, json, page, table } from "./markdown.ts";
import { propertiesOf, requiredOf, type TypeSchema, valueType } from "./value-type.ts";

/** docs/reference/components.md: every built-in component. */
export function componentsPage(): string {
  const definitions = [...componentDefinitions.values()];
  return page("Components", [
    "What a stage can do. A stage names its component in `component_type` and gives it inputs in `config` or `input_mapping`. Every input may hold `{{ }}` [expressions](../expressions.md); values are converted to the input's type where they can be read as one. `-` equals `_` in the names of components. Components of your own stand in the project's `components/` folder.",
    contents(definitions),
    ...definitions.map(section),
  ]);
}

const groups: Readonly<Record<ComponentDefinition["category"], string>> = {
  ai: "Language models",
  data: "Data",
  integration: "The world outside",
  observability: "Observability",
  control: "Control flow",
};

function contents(definitions: readonly ComponentDefinition[]): string {
  return table(
    ["Group", "Components"],
    Object.entries(groups).map(([category, title]) => [
      title,
      definitions
        .filter((definition) => definition.category === category)
        .map(({ type }) => `[${code(type)}](#${type})`)
        .join(", "),
    ]),
  );
}

function section(definition: ComponentDefinition): string {
  const { type, title, description } = definition;
  const example = json(exampleOf(definition));
  return [
    `## ${type}`,
    `**${title}.** ${description}`,
    traits(definition),
    "### Inputs",
    inputs(definition),
    "### Output",
    outputs(definition),
    "### Example",
    `\`\`\`json\n${example}\n\`\`\``,
  ].join("\n\n");
}

function traits({ version, timeoutMs, requiresModel, idempotent }: ComponentDefinition): string {
  const parts = [
    `Version ${version}`,
    ...(requiresModel ? ["calls a language model"] : []),
    timeoutMs === null ? "no limit of its own" : `limit ${timeoutMs / 1000} s for an attempt`,
    whenResumed(idempotent),
  ];
  return `${parts.join(" · ")}.`;
}

function whenResumed(idempotent: ComponentDefinition["idempotent"]): string {
  if (typeof idempotent === "function")
    return "idempotent or not by its inputs: unless it only asks, a resumed run asks before it starts it again";
  return idempotent
    ? "idempotent: a resumed run may start it again"
    : "not idempotent: a resumed run asks before it starts it again";
}

function inputs({ input, inputAliases, deferred }: ComponentDefinition): string {
  const schema: TypeSchema = z.toJSONSchema(input, { io: "input" });
  const required = requiredOf(schema);
  const rows = propertiesOf(schema).map(([name, field]) => {
    const aliases = Object.entries(inputAliases).flatMap(([alias, to]) => (to === name ? [code(alias)] : []));
    const own = Object.hasOwn(deferred, name) ? deferred[name] : undefined;
    const more = [
      ...(own === undefined ? [] : [evaluated(own)]),
      ...(aliases.length === 0 ? [] : [`Also written ${aliases.join(", ")}.`]),
    ];
    const fallback = "default" in field ? code(JSON.stringify(field["default"])) : "";
    return [
      code(name),
      valueType(field),
      required.has(name) ? "required" : fallback,
      [text(field), ...more].filter((each) => each !== "").join(" "),
    ];
  });
  return rows.length === 0 ? "It takes none." : table(["Input", "Type", "Default", "What it is"], rows);
}

function evaluated({ kind, names }: NonNullable<ComponentDefinition["deferred"][string]>): string {
  const seen = names.length === 0 ? "" : `, which sees ${names.map(code).join(" and ")}`;
  return kind === "expression" ? `Text is an expression${seen}.` : `Text is a template${seen}.`;
}

function outputs({ output, outputAliases }: ComponentDefinition): string {
  const schema: TypeSchema = z.toJSONSchema(output, { io: "output" });
  const rows = propertiesOf(schema).map(([name, field]) => [code(name), valueType(field), text(field)]);
  const aliases = Object.entries(outputAliases).map(([alias, path]) => {
    if (!Array.isArray(path)) return `${code(alias)} has ${Object.keys(path).map(code).join(", ")}`;
    return `${code(alias)} reads ${path.length === 0 ? "the whole output" : code(path.join("."))}`;
  });
  const fields = table(["Field", "Type", "What it is"], rows);
  return aliases.length === 0 ? fields : `${fields}\n\nOther names in expressions: ${aliases.join("; ")}.`;
}

function text(schema: TypeSchema): string {
  const { description } = schema;
  return typeof description === "string" ? description : "";
}
