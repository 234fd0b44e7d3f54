import { describe, expect, test } from "vitest";
import { type Dialect, nodeToJson, parsePipeline } from "#core/pipeline";
import { corpusFile, corpusFiles } from "../../support/corpus.ts";

const DIALECTS: Readonly<Record<string, Dialect>> = {
  "doc_qa_enricher.pipeline.json": "L1",
  "ex_base-etl.pipeline.json": "L4",
  "ex_customer-etl.pipeline.json": "L4",
  "ex_simple.pipeline.json": "L1",
  "ex_simple_hello_pipeline.json": "L1",
  "init_ai-pipeline_main.pipeline.json": "L2",
  "init_basic_main.pipeline.json": "L2",
  "mt01_hello_world.json": "L3",
  "mt01_two_stage.json": "L3",
  "mt02_conditional_basic.json": "L3",
  "mt02_foreach_parallel.json": "L3",
  "mt02_return_early.json": "L3",
  "mt02_subpipeline_basic.json": "L3",
  "mt02_trycatch_basic.json": "L3",
  "mt03_anthropic_basic.json": "L3",
  "mt03_google_basic.json": "L3",
  "mt03_groq_basic.json": "L3",
  "mt03_openai_basic.json": "L3",
  "tpl_blog-post-writer.json": "L1",
  "tpl_content-review-loop.json": "L1",
  "tpl_data-extractor.json": "L1",
  "tpl_enterprise-data-pipeline.json": "L1x",
  "tpl_hello-world.json": "L1",
  "tpl_iterative-refinement.json": "L1",
};

describe.each(corpusFiles())("$name", ({ name, text }) => {
  const document = parsePipeline(text);

  test("is read without a problem", () => {
    expect(document.problems).toEqual([]);
    expect(document.broken).toBe(false);
  });

  test("tells its dialect", () => {
    expect(document.dialect).toBe(DIALECTS[name]);
  });

  test("keeps every stage with its fields", () => {
    const raw = JSON.parse(text);
    const written: [string, unknown][] = Array.isArray(raw.stages)
      ? raw.stages.map((stage: { id: string }) => [stage.id, stage])
      : Object.entries(raw.stages);
    const top = document.pipeline.stages.filter(({ nestedIn }) => nestedIn === null);
    expect(top.map((stage) => [stage.id, nodeToJson(stage.node)])).toEqual(written);
    expect(document.pipeline.fields.map(({ key }) => key)).toEqual(Object.keys(raw));
  });
});

test("a body written inside its owner becomes stages with paths, and an arm each", () => {
  const { pipeline } = parsePipeline(corpusFile("mt02_trycatch_basic.json").text);
  expect(
    pipeline.stages.map(({ id, nestedIn, dependsOn }) => [id, nestedIn, dependsOn.map(({ value }) => value)]),
  ).toEqual([
    ["safe_operation", null, []],
    ["safe_operation/risky_operation", "safe_operation", []],
    ["safe_operation/handle_error", "safe_operation", []],
    ["safe_operation/provide_fallback", "safe_operation", ["safe_operation/handle_error"]],
    ["safe_operation/cleanup", "safe_operation", []],
  ]);
  const arms = pipeline.stages[0]?.arms.map(({ arm, stages }) => [arm, stages.map(({ value }) => value)]);
  expect(arms).toEqual([
    ["try", ["safe_operation/risky_operation"]],
    ["catch", ["safe_operation/handle_error", "safe_operation/provide_fallback"]],
    ["finally", ["safe_operation/cleanup"]],
  ]);
});

test("the map dialect's names mean what the list's do", () => {
  const { pipeline } = parsePipeline(corpusFile("mt01_two_stage.json").text);
  const critique = pipeline.stages[1];
  expect(critique?.componentType).toBe("critic");
  expect(critique?.inputMapping.map(({ key }) => key)).toEqual(["content"]);
  expect(critique?.outputs.map(({ key }) => key)).toEqual(["critique"]);
  expect(pipeline.outputStage?.value).toBe("critique_content");
});

test("provider and model of the map dialect are read from config", () => {
  const { pipeline } = parsePipeline(corpusFile("mt03_google_basic.json").text);
  expect(pipeline.stages[0]?.model.provider?.value).toBe("google");
  expect(pipeline.stages[0]?.model.model?.value).toBe("gemini-1.5-pro");
});

test("a gallery file's example input is its sample input", () => {
  const { pipeline } = parsePipeline(corpusFile("tpl_hello-world.json").text);
  expect(pipeline.sampleInput).not.toBeNull();
  expect(pipeline.sampleInput && nodeToJson(pipeline.sampleInput)).toEqual({
    prompt: "What are three interesting facts about the planet Mars?",
  });
});
