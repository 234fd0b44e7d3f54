import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodeToJson, parsePipeline, readingCode } from "#core/pipeline";
import { anyText } from "../../support/any-text.ts";
import { parsesStrictly } from "../../support/parses-strictly.ts";

/** The JSON of a text read as a pipeline's top-level property `x`, and the problems of reading it. */
function readAsValue(text: string) {
  const document = parsePipeline(`{"stages":[],"x":${text}}`);
  const field = document.pipeline.fields.find(({ key }) => key === "x");
  return { value: field === undefined ? undefined : nodeToJson(field.value), document };
}

function codes(text: string): readonly string[] {
  return parsePipeline(text).problems.map(({ code }) => code);
}

describe("reading agrees with JSON.parse", () => {
  test("on every value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const read = readAsValue(text);
        expect(read.value).toEqual(JSON.parse(text));
        expect(read.document.broken).toBe(false);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test("on whether a text is JSON at all", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      "1",
      "-0.5e3",
      "01",
      "true",
      "nul",
      "\\",
      " ",
      "\n",
      '"\\u00e9"',
      '"\\x"',
      "'",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        const document = parsePipeline(text);
        const trailingComma = document.problems.some(({ code }) => code === readingCode.jsonTrailingComma);
        expect(document.broken || trailingComma).toBe(!parsesStrictly(text));
      }),
      { seed: 2, numRuns: 10_000 },
    );
  });

  test("on keys that are names of the prototype", () => {
    const text = '{"__proto__": {"polluted": true}, "constructor": 1, "toString": null}';
    const { value } = readAsValue(text);
    expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("on lone surrogates and every escape", () => {
    for (const text of ['"\\ud800"', '"\ud800x"', '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041"', '"😀"']) {
      expect(readAsValue(text).value).toBe(JSON.parse(text));
    }
  });

  test("on the last of several equal keys", () => {
    const { value, document } = readAsValue('{"a": 1, "b": 2, "a": 3}');
    expect(value).toEqual({ a: 3, b: 2 });
    expect(document.problems.map(({ code, severity }) => [code, severity])).toEqual([
      [readingCode.repeatedKey, "warning"],
    ]);
  });
});

describe("reading never fails", () => {
  test("on any text", () => {
    fc.assert(
      fc.property(anyText(60), (text) => {
        expect(parsePipeline(text).text).toBe(text);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  test("on any part of a pipeline, with spans inside the text", () => {
    const whole = JSON.stringify(
      { name: "n", stages: [{ id: "a", component_type: "generator", depends_on: ["b"] }] },
      null,
      2,
    );
    for (let end = 0; end <= whole.length; end += 1) {
      const { problems } = parsePipeline(whole.slice(0, end));
      expect(problems.length > 0).toBe(end < whole.length);
      for (const { span } of problems) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(end);
      }
    }
  });

  test.each(["[", '{"a":', '[{"a":'])("on a nesting of 100,000 %s", (open) => {
    const document = parsePipeline(`{"stages": [], "x": ${open.repeat(100_000)}`);
    expect(document.broken).toBe(true);
    expect(document.problems.length).toBeLessThanOrEqual(100);
    expect(document.problems.some(({ message }) => message.includes("deep"))).toBe(true);
  });
});

describe("what strict JSON has no place for", () => {
  test("comments and a byte order mark are fine", () => {
    const text = '\ufeff// about\r\n{ /* a */ "name": "n", // b\r\n "stages": [] }\r\n// end';
    const document = parsePipeline(text);
    expect(document.problems).toEqual([]);
    expect(document.broken).toBe(false);
    expect(document.pipeline.name?.value).toBe("n");
  });

  test("a trailing comma is a warning at the comma", () => {
    const text = '{"name": "n", "stages": [],}';
    const document = parsePipeline(text);
    expect(document.broken).toBe(false);
    expect(document.problems).toMatchObject([
      { code: readingCode.jsonTrailingComma, severity: "warning", span: { start: 26, end: 27 } },
    ]);
  });

  test("git's conflict is one problem, and the first side is read", () => {
    const text = [
      "{",
      '  "stages": [',
      "<<<<<<< HEAD",
      '    { "id": "ours", "component_type": "generator" }',
      "||||||| base",
      '    { "id": "base", "component_type": "generator" }',
      "=======",
      '    { "id": "theirs", "component_type": "generator" }',
      ">>>>>>> branch",
      "  ]",
      "}",
    ].join("\n");
    const document = parsePipeline(text);
    expect(document.problems.map(({ code, span }) => [code, text.slice(span.start, span.end)])).toEqual([
      [readingCode.mergeConflict, "<<<<<<< HEAD"],
    ]);
    expect(document.broken).toBe(true);
    expect(document.pipeline.stages.map(({ id }) => id)).toEqual(["ours"]);
  });
});

describe("a broken text gives its problem where it is, and the rest is read", () => {
  const cases: readonly [what: string, text: string, at: string, message: string, ids: readonly string[]][] =
    [
      [
        "a missing comma between stages",
        '{"stages":[{"id":"a","type":"t"} {"id":"b","type":"t"}]}',
        "{",
        "Expected ','",
        ["a", "b"],
      ],
      [
        "a missing comma between fields",
        '{"stages":[{"id":"a" "type":"t"},{"id":"b","type":"t"}]}',
        '"type"',
        "Expected ','",
        ["a", "b"],
      ],
      [
        "a stage that is not closed",
        '{"stages":[{"id":"a","type":"t", {"id":"b","type":"t"}]}',
        "{",
        "Expected '}'",
        ["a", "b"],
      ],
      [
        "an object in a stage that is not closed",
        '{"stages":[{"id":"a","type":"t","config":{"x":1},{"id":"b","type":"t"}]}',
        "{",
        "Expected '}'",
        ["a", "b"],
      ],
      [
        "a list that is not closed",
        '{"stages":[{"id":"a","depends_on":["b","type":"t"},{"id":"b","type":"t"}]}',
        '"type"',
        "Expected ']'",
        ["a", "b"],
      ],
      [
        "a string that is not closed",
        '{"stages":[{"id":"a","type":"t","name":"x,\n"config":{}},{"id":"b","type":"t"}]}',
        '"x',
        "not closed",
        ["a", "b"],
      ],
      [
        "a missing value",
        '{"stages":[{"id":"a","type":"t","name":},{"id":"b","type":"t"}]}',
        '"name"',
        "Expected a value",
        ["a", "b"],
      ],
      [
        "a missing colon",
        '{"stages":[{"id":"a","type":"t","name" "x"},{"id":"b","type":"t"}]}',
        '"name"',
        "Expected ':'",
        ["a", "b"],
      ],
      ["a name without quotes", '{"stages":[{id:"a","type":"t"}]}', "id", "in double quotes", ["a"]],
      [
        "Python's True",
        '{"stages":[{"id":"a","type":"t","enabled":True}]}',
        "True",
        "JSON writes true",
        ["a"],
      ],
      ["single quotes", '{"stages":[{"id":\'a\',"type":"t"}]}', "'a'", "double quotes", ["a"]],
      ["one closing bracket too many", '{"stages":[{"id":"a","type":"t"}]}}', "}", "ends before this", ["a"]],
      [
        "a number with a leading zero",
        '{"stages":[{"id":"a","type":"t","timeout":03}]}',
        "03",
        "not a JSON number",
        ["a"],
      ],
    ];

  test.each(cases)("%s", (_, text, at, message, ids) => {
    const document = parsePipeline(text);
    expect(document.broken).toBe(true);
    const syntax = document.problems.filter(({ code }) => code === readingCode.jsonSyntax);
    expect(syntax).toHaveLength(1);
    expect(syntax[0]?.message).toContain(message);
    expect(text.slice(syntax[0]?.span.start).startsWith(at)).toBe(true);
    expect(document.pipeline.stages.map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    [
      "an opening",
      '{"stages":[{"id":"a","type":"t",{"config":{},"x":1},{"id":"b","type":"t"},{"id":"c","type":"t"}]}',
    ],
    ["a closing", '{"stages":[{"id":"a","type":"t"}},{"id":"b","type":"t"},{"id":"c","type":"t"}]}'],
  ])("%s brace too many leaves the stages after it", (_, text) => {
    const document = parsePipeline(text);
    expect(document.broken).toBe(true);
    expect(document.pipeline.stages.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  test("an empty file says how a pipeline starts", () => {
    expect(codes("")).toEqual([readingCode.jsonSyntax]);
    expect(codes("  \n")).toEqual([readingCode.jsonSyntax]);
  });
});
