import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTemplate, plainReferences, references } from "#core/expressions";

const found = (text: string): unknown =>
  references(parseTemplate(text)).map(({ root, path }) => ({ root, path }));

test("templates that hold only paths are read without being parsed", () => {
  expect(plainReferences("Sum up {{ upstream.fetch.body }} for {{input.name}}.")).toEqual([
    { root: "upstream", path: ["fetch", "body"] },
    { root: "input", path: ["name"] },
  ]);
  expect(plainReferences("no braces")).toEqual([]);
  for (const other of [
    "{{ a | upper }}",
    "{{ true }}",
    "{{ else }}",
    "{{ a.is }}",
    "{{ a-b }}",
    "\\{{ a }}",
    "{{ a }",
    "{{ 1 }}",
    "{{ a['b'] }}",
    "{{#if a}}b{{/if}}",
    `{{ ${"a.".repeat(400)}b }}`,
  ])
    expect(plainReferences(other), other).toBeUndefined();
});

test("what is read without being parsed is what the parser finds", () => {
  const pieces = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom("{{", "}}", " ", ".", "a", "upstream", "stages", "s_1", "$x", "text "),
    },
    fc.constantFrom(
      "{",
      "}",
      "\\",
      "\n",
      "if",
      "else",
      "not",
      "None",
      "null",
      "in",
      "get",
      "'",
      "#if",
      "/if",
      "-",
    ),
    fc.constantFrom(
      "\u00a0",
      "é",
      "0",
      "9a",
      "true",
      "__proto__",
      "constructor",
      "|",
      "(",
      ")",
      "\u2028",
      "\v",
    ),
  );
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 12 }).map((all) => all.join("")),
    fc
      .array(
        fc
          .tuple(pieces, fc.array(pieces, { maxLength: 5 }))
          .map(([before, inside]) => `${before}{{${inside.join("")}}}`),
        { maxLength: 3 },
      )
      .map((all) => all.join("")),
  );
  let plain = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const read = plainReferences(text);
      if (read === undefined) return;
      if (read.length > 0) plain++;
      expect(read).toEqual(found(text));
    }),
    { numRuns: 5_000, seed: 20_261_127 },
  );
  expect(plain).toBeGreaterThan(100);
});
