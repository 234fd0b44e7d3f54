import * as z from "zod";
import type { Failure, Json, JsonObject } from "#core/ports";
import { convertValue, type ValueSchema } from "./convert-value.ts";
import type { ComponentDefinition } from "./define.ts";

/** Inputs as a component takes them, or why it cannot. */
export type CompletedInputs =
  | { readonly ok: true; readonly inputs: JsonObject }
  | { readonly ok: false; readonly failure: Failure };

/** The inputs of a component as JSON Schema, draft 2020-12. */
export interface InputSchema {
  readonly properties: { readonly [field: string]: ValueSchema };
  readonly required: readonly string[];
}

/** The field that a key of a stage's config means; undefined when the component has no such field. */
export function inputFieldOf(definition: ComponentDefinition, key: string): string | undefined {
  if (Object.hasOwn(definition.input.shape, key)) return key;
  return Object.hasOwn(definition.inputAliases, key) ? definition.inputAliases[key] : undefined;
}

/** The component's inputs as JSON Schema, for editors and for conversion. */
export function inputSchemaOf(definition: ComponentDefinition): InputSchema {
  let schema = inputSchemas.get(definition);
  if (schema === undefined) {
    const { properties, required } = z.toJSONSchema(definition.input, { io: "input" });
    // zod's type for a JSON Schema is wider than what it writes for a component's fields.
    schema = { properties: (properties ?? {}) as InputSchema["properties"], required: required ?? [] };
    inputSchemas.set(definition, schema);
  }
  return schema;
}

/**
 * Resolved values by written key -> inputs by field: aliases followed, legacy values modernised, values
 * converted to their field's type, defaults filled in, everything validated. Keys without a field are left
 * out; deferred fields pass as they are; null for an optional field means that it is not given.
 * Completing completed inputs changes nothing. Failures have type VALIDATION and name the field.
 */
export function completeInputs(definition: ComponentDefinition, written: JsonObject): CompletedInputs {
  const given = definition.modernise(byField(definition, written));
  const values = Object.fromEntries(converted(definition, given));
  const result = definition.input.safeParse(values);
  // The schemas change no value, they only add defaults; and zod's copies would lose a key `__proto__`.
  if (result.success) return { ok: true, inputs: { ...(result.data as JsonObject), ...values } };
  return { ok: false, failure: invalidInputs(definition, result.error.issues, given) };
}

const inputSchemas = new WeakMap<ComponentDefinition, InputSchema>();

/** A field's own name wins over its aliases. */
function byField(definition: ComponentDefinition, values: JsonObject): JsonObject {
  const given = new Map<string, Json>();
  for (const [key, value] of Object.entries(values)) {
    const field = inputFieldOf(definition, key);
    if (field !== undefined && (field === key || !given.has(field))) given.set(field, value);
  }
  return Object.fromEntries(given);
}

function* converted(definition: ComponentDefinition, given: JsonObject): Iterable<[string, Json]> {
  const { properties, required } = inputSchemaOf(definition);
  for (const [field, value] of Object.entries(given)) {
    const schema = properties[field];
    if (schema === undefined) continue;
    if (value === null && !takesAnything(schema) && !required.includes(field)) continue;
    yield [field, Object.hasOwn(definition.deferred, field) ? value : convertValue(value, schema)];
  }
}

function takesAnything(schema: ValueSchema): boolean {
  return schema.type === undefined && schema.anyOf === undefined && schema.enum === undefined;
}

function invalidInputs(
  definition: ComponentDefinition,
  issues: readonly z.core.$ZodIssue[],
  given: JsonObject,
): Failure {
  const messages = issues.map((issue) => describeIssue(definition, issue, given));
  const field = issues[0]?.path[0];
  return {
    type: "VALIDATION",
    message: messages.join(" "),
    recoverable: false,
    ...(typeof field === "string" ? { field } : {}),
  };
}

function describeIssue(definition: ComponentDefinition, issue: z.core.$ZodIssue, given: JsonObject): string {
  const [field, ...inner] = issue.path.map(String);
  if (field === undefined) return `The inputs of ${definition.type} are not usable: ${issue.message}.`;
  const value = given[field];
  const about = definition.input.shape[field]?.description ?? "";
  if (value === undefined) return `${definition.type} needs "${field}", which is not given. ${about}`;
  if (value === null) return `${definition.type} needs "${field}", which is null here. ${about}`;
  const place = inner.length === 0 ? `"${field}"` : `"${field}", at ${inner.join(".")},`;
  return `${definition.type} cannot use its input ${place}: ${issue.message}; it is ${brief(value)}. ${about}`;
}

function brief(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
