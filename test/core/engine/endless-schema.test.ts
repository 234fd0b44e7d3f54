import { expect, test } from "vitest";
import { planRun } from "#core/engine";
import { parsePipeline } from "#core/pipeline";

test("an input_schema that would be looked through for ever is given up, and the next is not", () => {
  const levels = Array.from({ length: 40 }, (_, level) => {
    const next = { $ref: `#/definitions/level${level + 1}` };
    return [`level${level}`, { anyOf: [next, next] }];
  });
  const definitions = { ...Object.fromEntries(levels), level40: { type: "string" } };
  const endless = { type: "object", properties: { a: { $ref: "#/definitions/level0" } }, definitions };
  const sound = { type: "object", properties: { a: { $ref: "#/definitions/whole" } } };
  expect(problemsFor(endless)).toEqual([expect.stringContaining("was given up")]);
  expect(problemsFor({ ...sound, definitions: { whole: { type: "integer" } } })).toEqual([]);
});

function problemsFor(input_schema: object): readonly string[] {
  const stages = [{ id: "log", component_type: "logger", config: { message: "x" } }];
  const text = JSON.stringify({ name: "p", input_schema, stages });
  const planned = planRun(parsePipeline(text), { input: { a: 1 } });
  return planned.ok ? [] : planned.problems.map(({ message }) => message);
}
