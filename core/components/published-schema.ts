import * as z from "zod";
import { pipelineJsonSchema } from "#core/pipeline";
import type { ComponentDefinition } from "./define.ts";

/** A JSON Schema, draft 7, as far as this file builds one. */
export interface PublishedSchema {
  readonly [keyword: string]: unknown;
}

/** Where the published schema says it is. Files name this address or the same one of flowmason.io (facts, section 1.1). */
export const pipelineSchemaAddress = "https://flowmason.dev/schemas/pipeline.schema.json";

/**
 * The published schema of canonical form: that of the pipeline, and for each component what its config may hold, so
 * that any JSON editor completes and checks it. A value may always be a text with `{{ }}` in its place.
 */
export function publishedPipelineSchema(
  definitions: ReadonlyMap<string, ComponentDefinition>,
): PublishedSchema {
  const base: PublishedSchema = pipelineJsonSchema();
  const { pipeline, ...known } = objectIn(base, "definitions");
  const stage = objectIn(known, "stage");
  const components = [...definitions.values()];
  const types = {
    description: objectIn(objectIn(stage, "properties"), "component_type")["description"],
    anyOf: [{ enum: components.map(({ type }) => type) }, { type: "string", minLength: 1 }],
  };
  return {
    $schema: base["$schema"],
    ...(isObject(pipeline) ? pipeline : base),
    $id: pipelineSchemaAddress,
    title: "FlowMason pipeline",
    definitions: {
      ...known,
      stage: {
        ...stage,
        properties: { ...objectIn(stage, "properties"), component_type: types },
        allOf: components.map(({ type }) => whenComponent(type)),
      },
      ...Object.fromEntries(components.map((definition) => [nameOf(definition.type), inputsOf(definition)])),
    },
  };
}

function whenComponent(type: string): PublishedSchema {
  const inputs = { $ref: `#/definitions/${nameOf(type)}` };
  return {
    if: {
      properties: { component_type: { type: "string", pattern: `^${type}(@.*)?$` } },
      required: ["component_type"],
    },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { config: inputs, input_mapping: inputs } },
  };
}

function nameOf(type: string): string {
  return `inputs_of_${type}`;
}

/** Nothing is required: an input may be in config or in input_mapping. */
function inputsOf({ input, description, deferred }: ComponentDefinition): PublishedSchema {
  const schema: PublishedSchema = z.toJSONSchema(input, { io: "input", target: "draft-7" });
  const fields = Object.entries(objectIn(schema, "properties")).map(([field, written]) => {
    const own = isObject(written) ? written : {};
    return [field, Object.hasOwn(deferred, field) ? withDescription({}, own) : orTemplate(own)] as const;
  });
  return { type: "object", description, properties: Object.fromEntries(fields) };
}

const template: PublishedSchema = { type: "string", pattern: "\\{\\{" };

/** The same schema where any value may be a text with an expression in it. */
function orTemplate(schema: PublishedSchema): PublishedSchema {
  const within = Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [keyword, loosened(keyword, value)]),
  );
  const isAnyText =
    schema["type"] === "string" && ["enum", "pattern", "minLength"].every((key) => !(key in schema));
  const isAnything = ["type", "enum", "const", "anyOf", "allOf", "$ref"].every((key) => !(key in schema));
  if (isAnyText || isAnything) return within;
  return withDescription({ anyOf: [without(within, ["description", "default"]), template] }, schema);
}

function loosened(keyword: string, value: unknown): unknown {
  if (keyword === "items" || keyword === "additionalProperties")
    return isObject(value) ? orTemplate(value) : value;
  if (keyword === "properties" && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, isObject(each) ? orTemplate(each) : each]),
    );
  }
  return value;
}

function withDescription(schema: PublishedSchema, from: PublishedSchema): PublishedSchema {
  const kept = Object.entries(from).filter(([keyword]) => keyword === "description" || keyword === "default");
  return { ...Object.fromEntries(kept), ...schema };
}

function without(schema: PublishedSchema, keywords: readonly string[]): PublishedSchema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)));
}

function objectIn(schema: PublishedSchema, key: string): PublishedSchema {
  const value = schema[key];
  if (!isObject(value)) throw new Error(`The schema has no object "${key}".`);
  return value;
}

function isObject(value: unknown): value is PublishedSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
