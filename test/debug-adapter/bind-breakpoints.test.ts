import { expect, test } from "vitest";
import { parsePipeline } from "#core/pipeline";
import { bindBreakpoints } from "../../debug-adapter/breakpoints/bind-breakpoints.ts";

const stages = (text: string, ...asked: readonly { line: number; column?: number }[]) =>
  bindBreakpoints(parsePipeline(text), asked).map(({ stage, answer }) => [stage, answer.line, answer.column]);

test("any line of a stage is its opening line", () => {
  const text = `{ "stages": [\n  {\n    "id": "a",\n    "component_type": "logger",\n    "config": {\n    }\n  }\n] }`;
  expect(stages(text, { line: 2 }, { line: 3 }, { line: 6 }, { line: 7 })).toEqual([
    ["a", 2, undefined],
    ["a", 2, undefined],
    ["a", 2, undefined],
    ["a", 2, undefined],
  ]);
  expect(stages(text, { line: 8 })).toEqual([[null, 8, undefined]]);
});

test("where one stage ends and the next opens, the line is the next one's", () => {
  const text = `{ "stages": [{\n  "id": "a"\n}, {\n  "id": "b"\n}] }`;
  expect(stages(text, { line: 3 })).toEqual([["b", 3, undefined]]);
});

test("stages on one line are told apart by column", () => {
  const text = `{ "stages": [{ "id": "a" }, { "id": "b" }] }`;
  const second = text.indexOf('{ "id": "b"') + 1;
  expect(stages(text, { line: 1, column: 14 }, { line: 1, column: second })).toEqual([
    ["a", 1, 14],
    ["b", 1, second],
  ]);
});

test("in the map dialect a stage opens at its key, and an inner stage wins over its owner", () => {
  const text = `{ "stages": {\n  "each": {\n    "component": "foreach",\n    "loop_stages": {\n      "one": {\n        "component": "logger"\n      }\n    }\n  }\n} }`;
  expect(stages(text, { line: 2 }, { line: 3 }, { line: 5 }, { line: 6 })).toEqual([
    ["each", 2, undefined],
    ["each", 2, undefined],
    ["each/one", 5, undefined],
    ["each/one", 5, undefined],
  ]);
});
