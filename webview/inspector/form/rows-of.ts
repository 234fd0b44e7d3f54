import { type Field, type JsonValue, nodeToJson } from "#core/pipeline";
import { editorsFor, editorsOf, type FieldNature } from "./editor.ts";
import { limitsOf } from "./field-limits.ts";
import { type FieldSchema, knownObject } from "./field-schema.ts";
import { type FormRow, rowId } from "./form.ts";

/** What the caller knows of a field that its schema does not say. */
export type RowTraits = Partial<
  Pick<FormRow, "label" | "within" | "description" | "required" | "fallback" | "note" | "suggestions">
> &
  Partial<FieldNature>;

/** The row of a field, at its path. */
export function rowOf(
  path: readonly string[],
  schema: FieldSchema,
  written: JsonValue | undefined,
  traits: RowTraits = {},
): FormRow {
  const key = path.at(-1) ?? "";
  const hasLines = typeof written === "string" && (/[\r\n]/.test(written) || written.length > 60);
  const usual = editorsOf(schema, {
    templates: traits.templates ?? false,
    expression: traits.expression ?? false,
    prose: hasLines || (traits.prose ?? isProse(key)),
  });
  return {
    id: rowId(path),
    path,
    label: traits.label ?? key,
    within: traits.within ?? null,
    description: traits.description ?? schema.description ?? "",
    required: traits.required ?? false,
    ...editorsFor(usual, written),
    written,
    // What a schema gives as default is JSON.
    fallback: traits.fallback ?? (schema.default as JsonValue | undefined),
    note: traits.note ?? null,
    limits: limitsOf(schema),
    suggestions: traits.suggestions ?? [],
  };
}

/**
 * The rows of a field: one, or, where its value is or would be an object whose keys the schema knows, one for each of
 * them and for each other key that is written there.
 */
export function rowsOf(
  path: readonly string[],
  schema: FieldSchema,
  written: JsonValue | undefined,
  traits: RowTraits = {},
): readonly FormRow[] {
  const known = knownObject(schema);
  const isObject = typeof written === "object" && written !== null && !Array.isArray(written);
  const startsAsObject = written === undefined && schema.anyOf === undefined;
  if (known === undefined || !(isObject || startsAsObject)) return [rowOf(path, schema, written, traits)];
  const members = isObject ? new Map(Object.entries(written)) : new Map<string, JsonValue>();
  const within = traits.label ?? path.at(-1) ?? "";
  const unknown = [...members.keys()].filter((key) => !Object.hasOwn(known, key));
  return [
    ...Object.entries(known).map(([key, each]) =>
      rowOf([...path, key], each, members.get(key), { within, templates: traits.templates ?? false }),
    ),
    ...unknown.map((key) => unknownRow([...path, key], members.get(key), within)),
  ];
}

/** The row of a key that no schema knows: its JSON. */
export function unknownRow(
  path: readonly string[],
  written: JsonValue | undefined,
  within: string | null = null,
): FormRow {
  return rowOf(path, {}, written, { within, note: "FlowMason does not know this key; it is kept as it is." });
}

/** Written fields by key; of a key that is written twice the last counts. */
export function valuesOf(fields: readonly Field[]): ReadonlyMap<string, JsonValue> {
  return new Map(fields.map(({ key, value }) => [key, nodeToJson(value)]));
}

/** Fields whose text people write in lines. */
function isProse(key: string): boolean {
  return /prompt|message|text|template|instructions|description|content|question|script|query|expression|body/.test(
    key,
  );
}
