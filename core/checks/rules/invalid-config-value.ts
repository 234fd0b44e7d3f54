import {
  type ComponentDefinition,
  convertValue,
  inputSchemaOf,
  type ValueSchema,
} from "#core/component-definitions";
import { nearest } from "#core/expressions";
import { type JsonNode, type JsonValue, nodeToJson } from "#core/pipeline";
import { isConstant } from "../constant.ts";
import { question, textFix } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import type { StageFacts, WrittenInput } from "../stage-facts.ts";

/** A constant must be what its field takes, after the conversions that a run makes. What has templates is known only then. */
export function* invalidConfigValue({ definition, inputs }: StageFacts): Iterable<Finding> {
  if (definition === undefined) return;
  const { properties, required } = inputSchemaOf(definition);
  for (const input of inputs) {
    const { field, value } = input;
    if (field === undefined || !isConstant(value)) continue;
    const written = modernised(definition, field, nodeToJson(value));
    if (written === null && !required.includes(field)) continue;
    const schema = properties[field];
    const shape = definition.input.shape[field];
    if (schema === undefined || shape === undefined) continue;
    const deferred = Object.hasOwn(definition.deferred, field);
    const result = shape.safeParse(deferred ? written : convertValue(written, schema));
    const issue = result.success ? undefined : result.error.issues[0];
    if (issue === undefined) continue;
    const at = nodeAt(value, issue.path);
    yield {
      rule: "invalid-config-value",
      ...describe(input, at, schemaAt(schema, issue.path), issue.message),
      span: at.span,
    };
  }
  yield* refused(definition, inputs);
}

/** What the component itself says can never work, with templates in it or without. */
function* refused(definition: ComponentDefinition, inputs: readonly WrittenInput[]): Iterable<Finding> {
  // Of what is written twice, the later wins, as in a run.
  const byField = new Map(
    inputs.flatMap((input) => (input.field === undefined ? [] : [[input.field, input] as const])),
  );
  const written = Object.fromEntries(Array.from(byField, ([field, { value }]) => [field, nodeToJson(value)]));
  for (const { path, message } of definition.refuse(written)) {
    const [field, ...inner] = path;
    const input = byField.get(field);
    if (input !== undefined)
      yield { rule: "invalid-config-value", message, span: nodeAt(input.value, inner).span };
  }
}

function modernised(definition: ComponentDefinition, field: string, value: JsonValue): JsonValue {
  const inputs = definition.modernise({ [field]: value });
  return inputs[field] ?? value;
}

/** The node that an issue is about, or the innermost one around it that is written. */
function nodeAt(node: JsonNode, path: readonly PropertyKey[]): JsonNode {
  const [step, ...rest] = path;
  if (step === undefined) return node;
  if (node.kind === "array" && typeof step === "number") {
    const item = node.items[step];
    return item === undefined ? node : nodeAt(item, rest);
  }
  if (node.kind !== "object") return node;
  const property = node.properties.findLast(({ key }) => key === step);
  return property === undefined ? node : nodeAt(property.value, rest);
}

function schemaAt(schema: ValueSchema, path: readonly PropertyKey[]): ValueSchema | undefined {
  let at: ValueSchema | boolean | undefined = schema;
  for (const step of path) {
    if (typeof at !== "object") return undefined;
    at = typeof step === "number" ? at.items : at.additionalProperties;
  }
  return typeof at === "object" ? at : undefined;
}

function describe(
  { key }: WrittenInput,
  node: JsonNode,
  schema: ValueSchema | undefined,
  message: string,
): Pick<Finding, "message" | "fix"> {
  const members = schema?.enum?.filter((member) => typeof member === "string");
  if (members !== undefined && members.length > 0) {
    const meant = node.kind === "string" ? nearest(node.value, members) : undefined;
    return {
      message: `"${key}" must be one of ${members.join(", ")}.${question(meant)}`,
      ...textFix(meant),
    };
  }
  return { message: `"${key}" cannot be this: ${message}.` };
}
