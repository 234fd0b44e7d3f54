import { expect, test } from "vitest";
import type { Json } from "#core/ports";
import { readableText } from "../../language-server/readable-text.ts";

const read = (value: Json, room = 1000) => readableText(value, room);

test("an object is lines of keys, a list lines of items, and a text is as it is", () => {
  const value = {
    content: "One line.",
    poem: "Two\nlines.",
    score: 7,
    none: null,
    empty: {},
    tags: ["short", { name: "long", of: [1, 2] }, []],
  };
  expect(read(value)).toEqual({
    cut: false,
    text: [
      "content: One line.",
      "poem:",
      "  Two",
      "  lines.",
      "score: 7",
      "none: null",
      "empty: {}",
      "tags:",
      "  - short",
      "  -",
      "    name: long",
      "    of:",
      "      - 1",
      "      - 2",
      "  - []",
    ].join("\n"),
  });
  expect(read("A text.\nOf two: lines.").text).toBe("A text.\nOf two: lines.");
  expect([read(null).text, read(12).text, read([]).text, read({}).text]).toEqual(["null", "12", "[]", "{}"]);
  expect(read(JSON.parse('{"__proto__": 1}')).text).toBe("__proto__: 1");
});

test("no more of a value is read than there is room for, and it says so", () => {
  const { text, cut } = read(
    Array.from({ length: 1_000_000 }, (_, index) => index),
    20,
  );
  expect({ text, cut }).toEqual({ text: "- 0\n- 1\n- 2\n- 3\n- 4\n", cut: true });
  expect(read("x".repeat(21), 20)).toEqual({ text: "x".repeat(20), cut: true });
  let deep: Json = "bottom";
  for (let level = 0; level < 500; level++) deep = [deep];
  expect(read(deep, 100_000).text.split("\n")).toHaveLength(13);
});
