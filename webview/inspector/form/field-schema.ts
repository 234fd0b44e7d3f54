import type { ValueSchema } from "#core/component-definitions";

/** What a schema asks of a value besides its type. */
export interface ValueLimits {
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** The JSON Schema of a field, as far as a form looks at it. */
export interface FieldSchema extends ValueLimits, Omit<ValueSchema, "anyOf" | "properties" | "items"> {
  readonly description?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly FieldSchema[];
  readonly properties?: { readonly [key: string]: FieldSchema };
  readonly items?: FieldSchema | boolean;
}

/** The fields that something takes, by key. */
export interface FieldSchemas {
  readonly [key: string]: FieldSchema;
}

/** The types a value may have by a schema, those of its alternatives included; none where it may be anything. */
export function typesOf({ type, anyOf, enum: members, const: only }: FieldSchema): ReadonlySet<string> {
  if (anyOf !== undefined) {
    const each = anyOf.map(typesOf);
    return each.some((types) => types.size === 0) ? new Set() : new Set(each.flatMap((types) => [...types]));
  }
  if (type !== undefined) return new Set(typeof type === "string" ? [type] : type);
  return new Set([...(members ?? []), ...(only === undefined ? [] : [only])].map((member) => typeof member));
}

/** The object among what a schema allows whose keys it knows; undefined where there is none. */
export function knownObject(schema: FieldSchema): FieldSchemas | undefined {
  if (schema.properties !== undefined && Object.keys(schema.properties).length > 0) return schema.properties;
  for (const option of schema.anyOf ?? []) {
    const found = knownObject(option);
    if (found !== undefined) return found;
  }
  return undefined;
}
