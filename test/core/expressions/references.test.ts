import { expect, test } from "vitest";
import { parseExpression, parseTemplate, references } from "#core/expressions";

/** Each reference as `root/step/step`, with a question mark where it is guarded. */
function written(text: string): readonly string[] {
  return references(parseExpression(text)).map(
    ({ root, path, guarded }) => `${[root, ...path].join("/")}${guarded ? "?" : ""}`,
  );
}

test.each([
  ["a.b[0]['c d'].e", ["a/b/0/c d/e"]],
  ["a[-1].b", ["a/-1/b"]],
  ["upstream.step-1.x + stages.fetch-data.y", ["upstream/step-1/x", "stages/fetch-data/y"]],
  ["a[b.c].d", ["a", "b/c"]],
  ["a[1:b].c", ["a", "b"]],
  ["a.b.upper().c", ["a/b"]],
  ["a.get('k', d).e", ["a/k?", "d"]],
  ["a ?? b", ["a?", "b"]],
  ["a or b", ["a?", "b"]],
  ["a and b", ["a?", "b"]],
  ["not a", ["a?"]],
  ["x if a else y", ["x", "a?", "y"]],
  ["a?.b.c", ["a/b/c?"]],
  ["a.b | default(c)", ["a/b?", "c"]],
  ["a is defined and b is none", ["a?", "b"]],
  ["b is none", ["b"]],
  ["f.g + len(h)", ["f/g", "h"]],
  ["[x.y for x in a.b if x.z and w]", ["a/b", "w"]],
  ["[[x, y] for x in x for y in x]", ["x"]],
  ["{k: v for k, v in d.items()}", ["d"]],
  ["[a for a in b] + [a]", ["b", "a"]],
  ["isinstance(v, (int, str)) and type(v) == list", ["v?", "v"]],
  ["'{{ a.b }}' == 'x'", ["a/b"]],
  ["{'k': a, b: 1}", ["a", "b"]],
  ["a b", []],
])("%s", (text, expected) => {
  expect(written(text)).toEqual(expected);
});

test("in a template they come in the order of the text, with their places", () => {
  const text = "{{#if a.b}}{{ c['d'].e }}{{else if f}}g{{else}}{{ h[0] }}{{/if}} {{ i }}";
  const found = references(parseTemplate(text));
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([
    "a.b",
    "c['d'].e",
    "f",
    "h[0]",
    "i",
  ]);
  expect(found.map(({ guarded }) => guarded)).toEqual([true, false, true, false, false]);
  expect(found.map(({ rootRange }) => text.slice(rootRange.start, rootRange.end))).toEqual([
    "a",
    "c",
    "f",
    "h",
    "i",
  ]);
  expect(found[1]?.pathRanges.map(({ start, end }) => text.slice(start, end))).toEqual(["'d'", "e"]);
});
