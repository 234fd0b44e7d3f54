import { describe, expect, test } from "vitest";
import * as z from "zod";
import { checkPipeline } from "#core/checks";
import {
  builtInProject,
  completeInputs,
  type DescribedComponent,
  definitionOf,
  inputSchemaOf,
  type Project,
  unusableComponent,
} from "#core/component-definitions";
import { planRun } from "#core/engine";
import { parsePipeline } from "#core/pipeline";
import { marked } from "../checks/marked.ts";

function described(input: z.ZodObject, more: Partial<DescribedComponent> = {}): DescribedComponent {
  return {
    type: "word_count",
    version: "1.4.0",
    title: "Word count",
    description: "Counts words.",
    icon: "symbol-number",
    color: "green",
    category: "data",
    idempotent: true,
    timeoutMs: 1000,
    // As it comes out of another process.
    input: JSON.parse(JSON.stringify(z.toJSONSchema(input, { io: "input", unrepresentable: "any" }))),
    output: JSON.parse(JSON.stringify(z.toJSONSchema(z.object({ words: z.int() })))),
    ...more,
  };
}

const wordCount = described(
  z.object({
    text: z.string().describe("The text."),
    least: z.int().min(1).default(3).describe("Letters of the shortest word."),
    mode: z.enum(["fast", "exact"]).optional(),
    options: z.object({ deep: z.boolean() }).optional(),
    when: z.date().optional(),
  }),
);

function projectOf(...definitions: readonly ReturnType<typeof definitionOf>[]): Project {
  return {
    ...builtInProject,
    definitions: new Map([
      ...builtInProject.definitions,
      ...definitions.map((one) => [one.type, one] as const),
    ]),
  };
}

describe("a definition made of what a component's process tells", () => {
  const definition = definitionOf(wordCount);

  test("converts, completes and checks inputs as a built-in one does", () => {
    expect(
      completeInputs(definition, { text: 7, least: "5", mode: "EXACT", options: '{"deep":"yes"}' }),
    ).toEqual({ ok: true, inputs: { text: "7", least: 5, mode: "exact", options: { deep: true } } });
    expect(completeInputs(definition, { text: "a" })).toEqual({ ok: true, inputs: { text: "a", least: 3 } });
    expect(completeInputs(definition, { text: "a", least: 0 })).toMatchObject({
      ok: false,
      failure: { type: "VALIDATION", field: "least" },
    });
    expect(completeInputs(definition, {})).toMatchObject({
      ok: false,
      failure: { field: "text", message: 'word_count needs "text", which is not given. The text.' },
    });
  });

  test("leaves what JSON Schema cannot say to the component", () => {
    expect(completeInputs(definition, { text: "a", when: "2026-01-02" })).toMatchObject({ ok: true });
  });

  test("keeps descriptions and defaults for the editor", () => {
    expect(inputSchemaOf(definition)).toMatchObject({
      properties: { least: { type: "integer", default: 3, description: "Letters of the shortest word." } },
      required: ["text"],
    });
  });

  test("takes a field that zod cannot be made from, and keeps the others strict", () => {
    const odd = definitionOf({
      ...wordCount,
      input: {
        type: "object",
        properties: { a: { type: "string" }, b: { if: { type: "string" }, then: { minLength: 2 } } },
        required: ["a"],
      },
    });
    expect(completeInputs(odd, { a: "x", b: "y" })).toEqual({ ok: true, inputs: { a: "x", b: "y" } });
    expect(completeInputs(odd, { b: "y" })).toMatchObject({ ok: false, failure: { field: "a" } });
  });
});

describe("a stage of such a component", () => {
  const project = projectOf(definitionOf(wordCount), unusableComponent("broken_one", "It does not load."));
  const pipeline = (type: string): ReturnType<typeof marked> =>
    marked(
      `{ "name": "p", "stages": [{ "id": "a", "component_type": ${type}, "config": { "text": "x" } }] }`,
    );
  const problemsOf = (text: string): readonly string[] =>
    checkPipeline(parsePipeline(text), { project }).problems.map(
      ({ code, span }) => `${code} ${text.slice(span.start, span.end)}`,
    );
  const planned = (text: string): ReturnType<typeof planRun> =>
    planRun(parsePipeline(text), { ...project, input: {} });

  test.each(['"word_count"', '"word-count@^1.0.0"', '"word_count@1.x"', '"logger@>=1 <2"'])(
    "is right as %s",
    (type) => {
      const text = `{ "name": "p", "stages": [{ "id": "a", "component_type": ${type}, "config": { "${type.includes("logger") ? "message" : "text"}": "x" } }] }`;
      expect(problemsOf(text)).toEqual([]);
      expect(planned(text)).toMatchObject({ ok: true });
    },
  );

  test.each([
    ['⟦"word_count@^2.0.0"⟧', "There is version 1.4.0"],
    ['⟦"word_count@newest"⟧', "is no range of versions"],
    ['⟦"word_count@"⟧', "is no range of versions"],
  ])("of another version is a problem before a run: %s", (type, message) => {
    const { text, spans } = pipeline(type);
    const problems = checkPipeline(parsePipeline(text), { project }).problems;
    expect(problems).toEqual([
      {
        code: "FM1450",
        severity: "error",
        message: expect.stringContaining(message),
        span: spans[0],
        stage: "a",
        fix: { kind: "replace-text", text: "word_count@^1.4.0" },
      },
    ]);
    const run = planned(text);
    expect(run.ok ? [] : run.problems.map((problem) => problem.message)).toEqual([problems[0]?.message]);
  });

  test("that cannot be used is told why, at its component type, and nothing else", () => {
    const { text, spans } = pipeline('⟦"broken-one"⟧');
    expect(checkPipeline(parsePipeline(text), { project }).problems).toEqual([
      {
        code: "FM1101",
        severity: "error",
        message: 'There is no component "broken-one". It does not load.',
        span: spans[0],
        stage: "a",
      },
    ]);
    const run = planned(text);
    expect(run.ok ? [] : run.problems.map((problem) => problem.message)).toEqual([
      'There is no component "broken-one". It does not load.',
    ]);
  });

  test("has keys and values checked like any other", () => {
    const text =
      '{ "name": "p", "stages": [{ "id": "a", "component_type": "word_count", "config": { "txt": 1, "mode": "slow" } }] }';
    expect(problemsOf(text)).toEqual(['FM1106 "word_count"', 'FM1105 "txt"', 'FM1107 "slow"']);
  });
});
