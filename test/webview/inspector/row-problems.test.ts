import { expect, test } from "vitest";
import { parsePipeline } from "#core/pipeline";
import type { CanvasProblem } from "#protocol";
import { problemsInForm } from "../../../webview/inspector/form/row-problems.ts";
import { pipelineForm } from "../../../webview/inspector/form/stage-form.ts";
import { pipelineText } from "../pipelines.ts";

function problem(path: readonly string[], rest: Partial<CanvasProblem> = {}): CanvasProblem {
  const about = { stage: null, severity: "error", code: "FM1", line0: 0, within: null } as const;
  return { ...about, message: path.join("."), path, ...rest };
}

test("a problem is said at the row that is nearest to it, and at the top where there is none", () => {
  const form = pipelineForm(parsePipeline(pipelineText([], { defaults: { model: "m" } })));
  const problems = [
    problem(["defaults", "model"]),
    problem(["input_schema", "properties", "x"]),
    problem(["stages"]),
    problem([]),
    problem(["name"], { stage: "a" }),
    problem(["name"], { severity: "hint" }),
  ];
  const { byRow, others } = problemsInForm(form, problems);
  const said = [...byRow].map(([id, list]) => [id, ...list.map(({ message }) => message)]);
  expect(said).toEqual([
    ['["defaults","model"]', "defaults.model"],
    ['["input_schema"]', "input_schema.properties.x"],
  ]);
  expect(others.map(({ message }) => message)).toEqual(["stages", ""]);
});
