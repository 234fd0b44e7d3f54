import { expect, test } from "vitest";
import { failureOf, runComponent } from "../../support/run-component.ts";

test.each([
  ["input.score >= 80", "true"],
  ["{{ input.score }} >= 91", "false"],
  ["{{ input.premium }}", "false"],
  ["not input.premium", "true"],
  [[], "false"],
  [{ a: 1 }, "true"],
  [0, "false"],
])("conditional %j takes the branch %s", async (condition, taken) => {
  const branches = { true_branch_stages: ["a"], false_stages: ["b", "c"] };
  const { output, directive } = await runComponent(
    "conditional",
    { condition, ...branches, pass_data: { x: 1 } },
    scope,
  );
  expect(output).toMatchObject({ branch_taken: taken, condition_result: taken === "true", data: { x: 1 } });
  const [enable, skip] = taken === "true" ? [["a"], ["b", "c"]] : [["b", "c"], ["a"]];
  expect(directive).toEqual({ kind: "branch", taken, enable, skip });
});

test("conditional: the second expression decides on the value of the first", async () => {
  const inputs = { condition: "input.score", condition_expression: "value > 89 and value < 91" };
  expect((await runComponent("conditional", inputs, scope)).output).toMatchObject({
    condition_value: 90,
    branch_taken: "true",
  });
});

test("conditional: a condition that cannot be evaluated fails, and takes no branch", async () => {
  const failure = await failureOf("conditional", { condition: "input.scoer > 3" }, scope);
  expect(failure).toMatchObject({
    type: "EXPRESSION",
    field: "condition",
    message: expect.stringContaining("score"),
  });
});

test.each([
  ["gold", {}, "gold", "route:gold", ["g"]],
  ["GOLD", {}, "default", "route:default", ["d"]],
  ["GOLD", { case_insensitive: true }, "gold", "route:gold", ["g"]],
  [7, {}, "7", "route:7", ["s1", "s2"]],
  [{ tier: "gold" }, { value_expression: "value.tier" }, "gold", "route:gold", ["g"]],
  ["constructor", {}, "default", "route:default", ["d"]],
])("router: %j with %j takes %s", async (value, more, route, taken, enable) => {
  const routes = { gold: ["g"], "7": ["s1", "s2"] };
  const { output, directive } = await runComponent(
    "router",
    { value, routes, default_route: "d", ...more },
    scope,
  );
  expect(output).toMatchObject({ route_taken: route, original_value: value, stages_to_execute: enable });
  expect(directive).toMatchObject({ kind: "branch", taken, enable });
});

test("foreach: the filter leaves items out, and the others keep their index", async () => {
  const inputs = {
    items: [5, 1, 7],
    filter_expression: "item > 2 and n == item",
    item_variable: "n",
    parallel: true,
    max_parallel: 2,
  };
  const { output, directive } = await runComponent("foreach", inputs, scope);
  expect(output).toMatchObject({ total_items: 3, skipped_items: 1, items_to_process: [5, 7] });
  expect(directive).toEqual({
    kind: "iterate",
    items: [5, 7],
    indexes: [0, 2],
    itemVariable: "n",
    indexVariable: "index",
    parallel: 2,
    breakOnError: true,
    collect: true,
  });
});

test("foreach: a filter that cannot be evaluated fails", async () => {
  const failure = await failureOf("foreach", { items: [{}], filter_expression: "item.x" }, scope);
  expect(failure).toMatchObject({ type: "EXPRESSION", field: "filter_expression" });
});

test("trycatch hands its rules to the engine", async () => {
  const inputs = {
    error_scope: "continue",
    catch_error_types: "TIMEOUT",
    max_retries: 2,
    retry_delay_ms: 10,
  };
  expect((await runComponent("trycatch", inputs, scope)).directive).toEqual({
    kind: "try",
    catchTypes: ["TIMEOUT"],
    swallow: true,
    retries: 2,
    retryDelayMs: 10,
  });
});

test.each([
  [{}, true],
  [{ condition: "input.premium" }, false],
  [{ condition: "input.score", condition_expression: "value == 90" }, true],
])("return with %j ends the pipeline: %s", async (inputs, returns) => {
  const { output, directive } = await runComponent(
    "return",
    { ...inputs, return_value: [1], message: "enough" },
    scope,
  );
  expect(output).toMatchObject({ should_return: returns, return_value: [1] });
  expect(directive).toEqual(
    returns ? { kind: "return", value: [1], status: "completed", message: "enough" } : undefined,
  );
});

const scope = { values: { input: { score: 90, premium: false } } };
