import { expect, test } from "vitest";
import { failureOf, outputOf } from "../../support/run-component.ts";

const order = { total: 120, status: "open", tags: ["new"], customer: { name: "Ada" } };

test.each([
  [{ total: 120 }, true],
  [{ status: ["open", "held"] }, true],
  [{ status: "closed" }, false],
  [{ "customer.name": "Ada", total: { gt: 100, $lte: 120 } }, true],
  [{ total: { gte: 121 } }, false],
  [{ status: { in: ["open"] }, tags: { contains: "new" } }, true],
  [{ status: { not_in: ["open"] } }, false],
  [{ nothing: { exists: false }, status: { exists: true } }, true],
  [{ nothing: "x" }, false],
  [{ customer: { name: "Ada" } }, true],
  [{ constructor: { exists: true } }, false],
])("field conditions %j on an order: %s", async (field_conditions, passed) => {
  expect(await outputOf("filter", { data: order, field_conditions })).toMatchObject({
    passed,
    data: passed ? order : null,
    filtered_count: passed ? 0 : 1,
  });
});

test("a missing field counts as met when that is asked for", async () => {
  const inputs = { data: order, field_conditions: { nothing: "x" }, pass_if_missing: true };
  expect(await outputOf("filter", inputs)).toMatchObject({ passed: true });
});

test("a comparison that cannot be made is a failure, not a no", async () => {
  expect(await failureOf("filter", { data: order, field_conditions: { status: { gt: 5 } } })).toMatchObject({
    type: "VALIDATION",
    message: expect.stringContaining("status"),
  });
});

test.each([
  ["data.total > 100", true],
  ["data.get('total', 0) > 200 or data.status == 'open'", true],
  ["{{ data.total }} >= 121", false],
  ["len(data.tags)", true],
  [false, false],
])("the condition %s: %s", async (condition, passed) => {
  expect(await outputOf("filter", { data: order, condition })).toMatchObject({ passed });
  expect(await outputOf("filter", { data: order, condition, invert: true })).toMatchObject({
    passed: !passed,
  });
});

test("items are kept where the condition holds, in order", async () => {
  const data = [{ n: 1 }, { n: 5 }, { n: 3 }];
  const inputs = { data, filter_mode: "filter_array", condition: "item.n >= 3 and len(data) == 3" };
  expect(await outputOf("filter", inputs)).toEqual({
    passed: true,
    data: [{ n: 5 }, { n: 3 }],
    filtered_count: 1,
    reason: "2 of 3 items passed.",
  });
});

test("a condition that cannot be evaluated fails with the item's place", async () => {
  const inputs = { data: [{ n: 1 }, {}], filter_mode: "filter_array", condition: "item.n > 0" };
  expect(await failureOf("filter", inputs)).toMatchObject({
    type: "EXPRESSION",
    field: "condition",
    message: expect.stringMatching(/n.*\(item 1\)/),
  });
});

test.each([
  [{ data: order }, /"condition" or "field_conditions"/],
  [{ data: order, condition: "True", filter_mode: "filter_array" }, /has to be a list/],
])("%j is refused", async (inputs, message) => {
  expect(await failureOf("filter", inputs)).toMatchObject({
    type: "VALIDATION",
    message: expect.stringMatching(message),
  });
});
