import { expect, test } from "vitest";
import { type PlanOptions, planRun } from "#core/engine";
import { parsePipeline } from "#core/pipeline";
import type { JsonObject } from "#core/ports";
import { editorAccess } from "#core/providers";
import { catalogOf, pipelineOf } from "./support/index.ts";

const unusable = editorAccess("not-started-by-it");
const ask = (id: string, config: JsonObject, more: JsonObject = {}): JsonObject => ({
  id,
  component_type: "generator",
  config: { prompt: "Hello?", ...config },
  ...more,
});
const on = { provider: "vscode" };

test.each([
  ["its config", pipelineOf(ask("a", on)), {}],
  ["its llm_settings", pipelineOf(ask("a", {}, { llm_settings: on })), {}],
  ["the pipeline's defaults", { ...pipelineOf(ask("a", {})), defaults: on }, {}],
  ["the project", pipelineOf(ask("a", {})), { defaultProvider: "vscode" }],
  ["the run", pipelineOf(ask("a", { provider: "openai" })), on],
  ["each leg of its matrix", pipelineOf(ask("a", on, { strategy: { matrix: { x: [1, 2] } } })), {}],
])(
  "a stage whose provider is vscode by %s is refused where VS Code did not start the run",
  (_by, pipeline, more) => {
    expect(told(pipeline, more)).toEqual([
      expect.stringMatching(
        /^Stage "a" cannot ask its model\. .*VS Code did not start this run\. Run .* from VS Code \(F5\)/,
      ),
    ]);
  },
);

test("it is told once, of pipelines that are called too, and with its code", () => {
  const child = { ...pipelineOf(ask("inner", on)), name: "child", version: "1.0.0" };
  const pipelines = catalogOf({ "child.pipeline.json": child });
  const call = {
    id: "call",
    component_type: "subpipeline",
    config: { pipeline_id: "child", input_data: {} },
  };
  expect(told(pipelineOf(call), { pipelines })).toEqual([expect.stringMatching(/^Stage "inner" cannot ask/)]);
  expect(told(pipelineOf(ask("a", on), ask("b", on)))).toHaveLength(1);
  const planned = planRun(parsePipeline(JSON.stringify(pipelineOf(ask("a", on)))), { input: {}, unusable });
  expect(planned).toMatchObject({ ok: false, problems: [{ code: "FM2008" }] });
});

test("nothing is refused that is not asked: a disabled stage, one that a run's provider replaces, an expression", () => {
  expect(told(pipelineOf(ask("a", on, { enabled: false })))).toEqual([]);
  expect(told(pipelineOf(ask("a", on)), { provider: "offline" })).toEqual([]);
  expect(told(pipelineOf(ask("a", { provider: "{{ 'vs' ~ 'code' }}" })))).toEqual([]);
  expect(told(pipelineOf(ask("a", on)), { unusable: editorAccess("answers") })).toEqual([]);
});

function told(pipeline: object, more: Partial<PlanOptions> = {}): readonly string[] {
  const planned = planRun(parsePipeline(JSON.stringify(pipeline)), { input: {}, unusable, ...more });
  return planned.ok ? [] : planned.problems.map(({ message }) => message);
}
