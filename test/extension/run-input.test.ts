import { describe, expect, test } from "vitest";
import { parsePipeline } from "#core/pipeline";
import { inputProblem, inputSkeleton, runInputOf } from "#extension";

const of = (pipeline: object) =>
  runInputOf(parsePipeline(JSON.stringify({ id: "p", stages: [], ...pipeline })));

const schema = {
  type: "object",
  properties: {
    topic: { type: "string", description: "What to write about" },
    count: { type: "integer" },
    tone: { type: "string", default: "dry" },
  },
  required: ["topic", "count", "tone", "undeclared"],
};

describe("the input of a run", () => {
  test("is the pipeline's sample, when it has one", () => {
    expect(of({ input_schema: schema, sample_input: { topic: "owls" } })).toEqual({
      kind: "sample",
      input: { topic: "owls" },
    });
  });

  test("is nothing, when nothing is required", () => {
    expect(of({})).toEqual({ kind: "none" });
    expect(of({ input_schema: { ...schema, required: ["tone"] } })).toEqual({ kind: "none" });
  });

  test("is asked for, naming what is required and has no default", () => {
    expect(of({ input_schema: schema })).toEqual({
      kind: "missing",
      required: [
        { name: "topic", type: "string", description: "What to write about" },
        { name: "count", type: "integer", description: null },
        { name: "undeclared", type: null, description: null },
      ],
    });
  });

  const required = [
    { name: "topic", type: "string", description: null },
    { name: "count", type: "integer", description: null },
    { name: "tags", type: "array", description: null },
  ];

  test("starts from a skeleton that is good JSON of the right shape", () => {
    expect(JSON.parse(inputSkeleton(required))).toEqual({ topic: "", count: 0, tags: [] });
    expect(inputProblem(inputSkeleton(required), required)).toBeNull();
  });

  test.each([
    ["{", /^Not JSON yet: /],
    ["[1]", /JSON object/],
    ["null", /JSON object/],
    ['{ "topic": "x" }', /^Missing: count, tags\.$/],
    ['{ "topic": "x", "count": 1, "__proto__": { "tags": [] } }', /^Missing: tags\.$/],
  ])("typed as %s is refused, saying why", (typed, why) => {
    expect(inputProblem(typed, required)).toMatch(why);
  });
});
