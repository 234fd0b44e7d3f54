import fc from "fast-check";
import { expect, test } from "vitest";
import { failureOf, outputOf, runComponent } from "../../support/run-component.ts";

test("logger says its message, and passes on what it is given", async () => {
  const { events, output } = await runComponent("logger", {
    message: "done",
    level: "ERROR",
    data: { n: 1 },
    tags: { team: 4 },
    passthrough: [2],
  });
  expect(events).toEqual([
    { kind: "log", level: "error", message: "done", values: { data: { n: 1 }, tags: { team: "4" } } },
  ]);
  expect(output).toEqual({ logged: true, log_id: "run-1/stage/1", passthrough: [2] });
});

test("variable_set decides on a value, or on a part of one", async () => {
  const values = { vars: { user: "old" } };
  const { output, directive } = await runComponent(
    "variable_set",
    { name: "user", value: { names: ["Ada"] }, extract_path: "names[0]" },
    { values },
  );
  expect(output).toEqual({ name: "user", value: "Ada", previous_value: "old", was_set: true });
  expect(directive).toEqual({
    kind: "set-variables",
    variables: [{ name: "user", value: "Ada" }],
    overwrite: true,
  });
});

test("variable_set leaves a variable as it is when that is asked for", async () => {
  const { output } = await runComponent(
    "variable_set",
    { name: "a", value: 2, overwrite: false },
    { values: { vars: { a: 1 } } },
  );
  expect(output).toEqual({ name: "a", value: 1, previous_value: 1, was_set: false });
});

test("variable_set sets several, as the map dialect writes it", async () => {
  const { directive } = await runComponent("variable_set", { variables: { a: 1, b: null } });
  expect(directive).toMatchObject({
    variables: [
      { name: "a", value: 1 },
      { name: "b", value: null },
    ],
  });
});

test.each([
  [{}, /needs "name"/],
  [{ name: "1a", value: 1 }, /no digit first/],
  [{ name: "a", value: {}, extract_path: "x" }, /nothing at x/],
  [{ name: "a", value: {}, extract_path: "x[" }, /no path/],
])("variable_set refuses %j", async (inputs, message) => {
  expect((await failureOf("variable_set", inputs)).message).toMatch(message);
});

test("batches put together are the list from its start on", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer()),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(12),
      async (items, batch_size, start_index) => {
        const output = await outputOf("loop", { items, batch_size, start_index });
        expect(output).toMatchObject({ total_items: items.length, has_more: false });
        expect((output as { batches: number[][] }).batches.flat()).toEqual(items.slice(start_index));
      },
    ),
    { seed: 3, numRuns: 200 },
  );
});

test("batches stop at max_iterations and say what remains", async () => {
  expect(await outputOf("loop", { items: [1, 2, 3, 4, 5], batch_size: 2, max_iterations: 2 })).toEqual({
    batches: [
      [1, 2],
      [3, 4],
    ],
    total_items: 5,
    total_batches: 2,
    has_more: true,
    metadata: { start_index: 0, batch_size: 2, items_processed: 4, items_remaining: 1 },
  });
});

test.each([
  ["frobnicate", /no component "frobnicate"/],
  ["subpipeline", /nobody waits for/],
])("the executor says what it cannot run: %s", async (type, message) => {
  expect((await failureOf(type, { pipeline_id: "x", wait_for_completion: false })).message).toMatch(message);
});
