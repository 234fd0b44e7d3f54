import { type Field, fieldNamed, type JsonNode } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import type { StageFacts, WrittenInput } from "../stage-facts.ts";

/** Fields of which the first, where both are written, counts alone. */
const stageFields: readonly (readonly [string, string])[] = [
  ["timeout_ms", "timeout"],
  ["retry", "retry_config"],
];

/** Inputs of json_transform, the one that counts first. */
const transforms = ["template", "jmespath_expression", "mapping"];

/** What is written and does nothing, because of something else that is written. */
export function* fieldWithoutEffect({ stage, definition, inputs }: StageFacts): Iterable<Finding> {
  const { fields } = stage;
  for (const [counts, ignored] of stageFields) {
    const field = written(fields, ignored);
    if (field !== undefined && written(fields, counts) !== undefined) yield without(field, counts);
  }
  const handling = written(fields, "error_handling")?.value;
  if (handling?.kind === "object") yield* handledTwice(fields, handling);
  yield* givenTwice(inputs);
  if (definition?.type === "json_transform") yield* transformedTwice(inputs);
  if (definition?.type === "foreach") yield* sequentialLimit(inputs);
}

function* handledTwice(
  fields: readonly Field[],
  handling: Extract<JsonNode, { kind: "object" }>,
): Iterable<Finding> {
  const outer = ["retry", "retry_config"].find((key) => written(fields, key) !== undefined);
  for (const key of ["max_retries", "retry_delay"]) {
    const field = written(handling.properties, key);
    if (field !== undefined && outer !== undefined) yield without(field, outer);
  }
  const onError = written(handling.properties, "on_error");
  if (onError !== undefined && written(fields, "on_error") !== undefined) yield without(onError, "on_error");
}

/** `input_mapping` counts before `config`, and a field's own name before its other spellings. */
function* givenTwice(inputs: readonly WrittenInput[]): Iterable<Finding> {
  const counting = new Map<string, WrittenInput>();
  for (const input of inputs) {
    const { field } = input;
    if (field === undefined) continue;
    const other = counting.get(field);
    counting.set(field, other !== undefined && isOwn(other) && !isOwn(input) ? other : input);
  }
  for (const input of inputs) {
    const { field, key } = input;
    const other = field === undefined ? undefined : counting.get(field);
    if (other === undefined || other === input) continue;
    // A key that stands twice in one object is told as such.
    if (other.key === key && other.from === input.from) continue;
    yield without(input, other.key === key ? `${other.from}.${key}` : other.key);
  }
}

function isOwn({ key, field }: WrittenInput): boolean {
  return key === field;
}

function* transformedTwice(inputs: readonly WrittenInput[]): Iterable<Finding> {
  const given = transforms.flatMap((name) =>
    inputs.filter(({ field, value }) => field === name && says(value)),
  );
  const [first, ...others] = given;
  for (const other of others)
    if (first !== undefined && other.field !== first.field) yield without(other, first.key);
}

function* sequentialLimit(inputs: readonly WrittenInput[]): Iterable<Finding> {
  const limit = inputs.find(({ field }) => field === "max_parallel");
  const parallel = inputs.findLast(({ field }) => field === "parallel")?.value;
  const isSequential =
    parallel === undefined ||
    (parallel.kind === "boolean" && !parallel.value) ||
    (parallel.kind === "string" && parallel.value === "sequential");
  if (limit === undefined || !isSequential) return;
  yield {
    rule: "field-without-effect",
    message: `"${limit.key}" does nothing here, since the items run one after the other. Write "parallel": true, or remove it.`,
    span: limit.keySpan,
    fix: { kind: "remove" },
  };
}

function without({ key, keySpan }: Field, counts: string): Finding {
  return {
    rule: "field-without-effect",
    message: `"${key}" does nothing here, since "${counts}" counts before it. Remove one of them.`,
    span: keySpan,
    fix: { kind: "remove" },
  };
}

function written(fields: readonly Field[], name: string): Field | undefined {
  const field = fieldNamed(fields, name);
  return field !== undefined && says(field.value) ? field : undefined;
}

function says({ kind }: JsonNode): boolean {
  return kind !== "null" && kind !== "error";
}
