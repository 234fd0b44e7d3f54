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

test("a catch sees the failure as _error and by its trycatch's error_variable; on_error is its error_scope", async () => {
  const pipeline = {
    name: "p",
    output_stage_id: "safe",
    stages: [
      {
        id: "safe",
        component_type: "trycatch",
        config: {
          try_stages: ["risky"],
          catch_stages: ["fallback"],
          error_variable: "last_error",
          on_error: "continue",
        },
      },
      { id: "risky", component_type: "json_transform", config: { template: "{{ 1 / input.n }}" } },
      logger(
        "fallback",
        "{{ context.last_error == last_error and last_error == _error.message }} {{ _error.type }} {{ _error.stage }}",
      ),
    ],
  };
  expect(await outputOf(pipeline, { n: 0 })).toMatchObject({
    status: "caught",
    catch_result: { passthrough: "true EXPRESSION risky" },
  });
});

test("a router's default is its default_route", async () => {
  const pipeline = {
    name: "p",
    stages: [
      {
        id: "route",
        component_type: "router",
        config: { value: "{{ input.kind }}", routes: { a: "first" }, default: "other" },
      },
      logger("first", "1", { depends_on: ["route"] }),
      logger("other", "2", { depends_on: ["route"] }),
    ],
  };
  expect(await outputOf(pipeline, { kind: "a" })).toMatchObject({ passthrough: "1" });
  expect(await outputOf(pipeline, { kind: "z" })).toMatchObject({ passthrough: "2" });
});

test("a return's value is its return_value", async () => {
  const early = {
    id: "r",
    component_type: "return",
    config: { condition: "{{ input.ok }} == false", value: { error: "no" } },
  };
  expect(await outputOf({ name: "p", stages: [early] }, { ok: false })).toEqual({ error: "no" });
});

test("Python's clock is the time of the attempt", async () => {
  const pipeline = {
    name: "p",
    stages: [
      {
        id: "t",
        component_type: "json_transform",
        config: {
          template: [
            "{{ datetime.now().isoformat() == now() }}",
            "{{ datetime.utcnow().strftime('%Y-%m-%d') == date.today() }}",
            "{{ datetime.now(timezone.utc).strftime('%Y%m%d%H%M%S') == now()[:19].replace('-', '').replace(':', '').replace('T', '') }}",
          ],
        },
      },
    ],
  };
  expect(await outputOf(pipeline, {})).toEqual([true, true, true]);
});

test.each<[string, JsonObject, string]>([
  ["json_transform", { expression: "$.content | parse_json" }, 'needs "data" or "template"'],
  ["filter", { data: [{ n: 1 }], condition: "item.n > 0" }, 'add "filter_mode": "filter_array"'],
  ["filter", { data: [1] }, 'needs "condition" or "field_conditions"'],
  ["filter", { data: [1], filter_mode: "filter_array", condition: "[?n > `0`]" }, "JMESPath"],
  ["filter", { data: { n: 1 }, condition: "n == `1`" }, "JMESPath"],
  ["logger", { message: "{{ input.rows | length(@) }}" }, "JMESPath"],
  ["logger", { message: "{{ input.rows[*].name }}" }, "JMESPath"],
  ["logger", { message: "{{ datetime.now(tz) }}" }, "no method now"],
  ["subpipeline", { pipeline: "a" }, 'Did you mean "pipeline_id"?'],
])("a %s with %j is refused with what to write instead", (type, config, advice) => {
  const pipeline = { name: "p", stages: [{ id: "a", component_type: type, config }] };
  const { problems } = checkPipeline(parsePipeline(JSON.stringify(pipeline)));
  expect(problems.some(({ severity }) => severity === "error")).toBe(true);
  expect(problems.map(({ message }) => message).join("\n")).toContain(advice);
});
