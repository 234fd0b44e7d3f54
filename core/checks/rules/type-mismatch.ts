import { inputSchemaOf, type ValueSchema } from "#core/component-definitions";
import { inferKinds, type Kind, type KindsOfPath, wholeExpression } from "#core/expressions";
import { expressionRoots, type Stage } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import { localNames } from "../local-names.ts";
import { outputKinds } from "../output-kinds.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { type StageFacts, stageFacts } from "../stage-facts.ts";
import type { Names } from "../structure.ts";

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
    const given = inferKinds(whole, kindsOfPath(facts, view, names, expression.names));
    const taken = takenKinds(schema);
    if (given === undefined || taken === undefined) continue;
    const isOptional = !required.includes(field);
    if ([...given].some((kind) => taken.has(kind) || (isOptional && kind === "null"))) continue;
    yield {
      rule: "type-mismatch",
      message: `"${key}" takes ${listed(declaredOf(schema))}, and this is ${listed([...given].map((kind) => words[kind]))}, so the stage would fail.`,
      span: expression.spanOf({ start: whole.start, end: whole.end }),
    };
  }
}

function kindsOfPath(
  facts: StageFacts,
  view: PipelineView,
  names: Names,
  ofPlace: readonly string[],
): KindsOfPath {
  return (root, path) => {
    if (ofPlace.includes(root) || localNames(view, facts.stage).has(root)) return undefined;
    const [first, ...more] = path;
    if (root === "input") {
      const isOne = typeof first === "string" && more.length === 0 && Object.hasOwn(names.inputKinds, first);
      return isOne ? new Set(names.inputKinds[first]) : undefined;
    }
    if (root === "upstream" || root === "stages") {
      return typeof first === "string" ? ofStage(view, view.find(first, facts.stage), more) : undefined;
    }
    return expressionRoots.has(root) ? undefined : ofStage(view, view.find(root, facts.stage), path);
  };
}

function ofStage(
  view: PipelineView,
  stage: Stage | undefined,
  path: readonly (string | number)[],
): ReadonlySet<Kind> | undefined {
  // A stage that failed and lets the run go on has null as its output, and one's own names may hold anything.
  if (stage === undefined || stage.onError !== null || stage.outputs.length > 0) return undefined;
  const { definition, outputNames } = stageFacts(view.document, stage, view.project.definitions);
  if (definition === undefined || outputNames === null) return undefined;
  const steps =
    path[0] === "output" && !Object.hasOwn(definition.output.shape, "output") ? path.slice(1) : path;
  const [field, ...more] = steps;
  // The legs of a matrix are collected under other names.
  if (typeof field !== "string" || more.length > 0 || !outputNames.has(field)) return undefined;
  return outputKinds(definition).get(field);
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
