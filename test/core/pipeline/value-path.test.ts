import { expect, test } from "vitest";
import { parsePipeline, unitsBefore, valuePathAt } from "#core/pipeline";

/** The path at `|` in a text. */
function at(marked: string): string {
  const offset = marked.indexOf("|");
  const { stage, path, literal } = valuePathAt(parsePipeline(marked.replace("|", "")), offset);
  return `${stage ?? "-"} ${path.join(".")}${literal === null ? "" : ` ${literal.text}`}`;
}

const list = (config: string): string =>
  `{ "name": "n", "stages": [ { "id": "a", "component_type": "filter", "config": { ${config} } } ] }`;

test.each([
  [list('"data": "x|y"'), 'a config.data "xy"'],
  [list('"da|ta": "xy"'), "a config.data"],
  [list('"data": [1, { "k": "|v" }]'), 'a config.data.1.k "v"'],
  [list('"data": [1, 2|3]'), "a config.data.1"],
  ['{ "na|me": "n", "stages": [] }', "- name"],
  ['{ "tags": ["a", "b|"], "stages": [] }', '- tags.1 "b"'],
  [
    '{ "stages": { "l": { "component": "foreach", "loop_stages": { "i": { "component": "logg|er" } } } } }',
    'l/i component "logger"',
  ],
  ['{ "stages": [] | }', "- "],
])("the path at the mark in %s", (marked, expected) => {
  expect(at(marked)).toBe(expected);
});

test("units before an offset of a literal are those of its value", () => {
  const literal = '"a\\n\\u00e9b"';
  expect([0, 1, 2, 4, 10, 11, 12].map((offset) => unitsBefore(literal, offset))).toEqual([
    0, 0, 1, 2, 3, 4, 4,
  ]);
});
