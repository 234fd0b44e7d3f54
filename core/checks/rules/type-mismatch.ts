import { inputSchemaOf, type ValueSchema } from "#core/component-definitions";
import { inferType, type Kind, wholeExpression } from "#core/expressions";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";
import type { Names } from "../structure.ts";
import { typeOfPathIn } from "../type-of-path.ts";

/**
 * What a whole template gives must be something that the field takes, after the conversions of a run. Only what is
 * certain to fail is told: the kinds that can come out have none in common with those that go in.
 */
export function* typeMismatch(facts: StageFacts, view: PipelineView, names: Names): Iterable<Finding> {
  const { definition, inputs, expressions } = facts;
  if (definition === undefined || view.inherits) return;
  const { properties, required } = inputSchemaOf(definition);
  const byText = new Map(expressions.map((each) => [each.text, each]));
  for (const { key, field, value } of inputs) {
    if (field === undefined || value.kind !== "string" || Object.hasOwn(definition.deferred, field)) continue;
    // A field may have old spellings of its values, which are read before they are converted.
    if (definition.inputAliases[key] !== undefined) continue;
    const expression = byText.get(value.value);
    const schema = properties[field];
    if (schema === undefined || expression?.parsed.kind !== "template") continue;
    const whole = wholeExpression(expression.parsed)?.expression;
    if (whole === undefined || whole === null) continue;
    const { kinds: given } = inferType(whole, typeOfPathIn(facts, view, names, expression.names));
    const taken = takenKinds(schema);
    // Where nothing comes out, reading it fails, which is not about its type.
    if (given.length === 0 || taken === undefined) continue;
    const isOptional = !required.includes(field);
    if (given.some((kind) => taken.has(kind) || (isOptional && kind === "null"))) continue;
    yield {
      rule: "type-mismatch",
      message: `"${key}" takes ${listed(declaredOf(schema))}, and this is ${listed(given.map((kind) => words[kind]))}, so the stage would fail.`,
      span: expression.spanOf({ start: whole.start, end: whole.end }),
    };
  }
}

/** The kinds of which at least some value can be converted; undefined where a schema is not understood. */
function takenKinds(schema: ValueSchema): ReadonlySet<Kind> | undefined {
  if (schema.anyOf !== undefined) {
    const kinds = schema.anyOf.map(takenKinds);
    return kinds.every((each) => each !== undefined)
      ? new Set(kinds.flatMap((each) => [...each]))
      : undefined;
  }
  if (schema.enum !== undefined)
    return schema.enum.every((each) => typeof each === "string") ? new Set(["text"]) : undefined;
  return typeof schema.type === "string" ? takenBy.get(schema.type) : undefined;
}

/** Conversions of core/components/convert-value.ts: any value but null is text, a scalar is a list of one, text may be all. */
const takenBy: ReadonlyMap<string, ReadonlySet<Kind>> = new Map<string, ReadonlySet<Kind>>([
  ["string", new Set(["text", "number", "boolean", "list", "object"])],
  ["number", new Set(["number", "text"])],
  ["integer", new Set(["number", "text"])],
  ["boolean", new Set(["boolean", "number", "text"])],
  ["array", new Set(["list", "text", "number", "boolean"])],
  ["object", new Set(["object", "text"])],
]);

const words: Readonly<Record<Kind, string>> = {
  text: "text",
  number: "a number",
  boolean: "true or false",
  null: "null",
  list: "a list",
  object: "an object",
};

const wordsOfType: ReadonlyMap<string, string> = new Map([
  ["string", "text"],
  ["number", "a number"],
  ["integer", "a whole number"],
  ["boolean", "true or false"],
  ["array", "a list"],
  ["object", "an object"],
]);

function declaredOf(schema: ValueSchema): readonly string[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(declaredOf);
  if (schema.enum !== undefined) return schema.enum.map((each) => JSON.stringify(each));
  return [wordsOfType.get(String(schema.type)) ?? "another value"];
}

function listed(parts: readonly string[]): string {
  return [...new Set(parts)].join(" or ");
}
