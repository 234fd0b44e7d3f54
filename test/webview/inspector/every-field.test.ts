import { describe, expect, test } from "vitest";
import { componentDefinitions, inputSchemaOf } from "#core/component-definitions";
import { type JsonValue, parsePipeline } from "#core/pipeline";
import {
  type FieldSchema,
  type FieldSchemas,
  typesOf,
} from "../../../webview/inspector/form/field-schema.ts";
import type { Form, FormRow } from "../../../webview/inspector/form/form.ts";
import { componentOfDefinition } from "../../../webview/inspector/form/form-component.ts";
import { schemaFields } from "../../../webview/inspector/form/schema-fields.ts";
import { pipelineForm, stageForm } from "../../../webview/inspector/form/stage-form.ts";
import { textOf, typedValue } from "../../../webview/inspector/form/typed-value.ts";

type Fields = Readonly<Record<string, JsonValue>>;

/** How a stage with fields is written in each dialect (facts, section 1.2), and where its inputs are. */
const dialects: Readonly<
  Record<string, { readonly inputs: string; write(type: string, fields: Fields, inputs: Fields): JsonValue }>
> = {
  L1: {
    inputs: "config",
    write: (type, fields, config) => ({ stages: [{ id: "a", component_type: type, config, ...fields }] }),
  },
  "L1 with a mapping": {
    inputs: "input_mapping",
    write: (type, fields, mapping) => ({
      stages: [{ id: "a", component_type: type, input_mapping: mapping, ...fields }],
    }),
  },
  L2: {
    inputs: "config",
    write: (type, fields, config) => ({
      stages: [{ id: "a", component: type.replaceAll("_", "-"), config, ...fields }],
    }),
  },
  L3: {
    inputs: "inputs",
    write: (type, fields, inputs) => ({ stages: { a: { component: type, inputs, ...fields } } }),
  },
  L4: {
    inputs: "config",
    write: (type, fields, config) => ({ abstract: true, stages: [{ id: "a", type, config, ...fields }] }),
  },
};

describe.each(Object.entries(dialects))("CE-02 in the dialect %s", (_name, { inputs, write }) => {
  test.each([...componentDefinitions.keys()])(
    "each input of %s has a control that shows and gives back each kind of value it takes",
    (type) => {
      const definition = componentDefinitions.get(type);
      if (definition === undefined) throw new Error(`There is no component ${type}.`);
      const { properties } = inputSchemaOf(definition);
      const form = (values: Fields): Form => formOf(type, write(type, {}, values));
      for (const values of turnsOf(properties)) {
        const shown = form(values);
        for (const [field, value] of Object.entries(values)) expectShown(shown, [inputs, field], value);
      }
    },
  );

  test("each field of a stage has a control that shows and gives back each kind of value it takes", () => {
    const apart = new Set(["id", "component_type", "config", "input_mapping"]);
    const others = Object.entries(schemaFields().stage).filter(([field]) => !apart.has(field));
    for (const values of turnsOf(Object.fromEntries(others))) {
      const form = formOf("logger", write("logger", values, {}));
      for (const [field, value] of Object.entries(values)) expectShown(form, [field], value);
    }
  });

  test("its id and its component have a control, with the value as it is written", () => {
    const written = write("http_request", {}, {});
    const form = formOf("http_request", written);
    expect(rowAt(form, ["id"]).written).toBe("a");
    const key = ["component_type", "component", "type"].find((each) =>
      JSON.stringify(written).includes(`"${each}"`),
    );
    expect(["http_request", "http-request"]).toContain(rowAt(form, [key ?? ""]).written);
  });
});

test("CE-02 each field of a pipeline has a control that shows and gives back each kind of value it takes", () => {
  const others = Object.entries(schemaFields().pipeline).filter(([field]) => field !== "stages");
  for (const values of turnsOf(Object.fromEntries(others))) {
    const form = pipelineForm(parsePipeline(JSON.stringify({ stages: [], ...values })));
    for (const [field, value] of Object.entries(values)) expectShown(form, [field], value);
  }
});

test("what the map dialect nests in a stage is drawn, and no field of it that nobody knows", () => {
  const nested = {
    stages: {
      a: { component: "foreach", config: { items: [] }, loop_stages: { b: { component: "logger" } } },
      c: { component: "trycatch", try_stages: { d: { component: "logger" } }, catch_stages: {} },
      e: { component: "router", routes: { x: { f: { component: "logger" } } } },
    },
  };
  const document = parsePipeline(JSON.stringify(nested));
  for (const stage of document.pipeline.stages) {
    const form = stageForm(stage, { component: null, componentTypes: [], stages: [] });
    expect(rowsIn(form).filter(({ path }) => /_stages$|routes/.test(path[0] ?? ""))).toEqual([]);
  }
});

test("ids of owned stages that are fields of a stage are a list, one in a line", () => {
  const owning = { stages: { a: { component: "foreach", loop_stages: ["b"] }, b: { component: "logger" } } };
  const row = rowAt(formOf("foreach", owning), ["loop_stages"]);
  expect(row).toMatchObject({ written: ["b"], note: null, chosen: 0, editors: [{ kind: "lines" }] });
});

function formOf(type: string, pipeline: JsonValue): Form {
  const [stage] = parsePipeline(JSON.stringify(pipeline)).pipeline.stages;
  const definition = componentDefinitions.get(type);
  if (stage === undefined || definition === undefined) throw new Error(`There is no stage of ${type}.`);
  return stageForm(stage, { component: componentOfDefinition(definition), componentTypes: [], stages: [] });
}

/** The value is in the controls of its row, or of the rows of its keys, and what they hold means it. */
function expectShown(form: Form, path: readonly string[], value: JsonValue): void {
  const own = rowsIn(form).filter((row) => path.every((key, index) => row.path[index] === key));
  const inner = own.filter((row) => row.path.length > path.length);
  expect(own.length, `${path.join(".")} has no row`).toBeGreaterThan(0);
  if (inner.length === 0) {
    expect(heldBy(rowAt(form, path)), path.join(".")).toEqual(value);
    return;
  }
  const members = inner.flatMap((row) => {
    const held = heldBy(row);
    return held === undefined ? [] : [[row.path.at(-1) ?? "", held] as const];
  });
  expect(Object.fromEntries(members), path.join(".")).toEqual(value);
}

function heldBy(row: FormRow): JsonValue | undefined {
  const editor = row.editors[row.chosen];
  if (editor === undefined) throw new Error(`${row.path.join(".")} has no control.`);
  if (row.written === undefined) return undefined;
  const typed = typedValue(editor, textOf(editor, row.written));
  // An empty text in a control is that nothing is given; where something has to be, it is written as such.
  if (typed.kind === "nothing") return row.written;
  if (typed.kind !== "value") return undefined;
  // As an expression, the text of a value is that value.
  return editor.kind === "expression" && typed.value === JSON.stringify(row.written)
    ? row.written
    : typed.value;
}

function rowsIn(form: Form): readonly FormRow[] {
  return form.sections.flatMap(({ rows }) => rows);
}

function rowAt(form: Form, path: readonly string[]): FormRow {
  const [row, ...others] = rowsIn(form).filter(({ id }) => id === JSON.stringify(path));
  if (row === undefined || others.length > 0)
    throw new Error(`${path.join(".")} has ${others.length} rows more.`);
  return row;
}

/** Values for all fields at once, so that in one of the turns each has each of its samples. */
function turnsOf(fields: FieldSchemas): readonly Fields[] {
  const samples = Object.entries(fields).map(([field, schema]) => [field, samplesOf(schema)] as const);
  const most = Math.max(0, ...samples.map(([, each]) => each.length));
  return Array.from({ length: most }, (_, turn) =>
    Object.fromEntries(samples.map(([field, each]) => [field, each[turn % each.length] ?? null])),
  );
}

/** A value of each kind that a schema takes: members of lists, one of each type, an expression, and one that it refuses. */
function samplesOf(schema: FieldSchema): readonly JsonValue[] {
  const members = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  // What a schema lists is JSON.
  const listed = members as readonly JsonValue[];
  const alternatives = (schema.anyOf ?? []).flatMap(samplesOf);
  const typed = [...(listed.length > 0 ? [] : typesOf(schema))].flatMap((type) => sampleOf(type, schema));
  return [...listed, ...alternatives, ...typed, "{{ input.x }}", "not one of them", [{ odd: null }]];
}

function sampleOf(type: string, schema: FieldSchema): readonly JsonValue[] {
  switch (type) {
    case "string":
      return ["text", "two\nlines"];
    case "boolean":
      return [true, false];
    case "integer":
    case "number":
      return [schema.minimum ?? 1, (schema.maximum ?? 0) + 7];
    case "array": {
      const items = typeof schema.items === "object" ? samplesOf(schema.items) : [1];
      return [[], [...items]];
    }
    case "object": {
      const known = Object.entries(schema.properties ?? {}).map(
        ([key, each]) => [key, samplesOf(each)[0] ?? null] as const,
      );
      return [{ ...Object.fromEntries(known), stranger: [1] }];
    }
    default:
      return [];
  }
}
