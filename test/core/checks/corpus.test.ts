import { describe, expect, test } from "vitest";
import { builtInProject } from "#core/component-definitions";
import { parsePipeline } from "#core/pipeline";
import { corpusFiles } from "../../support/corpus.ts";
import { problemsOf, ruleNameOf } from "./marked.ts";

const files = corpusFiles();
const project = {
  ...builtInProject,
  pipelines: { entries: files.map(({ name, text }) => ({ path: name, document: parsePipeline(text) })) },
};

/** The base that it extends leaves its schema open, and so does this child. */
const trueErrors = new Map([
  [
    "mt02_subpipeline_basic.json",
    [
      'unknown-called-pipeline: There is no pipeline "child_pipeline" in the project. Write its name, its id, or the path of its file in pipeline_id.',
    ],
  ],
  [
    "ex_customer-etl.pipeline.json",
    [
      'missing-input: In the inherited stage "validate" (ex_base-etl.pipeline.json:30): The stage "validate" needs "json_schema" in its config. A JSON Schema, draft 7.',
    ],
  ],
]);

describe("real files", () => {
  test.each(files)("$name has no error but a true one", ({ name, text }) => {
    const errors = problemsOf(text, project, name).filter(({ severity }) => severity === "error");
    expect(errors.map((problem) => `${ruleNameOf(problem)}: ${problem.message}`)).toEqual(
      trueErrors.get(name) ?? [],
    );
  });

  test("the warnings are about what is truly there", () => {
    const warnings = files.flatMap(({ name, text }) =>
      problemsOf(text, project, name)
        .filter((problem) => problem.severity === "warning")
        .map((problem) => [ruleNameOf(problem), problem.span] as const)
        .map(([rule, span]) => `${name}: ${rule} ${text.slice(span.start, span.end)}`),
    );
    expect(warnings).toEqual([
      // critic has no prompts of its own (facts, section 3).
      'mt01_two_stage.json: unknown-config-key "system_prompt"',
      'mt01_two_stage.json: unknown-config-key "user_prompt"',
    ]);
  });
});
