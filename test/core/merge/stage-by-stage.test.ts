import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePipeline } from "#core/pipeline";
import { readStageByStage } from "../../../core/merge/content/stage-by-stage.ts";
import { parsesStrictly } from "../../support/parses-strictly.ts";

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(0, 1.5e3, true, null, "", "}", '\n  "}', "\\", '\\"', "{[", "a,b", "ü\u2028"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("id", "stages", "a", "}"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** A value laid out anyhow: on one line, or with its brackets on lines that are indented as deep as one cares to. */
const laidOut = fc
  .tuple(fc.dictionary(fc.constantFrom("id", "x", "y"), values, { maxKeys: 3 }), fc.nat(3), fc.nat(4))
  .map(([value, indent, before]) =>
    JSON.stringify(value, null, indent).replaceAll("\n", `\n${" ".repeat(before)}`),
  );

const texts = fc
  .record({
    items: fc.array(laidOut, { maxLength: 6 }),
    between: fc.array(fc.constantFrom("", " ", "\n", "\n  ", "\r\n\t", "\n    "), {
      minLength: 7,
      maxLength: 7,
    }),
    before: fc.constantFrom("", '"name": "x",', '\n  "__proto__": {"stages": [{}]},\n  '),
    behind: fc.constantFrom("", ', "version": [1]', '\n, "description": "]}"\n'),
  })
  .map(({ items, between, before, behind }) => {
    const list = items.map((item, at) => between[at] + item).join(",");
    return `{${before}"stages":[${list}${between[6]}]${behind}}`;
  });

test("a list that is read item by item says what it says when it is read in one, however it is laid out", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const read = readStageByStage(text);
      expect(read?.json).toEqual(JSON.parse(text));
      expect(read?.spans.map(({ start, end }) => JSON.parse(text.slice(start, end)))).toEqual(
        read?.json["stages"],
      );
    }),
    { seed: 20_261_128, numRuns: 500 },
  );
});

test("a text that is not JSON is not read item by item", () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.constantFrom("", ",", "}", "{", '"', "x"), (text, where, instead) => {
      const at = where % text.length;
      const spoilt = text.slice(0, at) + instead + text.slice(at + 1);
      fc.pre(!parsesStrictly(spoilt));
      expect(readStageByStage(spoilt)).toBeNull();
    }),
    { seed: 20_261_128, numRuns: 500 },
  );
});

test.each([
  [
    "an item that closes inside where others end",
    '{"stages": [\n  {\n    "a": {\n  }\n  },\n  {"b": 1}\n]}',
    2,
  ],
  [
    "items on one line after one on several",
    '{"stages": [\n  {\n    "a": 1\n  }, {"b": 1}, {"c": {\n  }}\n]}',
    3,
  ],
  ["no items", '{"stages": []}', 0],
])("%s", (_, text, count) => {
  const read = readStageByStage(text);
  expect(read?.json).toEqual(JSON.parse(text));
  expect(read?.spans).toHaveLength(count);
});

test.each([
  ["stages by id", '{"stages": {"a": {}}}'],
  ["an item that is no object", '{"stages": [{"id": "a"}, 5]}'],
  ["two lists", '{"stages": [], "stages": [{}]}'],
])("%s are left to who reads the text in one", (_, text) => {
  expect(readStageByStage(text)).toBeNull();
});

test("an item may be as deep as the file may be, less the list and the pipeline that it is in", () => {
  const text = (levels: number): string => `{"stages":[{"a":${"[".repeat(levels)}${"]".repeat(levels)}}]}`;
  for (const levels of [195, 196, 197, 198, 199]) {
    const isRead = !parsePipeline(text(levels)).problems.some(({ message }) => message.includes("nested"));
    expect(readStageByStage(text(levels)) !== null, `${levels} levels`).toBe(isRead);
  }
});
