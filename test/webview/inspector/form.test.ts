import { describe, expect, test } from "vitest";
import { componentDefinitions, inputSchemaOf } from "#core/component-definitions";
import { parsePipeline, pipelineJsonSchema, type Stage } from "#core/pipeline";
import type { Form, FormRow } from "../../../webview/inspector/form/form.ts";
import { componentOfDefinition } from "../../../webview/inspector/form/form-component.ts";
import { pipelineForm, stageForm } from "../../../webview/inspector/form/stage-form.ts";
import { nestedStages, pipelineText } from "../pipelines.ts";

function formOf(text: string, id: string): Form {
  const document = parsePipeline(text);
  const stage = document.pipeline.stages.find((each) => each.id === id);
  if (stage === undefined) throw new Error(`There is no stage ${id}.`);
  return formOfStage(stage);
}

function formOfStage(stage: Stage): Form {
  const definition = componentDefinitions.get(stage.componentType ?? "");
  return stageForm(stage, {
    component: definition === undefined ? null : componentOfDefinition(definition),
    componentTypes: [...componentDefinitions.keys()],
    stages: ["a", "b"],
  });
}

function rowsOf(form: Form): readonly FormRow[] {
  return form.sections.flatMap(({ rows }) => rows);
}

/** The row at a path written with dots. */
function row(form: Form, path: string): FormRow {
  const found = rowsOf(form).find((each) => each.path.join(".") === path);
  if (found === undefined) throw new Error(`There is no row ${path}.`);
  return found;
}

function editor(form: Form, path: string): string {
  const { editors, chosen } = row(form, path);
  return editors[chosen]?.kind ?? "none";
}

const plain = pipelineText([{ id: "a", component_type: "generator", config: { prompt: "p" } }]);

describe("the form of a stage", () => {
  test("has each field of the stage's schema once, and each input of its component", () => {
    const schema = pipelineJsonSchema() as unknown as {
      readonly definitions: { readonly stage: { readonly properties: Readonly<Record<string, unknown>> } };
    };
    // They are other spellings of fields that have a row.
    const spelled = new Set(["timeout_ms", "retry_config", "config", "input_mapping"]);
    const keys = Object.keys(schema.definitions.stage.properties).filter((key) => !spelled.has(key));
    for (const definition of componentDefinitions.values()) {
      const form = formOf(pipelineText([{ id: "a", component_type: definition.type, config: {} }]), "a");
      const paths = rowsOf(form).map(({ path }) => path);
      expect(new Set(paths.map(([key]) => key))).toEqual(new Set([...keys, "config"]));
      expect(new Set(rowsOf(form).map(({ id }) => id)).size).toBe(paths.length);
      const inputs = new Set(paths.filter(([key]) => key === "config").map(([, field]) => field));
      expect(inputs).toEqual(new Set(Object.keys(inputSchemaOf(definition).properties)));
    }
  });

  test("shows values by the type of their field, and anything else as JSON", () => {
    const config = {
      url: "u",
      method: "POST",
      headers: { a: "b" },
      timeout: 5,
      verify_ssl: false,
      max_bytes: [1],
    };
    const form = formOf(pipelineText([{ id: "a", component_type: "http_request", config }]), "a");
    expect(editor(form, "config.url")).toBe("text");
    expect(editor(form, "config.method")).toBe("choice");
    expect(editor(form, "config.headers")).toBe("json");
    expect(editor(form, "config.timeout")).toBe("number");
    expect(editor(form, "config.verify_ssl")).toBe("switch");
    expect(editor(form, "config.max_bytes")).toBe("json");
    expect(row(form, "config.url")).toMatchObject({ required: true, written: "u" });
    expect(row(form, "config.follow_redirects")).toMatchObject({ written: undefined, fallback: true });
  });

  test("takes {{ }} where a number, one of some values or a switch is wanted", () => {
    const template = "{{ input.x }}";
    const config = { method: template, timeout: template, verify_ssl: template };
    const form = formOf(pipelineText([{ id: "a", component_type: "http_request", config }]), "a");
    for (const field of Object.keys(config)) expect(editor(form, `config.${field}`)).toBe("template");
  });

  test("shows conditions and other deferred fields as expressions", () => {
    const stages = [
      { id: "a", component_type: "filter", config: { data: [], condition: "item > 1" }, when: "input.x" },
    ];
    const form = formOf(pipelineText(stages), "a");
    expect(editor(form, "config.condition")).toBe("expression");
    expect(editor(form, "when")).toBe("expression");
  });

  test("shows keys that nobody knows, and keeps them as JSON", () => {
    const text = pipelineText([
      { id: "a", component_type: "logger", config: { message: "m", odd: { x: 1 } }, mine: [2] },
    ]);
    const form = formOf(text, "a");
    expect(row(form, "config.odd")).toMatchObject({
      written: { x: 1 },
      note: expect.stringContaining("does not know"),
    });
    expect(row(form, "mine")).toMatchObject({ written: [2] });
    expect(editor(form, "mine")).toBe("json");
  });

  test("shows fields under the spelling they are written in", () => {
    const form = formOf(nestedStages, "each/enrich");
    expect(rowsOf(form).filter(({ path }) => path[0] === "id")).toMatchObject([{ written: "enrich" }]);
    expect(row(form, "component").written).toBe("generator");
    const aliased = formOf(
      pipelineText([{ id: "a", component_type: "generator", timeout_ms: 5, config: { user_prompt: "p" } }]),
      "a",
    );
    expect(row(aliased, "timeout_ms").written).toBe(5);
    expect(rowsOf(aliased).some(({ path }) => path[0] === "timeout")).toBe(false);
    expect(row(aliased, "config.user_prompt")).toMatchObject({
      label: "prompt",
      note: "Written as “user_prompt”.",
    });
    expect(rowsOf(aliased).some(({ path }) => path.join(".") === "config.prompt")).toBe(false);
  });

  test("shows an object whose keys are known field by field, and says what counts before what", () => {
    const retry = { max_retries: 2, jitter: true };
    const stages = [
      { id: "a", component_type: "generator", retry, input_mapping: { prompt: "{{ input.q }}" } },
    ];
    const form = formOf(pipelineText(stages), "a");
    expect(row(form, "retry.max_retries")).toMatchObject({ written: 2, within: "retry" });
    expect(row(form, "retry.jitter").note).toContain("does not know");
    expect(row(form, "input_mapping.prompt").written).toBe("{{ input.q }}");
    expect(row(form, "config.prompt")).toMatchObject({
      required: false,
      note: expect.stringContaining("counts before"),
    });
    expect(editor(formOf(plain, "a"), "retry")).toBe("number");
  });
});

test("the form of a pipeline has each field of its schema but the stages, and each key besides", () => {
  const schema = pipelineJsonSchema() as unknown as {
    readonly definitions: { readonly pipeline: { readonly properties: Readonly<Record<string, unknown>> } };
  };
  const form = pipelineForm(parsePipeline(pipelineText([], { triggers: { x: 1 } })));
  const keys = Object.keys(schema.definitions.pipeline.properties).filter((key) => key !== "stages");
  expect(new Set(rowsOf(form).map(({ path }) => path[0]))).toEqual(new Set([...keys, "triggers"]));
  expect(row(form, "defaults.model").written).toBeUndefined();
});
