import { type ComponentDefinition, type DeferredField, inputSchemaOf } from "#core/component-definitions";
import type { ComponentFace } from "#protocol";
import type { FieldSchema, FieldSchemas } from "./field-schema.ts";

/** What a form needs of a component: what it takes. */
export interface FormComponent {
  readonly title: string;
  readonly description: string;
  readonly fields: FieldSchemas;
  readonly required: ReadonlySet<string>;
  readonly deferred: Readonly<Record<string, DeferredField>>;
  /** Other spellings: written key -> field. */
  readonly aliases: ReadonlyMap<string, string>;
}

const ofDefinitions = new WeakMap<ComponentDefinition, FormComponent>();

/** What a built-in component takes. */
export function componentOfDefinition(definition: ComponentDefinition): FormComponent {
  const known = ofDefinitions.get(definition);
  if (known !== undefined) return known;
  const { properties, required } = inputSchemaOf(definition);
  const component: FormComponent = {
    title: definition.title,
    description: definition.description,
    fields: properties,
    required: new Set(required),
    deferred: definition.deferred,
    aliases: new Map(Object.entries(definition.inputAliases)),
  };
  ofDefinitions.set(definition, component);
  return component;
}

/** What a component of the project's own takes. */
export function componentOfFace(face: ComponentFace): FormComponent {
  return {
    title: face.title,
    description: face.description,
    // The language server tells the JSON Schema of each field; what it says more than a form looks at is not looked at.
    fields: mapFields(face.fields as FieldSchemas, withPatternSaid),
    required: new Set(face.required),
    deferred: {},
    aliases: new Map(),
  };
}

/** A pattern of a project's own is told and not tried: it could need more time than there is. */
function withPatternSaid({ pattern, ...schema }: FieldSchema): FieldSchema {
  const { description = "", anyOf, properties } = schema;
  return {
    ...schema,
    ...(typeof pattern === "string" ? { description: `${description} Matches ${pattern}.`.trim() } : {}),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(withPatternSaid) }),
    ...(properties === undefined ? {} : { properties: mapFields(properties, withPatternSaid) }),
  };
}

function mapFields(fields: FieldSchemas, change: (schema: FieldSchema) => FieldSchema): FieldSchemas {
  return Object.fromEntries(Object.entries(fields).map(([key, schema]) => [key, change(schema)]));
}
