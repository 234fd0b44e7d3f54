import { expect, test } from "vitest";
import { checkPipeline } from "#core/checks";
import { componentDefinitions } from "#core/component-definitions";
import { createExecutor } from "#core/components";
import { parsePipeline } from "#core/pipeline";
import type { Json, JsonObject } from "#core/ports";
import { createNodePorts } from "#host";
import { finish } from "./support/index.ts";

/** Runs a pipeline of built-in components that must have no error; gives its output. */
async function outputOf(pipeline: JsonObject, input: Json): Promise<unknown> {
  const problems = checkPipeline(parsePipeline(JSON.stringify(pipeline))).problems;
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const ports = createNodePorts({ workspaceRoot: import.meta.dirname, env: {}, providers: {} });
  const { result } = await finish(pipeline, {
    executor: createExecutor(ports),
    plan: { definitions: componentDefinitions, input },
  });
  expect(result.failure).toBeNull();
  return result.output;
}

const logger = (id: string, message: string, more: JsonObject = {}): JsonObject => ({
  id,
  component_type: "logger",
  config: { message, passthrough: message },
  ...more,
});

test("true_branch and false_branch name one stage, as FlowMason's guide does", async () => {
  const pipeline = {
    name: "p",
    output_stage_id: "publish",
    stages: [
      {
        id: "check",
        component: "conditional",
        config: { condition: "{{ input.score }} >= 7", true_branch: "publish", false_branch: "improve" },
      },
      logger("publish", "published"),
      logger("improve", "improved"),
    ],
  };
  expect(await outputOf(pipeline, { score: 8 })).toMatchObject({ passthrough: "published" });
});

test("a foreach may call its body stages and its width max_concurrency", async () => {
  const pipeline = {
    name: "p",
    output_stage_id: "each",
    stages: [
      {
        id: "each",
        component_type: "foreach",
        config: { items: "{{ input.urls }}", item_variable: "url", stages: ["fetch"], max_concurrency: 2 },
      },
      logger("fetch", "{{ url }}"),
    ],
  };
  const output = await outputOf(pipeline, { urls: ["a", "b"] });
  expect(output).toMatchObject({ results: [{ passthrough: "a" }, { passthrough: "b" }] });
});

test("what FlowMason puts into a directive can be read from it", async () => {
  const pipeline = {
    name: "p",
    output_stage_id: "end",
    stages: [
      {
        id: "each",
        type: "foreach",
        input_mapping: { items: [1, 2], loop_stages: ["body"] },
      },
      logger("body", "{{ item }}!"),
      { id: "if", type: "conditional", input_mapping: { condition: true, pass_data: "passed" } },
      {
        id: "end",
        type: "logger",
        depends_on: ["each", "if"],
        input_mapping: {
          message: "done",
          passthrough: {
            results: "{{ upstream.each.directive.loop_results }}",
            taken: "{{ upstream.if.directive.branch_taken }}",
            data: "{{ upstream.if.directive.output_data }}",
          },
        },
      },
    ],
  };
  expect(await outputOf(pipeline, {})).toMatchObject({
    passthrough: {
      results: [{ passthrough: "1!" }, { passthrough: "2!" }],
      taken: "true",
      data: "passed",
    },
  });
});

test("a filter's and a try's result is what they let through", async () => {
  const pipeline = {
    name: "p",
    output_stage_id: "end",
    stages: [
      { id: "keep", component_type: "filter", config: { data: "{{ input.n }}", condition: "data > 1" } },
      { id: "try", component_type: "trycatch", config: { try_stages: ["work"] } },
      logger("work", "worked"),
      {
        id: "end",
        component_type: "logger",
        config: {
          message: "done",
          passthrough: ["{{ upstream.keep.result }}", "{{ upstream.try.result.passthrough }}"],
        },
      },
    ],
  };
  expect(await outputOf(pipeline, { n: 3 })).toMatchObject({ passthrough: [3, "worked"] });
});

test("a loop's stages may name it loop, and its item and index as the guides do", async () => {
  const pipeline = {
    name: "p",
    output_stage_id: "each",
    stages: [
      {
        id: "each",
        type: "foreach",
        input_mapping: {
          items: ["a"],
          loop_stages: ["body"],
          item_variable: "record",
          index_variable: "idx",
        },
      },
      logger(
        "body",
        "{{ loop.record }} {{ loop.idx }} {{ loop.total }} {{ context.current_item }}{{ item_index }}",
      ),
    ],
  };
  expect(await outputOf(pipeline, {})).toMatchObject({ results: [{ passthrough: "a 0 1 a0" }] });
});

test("a stage called loop is that stage, in its body too", async () => {
  const pipeline = {
    name: "p",
    output_stage_id: "loop",
    stages: [
      { id: "loop", type: "foreach", input_mapping: { items: ["a"], loop_stages: ["body"] } },
      logger("body", "{{ loop.current_item }} of {{ loop.total_items }}"),
    ],
  };
  expect(await outputOf(pipeline, {})).toMatchObject({ results: [{ passthrough: "a of 1" }] });
});

test("a stage that reads one of a branch its try did not need is skipped, not failed", async () => {
  const pipeline = {
    name: "p",
    stages: [
      {
        id: "try",
        type: "trycatch",
        input_mapping: { try_stages: ["work"], catch_stages: ["mend"], finally_stages: ["tidy"] },
      },
      logger("work", "worked"),
      logger("mend", "mended"),
      logger("tidy", "{{ upstream.mend.passthrough ?? 'nothing to tidy' }}"),
      logger("after", "{{ upstream.mend.passthrough }}"),
      logger("end", "{{ upstream.work.passthrough }}, {{ upstream.tidy.passthrough }}"),
    ],
  };
  expect(await outputOf(pipeline, {})).toMatchObject({ passthrough: "worked, nothing to tidy" });
});
