import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { describe, expect, test } from "vitest";
import {
  builtInProject,
  componentDefinitions,
  componentVocabulary,
  publishedPipelineSchema,
} from "#core/component-definitions";
import { canonicalText, nodeToJson, PROVIDER_NAMES, parsePipeline } from "#core/pipeline";
import { exampleOf } from "../../../scripts/docs/example-of.ts";
import { corpusFiles } from "../../support/corpus.ts";
import { documentJson } from "../../support/document-json.ts";

const root = join(import.meta.dirname, "../../..");
const validate: ValidateFunction = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(
  publishedPipelineSchema(builtInProject.definitions),
);
const vocabulary = componentVocabulary(builtInProject.definitions);

function problemsOf(json: unknown): readonly string[] {
  validate(json);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test.each(corpusFiles())("the canonical form of $name is valid", ({ text }) => {
  const canonical = canonicalText(parsePipeline(text), vocabulary);
  expect(canonical.ok && problemsOf(documentJson(parsePipeline(canonical.text)))).toEqual([]);
});

test.each(readdirSync(join(root, "samples/pipelines")))("the sample %s is valid", (name) => {
  const text = readFileSync(join(root, "samples/pipelines", name), "utf8");
  expect(problemsOf(JSON.parse(text))).toEqual([]);
});

test.each([...componentDefinitions.values()].map((definition) => [definition.type, definition] as const))(
  "the documented example of %s is valid",
  (_, definition) => {
    expect(problemsOf(exampleOf(definition))).toEqual([]);
  },
);

function withStage(stage: object): object {
  return { name: "p", stages: [{ id: "a", component_type: "logger", config: { message: "m" }, ...stage }] };
}

describe("what it refuses", () => {
  test.each<[string, unknown]>([
    ["no name", { stages: [] }],
    ["stages as an object", { name: "p", stages: {} }],
    ["a stage without a component", { name: "p", stages: [{ id: "a", component: "logger" }] }],
    ["an id that no expression can name", withStage({ id: "1st" })],
    ["a list of dependencies that is none", withStage({ depends_on: "b" })],
    ["a trigger rule that there is not", withStage({ trigger_rule: "sometimes" })],
    ["an input of the wrong type", withStage({ config: { message: 7 } })],
    ["a value that is not among those allowed", withStage({ config: { message: "m", level: "loud" } })],
    ["the same in input_mapping", withStage({ input_mapping: { level: "loud" } })],
    ["the same with a version", withStage({ component_type: "logger@^1.0.0", config: { level: "loud" } })],
    ["a number out of bounds", withStage({ component_type: "foreach", config: { max_parallel: 0 } })],
    ["retries that are no number", withStage({ retry: "often" })],
    ["an axis of a matrix that is no list", withStage({ strategy: { matrix: { os: 7 } } })],
    ["an environment variable that is an object", { name: "p", stages: [], env: { A: {} } }],
  ])("%s", (_, json) => {
    expect(problemsOf(json)).not.toEqual([]);
  });
});

describe("what it takes", () => {
  test.each<[string, unknown]>([
    [
      "expressions in place of any value",
      withStage({ component_type: "foreach", config: { items: "{{ x }}", max_parallel: "{{ n }}" } }),
    ],
    [
      "expressions inside lists",
      withStage({ component_type: "critic", config: { criteria: ["{{ a }}", "short"] } }),
    ],
    ["components of one's own", withStage({ component_type: "my_component", config: { message: 7 } })],
    ["keys that nobody knows", withStage({ note: "by hand", config: { message: "m", other: 1 } })],
    [
      "a matrix as GitHub writes it",
      withStage({ strategy: { matrix: { os: ["a"], include: [{ os: "b" }], exclude: [] } } }),
    ],
  ])("%s", (_, json) => {
    expect(problemsOf(json)).toEqual([]);
  });
});

interface Shape {
  readonly properties: Readonly<Record<string, object>>;
}

test("every field has a description, and every component its inputs", () => {
  const schema = publishedPipelineSchema(builtInProject.definitions);
  // It is built so.
  const { definitions, ...pipeline } = schema as unknown as Shape & {
    readonly definitions: Readonly<Record<string, Shape>>;
  };
  for (const [name, { properties }] of Object.entries({ ...definitions, pipeline })) {
    for (const [field, each] of Object.entries(properties)) {
      expect(each, `${name}: ${field}`).toHaveProperty("description");
    }
  }
  for (const { type, input } of componentDefinitions.values()) {
    expect(Object.keys(definitions[`inputs_of_${type}`]?.properties ?? {})).toEqual(Object.keys(input.shape));
  }
});

test("reading gives each kind of JSON value back", () => {
  // What the tests above take for granted.
  const { pipeline } = parsePipeline('{ "name": "p", "stages": [], "metadata": { "a": [1, null, true] } }');
  const field = pipeline.fields.find(({ key }) => key === "metadata");
  expect(field && nodeToJson(field.value)).toEqual({ a: [1, null, true] });
});

test("providers are offered by name wherever one can stand, and any other is taken", () => {
  const offers = JSON.stringify({ examples: PROVIDER_NAMES }).slice(1, -1);
  const text = JSON.stringify(publishedPipelineSchema(builtInProject.definitions));
  const asking = [...componentDefinitions.values()].filter(({ requiresModel }) => requiresModel);
  // A stage, its llm_settings, the pipeline's defaults, and the inputs of what asks models.
  expect(text.split(offers).length - 1).toBe(3 + asking.length);
  const stages = [{ id: "a", component_type: "generator", config: { prompt: "x", provider: "team" } }];
  expect(problemsOf({ name: "p", version: "1.0.0", stages })).toEqual([]);
});
