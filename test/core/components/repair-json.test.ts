import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonIn } from "../../../core/components/json-within.ts";
import { repairJson } from "../../../core/components/repair-json.ts";
import { anyText } from "../../support/any-text.ts";
import { writeWildly } from "../../support/arbitrary-pipeline.ts";

const parameters = { seed: 11, numRuns: 200 };

/** An object or a list, keys such as `__proto__` among it. */
const document = fc
  .oneof(
    fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(anyText(5), fc.constantFrom("__proto__", "constructor", "a b")),
      fc.jsonValue({ maxDepth: 3 }),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  )
  // As JSON, -0 is 0 and a lone surrogate an escape.
  .map((value) => JSON.parse(JSON.stringify(value)));

function first(text: string, atEnd: "close" | "refuse" = "close"): unknown {
  for (const found of jsonIn(text, atEnd)) return found;
  return undefined;
}

test("JSON comes back as it is", () => {
  fc.assert(
    fc.property(document, fc.constantFrom(undefined, 2, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(first(text)).toEqual({ value: JSON.parse(text), repairs: [] });
      const repaired = repairJson(text, 0, "refuse");
      expect(repaired).toEqual({ value: JSON.parse(text), end: text.length, repairs: new Set() });
      expect(JSON.stringify(repaired?.value)).toBe(JSON.stringify(value));
    }),
    parameters,
  );
});

test("JSON in a fence, or amid words, comes back equal", () => {
  const prose = fc.lorem({ mode: "sentences", maxCount: 3 });
  const language = fc.constantFrom("json", "JSON", "", "js");
  fc.assert(
    fc.property(document, prose, prose, language, (value, before, after, name) => {
      const text = JSON.stringify(value, null, 2);
      for (const around of [
        `${before}\n\`\`\`${name}\n${text}\n\`\`\`\n${after}`,
        `\`\`\`${name}\n${text}`,
        `${before} ${text} ${after}`,
        `{this} is it: ${text}`,
      ]) {
        expect(first(around)).toEqual({ value, repairs: [] });
      }
    }),
    parameters,
  );
});

test("comments and commas after the last element change no value", () => {
  const trivia = fc.array(fc.constantFrom("", " ", "\n", "// }]\n", "/* , { */", "\t"), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(document, trivia, fc.boolean(), (value, between, trailing) => {
      const text = writeWildly(value, between, trailing);
      expect(repairJson(text, 0, "refuse")?.value).toEqual(value);
    }),
    parameters,
  );
});

test("single quotes, bare keys and words of Python change no value", () => {
  fc.assert(
    fc.property(document, (value) => {
      const text = asPython(value);
      const { value: found } = repairJson(text, 0, "refuse") ?? {};
      expect(found).toEqual(value);
    }),
    parameters,
  );
});

test("a text that breaks off gives nothing that is not in it", () => {
  fc.assert(
    fc.property(document, fc.nat(9999), (value, share) => {
      const text = JSON.stringify(value);
      const cut = text.slice(0, Math.floor((share / 10_000) * text.length));
      const known = new Set(leavesOf(value));
      const found = repairJson(cut, 0, "close");
      if (found !== null) for (const leaf of leavesOf(found.value)) expect(known).toContain(leaf);
      expect(repairJson(cut, 0, "refuse")).toBeNull();
    }),
    parameters,
  );
});

test("any text ends with an answer", () => {
  const pieces = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    ":",
    ",",
    "\\",
    "//",
    "/*",
    "```",
    "1",
    "true",
    "a",
    "\n",
    " ",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        anyText(200),
        fc.array(pieces, { maxLength: 200 }).map((all) => all.join("")),
      ),
      (text) => {
        for (const { value } of jsonIn(text, "close")) JSON.stringify(value);
      },
    ),
    { seed: 5, numRuns: 500 },
  );
});

test.each(["[", "{", '{"a":', "[1,", "{'", "/*", "[/*", "```", '"\\u', "[{}"])(
  "many thousand characters of %s end with an answer",
  (piece) => {
    for (const found of jsonIn(piece.repeat(20_000), "close")) expect(found).toBeDefined();
  },
);

test.each([
  ['{"a": 1,}', { a: 1 }, ["commas after the last element"]],
  ["{'a': 'it'}", { a: "it" }, ["single quotes"]],
  ['{a: 1, b-c: "x"}', { a: 1, "b-c": "x" }, ["keys without quotes"]],
  ['{"a": [1, 2}', { a: [1, 2] }, ["missing closing brackets"]],
  ['{"a": {"b": "x"}', { a: { b: "x" } }, ["missing closing brackets"]],
  ['{"a": "one\ntwo"}', { a: "one\ntwo" }, ["line breaks within a text"]],
  ['{"a": "b"\n "c": "d"}', { a: "b", c: "d" }, ["missing commas"]],
  ['{"a": "x\\_y"}', { a: "x_y" }, ["wrong escapes"]],
  ['{"a": True, "b": None}', { a: true, b: null }, ["words of Python"]],
  ['{"a": 1, // one\n "b": 2 /* two */}', { a: 1, b: 2 }, ["comments"]],
  ['Sure: {"a": 1,} as asked', { a: 1 }, ["commas after the last element"]],
  ['```json\n{"a": 1,}\n```', { a: 1 }, ["commas after the last element"]],
])("%j is repaired", (text, value, repairs) => {
  expect(first(text)).toEqual({ value, repairs });
});

test.each([
  '{"a": "broken off',
  '{"a": 12',
  '{"a": tru',
  '{"a":',
  '{"a"',
  '{"a": "he said "no" to me"}',
  '{"a": NaN}',
  '{"a": 012}',
  '{"a": 1} and]'.slice(0, 7),
  "no JSON at all",
  "{see above}",
])("%j is not: it would take a guess", (text) => {
  expect(first(text)).toBeUndefined();
});

test("what is not whole is not closed when the answer was cut off", () => {
  expect(first('{"a": {"b": "x"}', "refuse")).toBeUndefined();
});

test("the fence is likelier than an example before it", () => {
  expect(first('Such as {"a": 0}. Here:\n```json\n{"a": 1}\n```')).toEqual({ value: { a: 1 }, repairs: [] });
});

function asPython(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(asPython).join(", ")},]`.replace("[,]", "[]");
  if (typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${/^[a-zA-Z]+$/.test(key) ? key : quoted(key)}: ${asPython(member)}`,
  );
  return `{${members.join(", ")}}`;
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function leavesOf(value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [value];
  return Array.isArray(value)
    ? value.flatMap(leavesOf)
    : Object.entries(value).flatMap(([key, member]) => [key, ...leavesOf(member)]);
}
