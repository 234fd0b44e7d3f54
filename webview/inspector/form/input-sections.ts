import type { Field, JsonValue, Stage } from "#core/pipeline";
import type { FormRow, FormSection } from "./form.ts";
import type { FormComponent } from "./form-component.ts";
import { rowOf, rowsOf, unknownRow, valuesOf } from "./rows-of.ts";

/** The sections of what a stage gives its component: its config, and the mapping that counts before it. */
export function inputSections(stage: Stage, component: FormComponent | null): readonly FormSection[] {
  const mappingKey = stage.fields.findLast(({ key }) => key === "input_mapping" || key === "inputs")?.key;
  const mapping = mappedRows(stage, component, mappingKey ?? "input_mapping");
  const mapped = new Set(stage.inputMapping.map(({ key }) => fieldOf(component, key) ?? key));
  return [
    {
      id: "config",
      title: component === null ? "Config" : component.title,
      rows: configRows(stage, component, mapped),
      folded: false,
      addsTo: ["config"],
      offers: [],
      hint: component?.description ?? null,
    },
    {
      id: "mapping",
      title: "Input mapping",
      rows: mapping,
      folded: mapping.length === 0,
      addsTo: [mappingKey ?? "input_mapping"],
      offers: Object.keys(component?.fields ?? {}).filter((field) => !mapped.has(field)),
      hint: "Inputs from elsewhere, by name: outputs of stages and inputs of the pipeline. They count before those of config.",
    },
  ];
}

function configRows(
  stage: Stage,
  component: FormComponent | null,
  mapped: ReadonlySet<string>,
): readonly FormRow[] {
  const written = valuesOf(stage.config);
  if (component === null) return stage.config.map(({ key }) => unknownRow(["config", key], written.get(key)));
  const keysOf = keysByField(stage.config, component);
  const rows = Object.entries(component.fields).flatMap(([field, schema]): readonly FormRow[] => {
    // A field's own name counts before its aliases; what is written besides it is shown, as what it is.
    const keys = keysOf.get(field) ?? [];
    const key = keys.includes(field) || keys.length === 0 ? field : (keys.at(-1) ?? field);
    const others = keys.filter((each) => each !== key);
    const value = written.get(key);
    const notes = [
      ...(key === field ? [] : [`Written as “${key}”.`]),
      ...(mapped.has(field)
        ? ["The input mapping gives this field, which counts before what stands here."]
        : []),
    ];
    return [
      ...rowsOf(["config", key], schema, value, {
        ...natureOf(component, field),
        label: field,
        required: component.required.has(field) && !mapped.has(field),
        note: notes.length === 0 ? null : notes.join(" "),
      }),
      ...others.map((other) => aliasRow(other, field, written.get(other))),
    ];
  });
  const strangers = stage.config.filter(({ key }) => fieldOf(component, key) === undefined);
  return [...rows, ...uniqueKeys(strangers).map((key) => unknownRow(["config", key], written.get(key)))];
}

function mappedRows(stage: Stage, component: FormComponent | null, root: string): readonly FormRow[] {
  const written = valuesOf(stage.inputMapping);
  return uniqueKeys(stage.inputMapping).map((key) => {
    const field = fieldOf(component, key);
    const schema = field === undefined ? undefined : component?.fields[field];
    if (component === null || field === undefined || schema === undefined)
      return rowOf([root, key], {}, written.get(key), { templates: true });
    const note = key === field ? null : `Gives the input “${field}”.`;
    return rowOf([root, key], schema, written.get(key), { ...natureOf(component, field), note });
  });
}

function natureOf(component: FormComponent, field: string): { templates: boolean; expression: boolean } {
  const deferred = Object.hasOwn(component.deferred, field) ? component.deferred[field] : undefined;
  return { templates: true, expression: deferred?.kind === "expression" };
}

function aliasRow(key: string, field: string, written: JsonValue | undefined): FormRow {
  return rowOf(["config", key], {}, written, {
    note: `Another name of “${field}”, which is written too and counts. Remove one of them.`,
  });
}

function fieldOf(component: FormComponent | null, key: string): string | undefined {
  if (component === null) return undefined;
  return Object.hasOwn(component.fields, key) ? key : component.aliases.get(key);
}

function keysByField(
  fields: readonly Field[],
  component: FormComponent,
): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  for (const key of uniqueKeys(fields)) {
    const field = fieldOf(component, key);
    if (field !== undefined) keys.set(field, [...(keys.get(field) ?? []), key]);
  }
  return keys;
}

function uniqueKeys(fields: readonly Field[]): readonly string[] {
  return [...new Set(fields.map(({ key }) => key))];
}
